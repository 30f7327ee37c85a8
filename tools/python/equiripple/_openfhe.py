"""OpenFHE-Python (the package openfhe): plans, and series by its own evaluator.

A plan runs on the library's products without relinearisation. Rescaling and dropping levels are
Compress, which does both in every scaling technique; scales are set after each call, and noise
scale degrees kept at 1, so that the library adjusts nothing by itself.
"""

from __future__ import annotations

import importlib
import json
import math
from typing import Any, Iterator, List, Mapping, Sequence

from ._errors import CannotBeMet, WrongRequest
from ._library import Result
from ._schedule import carry_out, schedule
from ._types import Stage


def _lists(value: Any, key: str) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key:
                yield inner
            yield from _lists(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _lists(inner, key)


def _moduli(module: Any, context: Any) -> List[float]:
    """Primes by level. They stand in the context as it is serialised, and nowhere else in Python."""
    text = module.Serialize(context, module.JSON)
    parameters = next(_lists(json.loads(text), "elp"), None)
    primes: List[Any] = next(_lists(parameters, "p"), [])
    moduli = [float(next(_lists(prime, "cm"))["v"]) for prime in primes]
    whole = math.log2(context.GetModulus())
    if not moduli or abs(sum(map(math.log2, moduli)) - whole) > 1e-6:
        raise CannotBeMet("this version of openfhe does not show the primes of its context")
    return moduli


def _check(module: Any, context: Any, ciphertexts: Sequence[Any]) -> None:
    techniques = ("FIXEDMANUAL", "FIXEDAUTO", "FLEXIBLEAUTO", "FLEXIBLEAUTOEXT")
    technique = context.GetScalingTechnique().name
    if technique not in techniques:
        raise WrongRequest(f"the context is in {technique}: must be one of {', '.join(techniques)}")
    if context.GetCKKSDataType().name != "REAL":
        raise WrongRequest("the context is for complex slots; plans are of real ones")
    for x in ciphertexts:
        if not isinstance(x, module.Ciphertext):
            raise TypeError(f"{x!r} is no ciphertext of openfhe")
        if x.NumberCiphertextElements() != 2:
            raise WrongRequest(
                f"the ciphertext has {x.NumberCiphertextElements()} components, not 2: relinearize it first"
            )
        try:
            keys = len(context.GetEvalMultKeyVector(x.GetKeyTag()))
        except RuntimeError:
            keys = 0
        if keys == 0:
            raise WrongRequest("there is no relinearization key: call EvalMultKeyGen")


class _Operations:
    def __init__(self, context: Any, prescribed: Sequence[float]) -> None:
        self._context = context
        self._prescribed = prescribed

    @staticmethod
    def _settled(call: Mapping[str, Any], x: Any) -> Any:
        x.SetScalingFactor(call["scale"])
        x.SetNoiseScaleDeg(1)
        return x

    # What the library multiplies by its own scale before it rounds.
    def _constant(self, call: Mapping[str, Any], integer: float) -> float:
        return float(integer / self._prescribed[call["level"]])

    def multiply(self, call: Mapping[str, Any], x: Any, y: Any) -> Any:
        return self._settled(call, self._context.EvalMultNoRelin(x, y))

    def square(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._settled(call, self._context.EvalMultNoRelin(x, x))

    def relinearize(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._settled(call, self._context.Relinearize(x))

    def rescale(self, call: Mapping[str, Any], x: Any) -> Any:
        product = x.Clone()
        product.SetNoiseScaleDeg(2)
        return self._settled(call, self._context.Compress(product, call["level"] + 1, 1))

    def drop(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._settled(call, self._context.Compress(x, call["level"] + 1, 1))

    def multiply_scalar(self, call: Mapping[str, Any], x: Any) -> Any:
        factor = self._constant(call, call["scalar"] * call["encoding"])
        return self._settled(call, self._context.EvalMult(x, factor))

    def multiply_integer(self, call: Mapping[str, Any], x: Any) -> Any:
        if 2 <= call["integer"] <= 8:  # of products, which have three components
            total = self.add(call, x, x)
            for _ in range(call["integer"] - 2):
                total = self.add(call, total, x)
            return total
        return self._settled(call, self._context.EvalMult(x, self._constant(call, call["integer"])))

    def add_scalar(self, call: Mapping[str, Any], x: Any) -> Any:
        addend = self._constant(call, call["scalar"] * call["encoding"])
        return self._settled(call, self._context.EvalAdd(x, addend))

    def add(self, call: Mapping[str, Any], x: Any, y: Any) -> Any:
        return self._settled(call, self._context.EvalAdd(x, y))

    def sub(self, call: Mapping[str, Any], x: Any, y: Any) -> Any:
        return self._settled(call, self._context.EvalSub(x, y))

    def read(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._settled(call, x.Clone())


def by_plan(result: Result, context: Any, ciphertexts: Sequence[Any]) -> Any:
    """The plan, operation by operation."""
    module: Any = importlib.import_module("openfhe")
    _check(module, context, ciphertexts)
    moduli = _moduli(module, ciphertexts[0].GetCryptoContext())
    top = len(moduli) - 1
    prescribed = [context.GetScalingFactorReal(top - level) for level in range(top + 1)]
    inputs = [{"level": top - x.GetLevel(), "scale": x.GetScalingFactor()} for x in ciphertexts]
    scheduled = schedule(result, moduli, inputs, prescribed)
    ready = [x.Clone() for x in ciphertexts]
    for x in ready:
        x.SetNoiseScaleDeg(1)
    return carry_out(scheduled, _Operations(context, prescribed), ready)


def series_of(stage: Stage) -> List[float]:
    """For EvalChebyshevSeries, which halves the first coefficient. Floats: of integers the library
    evaluates another polynomial from degree 5 on (seen in 1.6.1)."""
    return [2.0 * stage.coefficients[0]] + [float(c) for c in stage.coefficients[1:]]


def by_series(kind: str, stages: Sequence[Stage], context: Any, ciphertexts: Sequence[Any]) -> Any:
    """The stages one after the other, each by EvalChebyshevSeries, and what is made of the last."""
    x = ciphertexts[0] if len(ciphertexts) == 1 else context.EvalSub(*ciphertexts)
    value = x
    for stage in stages:
        value = context.EvalChebyshevSeries(value, series_of(stage), *map(float, stage.basis))
    if kind in ("minimax", "sign"):
        return value
    if kind in ("step", "compare"):
        return context.EvalAdd(context.EvalMult(value, 0.5), 0.5)
    if kind == "abs":
        return context.EvalMult(x, value)
    if kind in ("max", "min") and len(stages) == 1 and stages[0].parity != "odd":
        relu = value  # the function itself, of a - b
    else:
        relu = context.EvalMult(context.EvalMult(x, 0.5), context.EvalAdd(value, 1.0))
    if kind == "max":
        return context.EvalAdd(ciphertexts[1], relu)
    return context.EvalSub(ciphertexts[0], relu) if kind == "min" else relu
