"""Models of torch, of ONNX and in plain Python, as one form: a function of a batch and of `activate`.

Neither torch nor onnx is imported unless such a model is given.
"""

from __future__ import annotations

import importlib
import math
import os
import sys
from typing import Any, Callable, Dict, List, Optional

from ._errors import WrongRequest

#: activate(name, function, x[, exact]): the value in the place of an activation, arrays in and out;
#: exact is the activation itself, where its name is none that is known.
Activate = Callable[..., Any]

#: By the name of torch's class, and of ONNX's operator where that differs.
_CLASSES = {"ReLU": "relu", "GELU": "gelu", "SiLU": "silu", "Sigmoid": "sigmoid", "Tanh": "tanh",
            "Softplus": "softplus", "ELU": "elu", "SELU": "selu", "LeakyReLU": "leaky_relu",
            "ReLU6": "relu6", "Hardsigmoid": "hardsigmoid", "Hardswish": "hardswish",
            "Mish": "mish"}
_OPERATORS = {"Relu": "relu", "Gelu": "gelu", "Sigmoid": "sigmoid", "Tanh": "tanh",
              "Softplus": "softplus", "Elu": "elu", "Selu": "selu", "LeakyRelu": "leaky_relu",
              "HardSwish": "hardswish", "Mish": "mish"}

_GELU_BY_TANH = "x/2*(1+tanh(sqrt(2/pi)*(x+0.044715*x^3)))"


#: The activation itself, of an array.
Exact = Callable[[Any], Any]


def _table(np: Any) -> Dict[str, Exact]:
    erf = np.vectorize(math.erf, otypes=[float])

    def sigmoid(x: Any) -> Any:
        return 0.5 * (1 + np.tanh(0.5 * x))

    def elu(x: Any, alpha: float = 1.0) -> Any:
        return np.where(x < 0, alpha * np.expm1(np.minimum(x, 0)), x)

    return {
        "relu": lambda x: np.maximum(x, 0),
        "abs": np.abs,
        "tanh": np.tanh,
        "sigmoid": sigmoid,
        "silu": lambda x: x * sigmoid(x),
        "softplus": lambda x: np.logaddexp(x, 0),
        "gelu": lambda x: x / 2 * (1 + erf(x / math.sqrt(2))),
        "elu": elu,
        "selu": lambda x: 1.0507009873554805 * elu(x, 1.6732632423543772),
        "leaky_relu": lambda x: np.maximum(x, 0.01 * x),
        "relu6": lambda x: np.clip(x, 0, 6),
        "hardsigmoid": lambda x: np.clip(x / 6 + 0.5, 0, 1),
        "hardswish": lambda x: x * np.clip(x / 6 + 0.5, 0, 1),
        "mish": lambda x: x * np.tanh(np.logaddexp(x, 0)),
    }


def _exact(function: str, x: Any, exact: Optional[Exact]) -> Any:
    np = importlib.import_module("numpy")
    values = np.asarray(x)
    if exact is None:
        table = _table(np)
        name = function[: -len("(x)")] if function.endswith("(x)") else function
        if name not in table:
            raise WrongRequest(
                f"model: what {function!r} is of an array is not known: say so by "
                f"activate(name, function, x, exact); known: {', '.join(table)}", "model")
        exact = table[name]
    found = np.asarray(exact(values))
    return found.astype(values.dtype) if values.dtype.kind == "f" else found


class Form:
    """A model that calls `activate`, as long as it is entered."""

    #: What to say where no activation was met.
    lacks = "it calls activate() nowhere: activate(name, function, x) stands for an activation"

    def run(self, batch: Any, activate: Activate) -> Any:
        """The outputs of a batch."""
        raise NotImplementedError

    def exact(self, function: str, x: Any, exact: Optional[Exact]) -> Any:
        """What the model itself would have in the place of `activate`."""
        return _exact(function, x, exact)

    def __enter__(self) -> "Form":
        return self

    def __exit__(self, *_: Any) -> None:
        pass


class _Callback(Form):
    def __init__(self, model: Callable[[Any, Activate], Any]) -> None:
        self.model = model

    def run(self, batch: Any, activate: Activate) -> Any:
        return self.model(batch, activate)


class _Torch(Form):
    """Hooks on the modules that are activations. One that is called again in a pass, as some of
    torchvision's are, is another layer then: "layer1.0.relu:2"."""

    lacks = ("no module of it is an activation that is known ("
             + ", ".join(_CLASSES) + "); functional ones, as F.relu, are not seen: make them "
             "modules, or write the model as a function of (batch, activate)")

    def __init__(self, model: Any) -> None:
        self.torch = importlib.import_module("torch")
        self.model = model
        self.hooks: List[Any] = []
        self.calls: Dict[str, int] = {}
        self.activate: Optional[Activate] = None
        self.own: Any = None  # what the module itself computed
        self.was_training = False

    def __enter__(self) -> "_Torch":
        self.was_training = self.model.training
        self.model.eval()
        for name, module in self.model.named_modules():
            if type(module).__name__ in _CLASSES:
                self.hooks.append(module.register_forward_pre_hook(self._before(module)))
                self.hooks.append(module.register_forward_hook(self._hook(name, module)))
        return self

    def __exit__(self, *_: Any) -> None:
        for hook in self.hooks:
            hook.remove()
        self.hooks.clear()
        self.model.train(self.was_training)

    @staticmethod
    def _before(module: Any) -> Any:
        """A value that is activated in place would be gone."""

        def before(_: Any, inputs: Any) -> Any:
            module.equiripple_input = inputs[0].clone()

        return before

    @staticmethod
    def _function(module: Any) -> str:
        kind = type(module).__name__
        slope = getattr(module, "negative_slope", None)
        if kind == "LeakyReLU" and slope != 0.01:
            return f"max(x,{slope!r}*x)"
        if kind == "GELU" and getattr(module, "approximate", "none") == "tanh":
            return _GELU_BY_TANH
        if kind == "Softplus" and getattr(module, "beta", 1) != 1:
            return f"softplus({module.beta}*x)/{module.beta}"
        if kind == "ELU" and getattr(module, "alpha", 1.0) != 1.0:
            return f"if(x<0,{module.alpha!r}*(exp(x)-1),x)"
        return _CLASSES[kind]

    def _hook(self, name: str, module: Any) -> Any:
        function = self._function(module)

        def hook(_: Any, __: Any, output: Any) -> Any:
            x = module.equiripple_input
            del module.equiripple_input
            if self.activate is None:
                return output
            count = self.calls[name] = self.calls.get(name, 0) + 1
            self.own = output.detach().cpu().numpy().copy()
            called = (name or type(module).__name__.lower()) + (f":{count}" if count > 1 else "")
            found = self.activate(called, function, x.detach().cpu().numpy())
            return self.torch.as_tensor(found, dtype=output.dtype, device=output.device)

        return hook

    def exact(self, function: str, x: Any, exact: Optional[Exact]) -> Any:
        return self.own

    def run(self, batch: Any, activate: Activate) -> Any:
        self.calls.clear()
        self.activate = activate
        try:
            with self.torch.no_grad():
                given = batch if self.torch.is_tensor(batch) else self.torch.as_tensor(batch)
                parameter = next(self.model.parameters(), None)
                if parameter is not None:
                    if given.is_floating_point():
                        given = given.to(parameter.dtype)
                    given = given.to(parameter.device)
                outputs = self.model(given)
                if isinstance(outputs, (tuple, list)):
                    outputs = outputs[0]
                return outputs.detach().cpu().numpy()
        finally:
            self.activate = None


class _Onnx(Form):
    """Activations become operators of our own in onnx's reference evaluator."""

    lacks = "no node of it is an activation that is known: " + ", ".join(_OPERATORS)

    _DOMAIN = "equiripple"

    def __init__(self, model: Any) -> None:
        onnx = importlib.import_module("onnx")
        reference = importlib.import_module("onnx.reference")
        op_run = importlib.import_module("onnx.reference.op_run")
        if isinstance(model, (str, os.PathLike)):
            loaded = onnx.load(os.fspath(model))
        else:
            loaded = type(model)()
            loaded.CopyFrom(model)
        self.activate: Optional[Activate] = None
        self.parametrised: Dict[str, Exact] = {}
        names: Dict[str, int] = {}
        for node in loaded.graph.node:
            if node.op_type in _OPERATORS and node.domain in ("", "ai.onnx"):
                self._rename(onnx, node, names)
        loaded.opset_import.append(onnx.helper.make_opsetid(self._DOMAIN, 1))
        form = self

        class Activation(op_run.OpRun):  # type: ignore[misc, name-defined]
            op_domain = self._DOMAIN

            def _run(self, x: Any, name: str = "", function: str = "") -> Any:
                assert form.activate is not None
                return (form.activate(name, function, x),)

        self.evaluator = reference.ReferenceEvaluator(loaded, new_ops=[Activation])
        self.inputs = [one.name for one in loaded.graph.input
                       if one.name not in {init.name for init in loaded.graph.initializer}]
        if len(self.inputs) != 1:
            raise WrongRequest(f"model: it has {len(self.inputs)} inputs; data is for one", "model")

    def _function(self, onnx: Any, node: Any) -> str:
        np = importlib.import_module("numpy")
        given = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
        alpha = given.get("alpha")
        if node.op_type == "LeakyRelu" and not math.isclose(alpha or 0.01, 0.01, rel_tol=1e-6):
            function = f"max(x,{alpha!r}*x)"
            self.parametrised[function] = lambda x: np.maximum(x, alpha * x)
            return function
        if node.op_type == "Elu" and alpha not in (None, 1.0):
            function = f"if(x<0,{alpha!r}*(exp(x)-1),x)"
            self.parametrised[function] = lambda x: np.where(
                x < 0, alpha * np.expm1(np.minimum(x, 0)), x)
            return function
        if node.op_type == "Gelu" and given.get("approximate", b"none") == b"tanh":
            self.parametrised[_GELU_BY_TANH] = lambda x: x / 2 * (
                1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
            return _GELU_BY_TANH
        return _OPERATORS[node.op_type]

    def _rename(self, onnx: Any, node: Any, names: Dict[str, int]) -> None:
        function = self._function(onnx, node)
        name = node.name or node.output[0]
        count = names[name] = names.get(name, 0) + 1
        node.op_type = "Activation"
        node.domain = self._DOMAIN
        del node.attribute[:]
        node.attribute.append(
            onnx.helper.make_attribute("name", name + (f":{count}" if count > 1 else ""))
        )
        node.attribute.append(onnx.helper.make_attribute("function", function))

    def run(self, batch: Any, activate: Activate) -> Any:
        self.activate = activate
        return self.evaluator.run(None, {self.inputs[0]: batch})[0]

    def exact(self, function: str, x: Any, exact: Optional[Exact]) -> Any:
        return _exact(function, x, self.parametrised.get(function))


def form_of(model: Any) -> Form:
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(model, torch.nn.Module):
        return _Torch(model)
    if isinstance(model, (str, os.PathLike)) or hasattr(model, "graph"):
        return _Onnx(model)
    if callable(model):
        return _Callback(model)
    raise TypeError(
        f"model: {type(model).__name__} is no torch.nn.Module, no ONNX model and no function of "
        "(batch, activate)"
    )
