"""A whole network: which polynomial for each activation, and where to refresh."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union

from ._calibrate import Calibration, calibrated, replaced
from ._function import Function, read
from ._library import library
from ._progress import run
from ._request import checked
from ._types import CostModel, Number, Samples
from ._words import file_word, number_word
from ._write import AnyPath, write_text

#: A network's file (TOML), or its layers: of a calibration, or dicts by the keys of a [[layer]].
Layers = Union[str, "os.PathLike[str]", Calibration, Iterable[Mapping[str, Any]]]

_TEXTS = ("name", "function")
_WHOLE = ("levels", "start_levels", "refresh_from", "level_budget")
_LAYER = ("name", "function", "range", "samples", "levels", "time", "bits", "weight", "input")


@dataclass(frozen=True)
class NetworkLayer:
    """What is chosen for one layer.

    name         -- as it was given
    activation   -- likewise: "relu"
    function     -- its polynomials, with a proved error; None where the value passes as it is
    input_level  -- levels left before the layer, of a join the lower
    output_level -- and after its activation
    refreshes    -- "before linear", "before activation", "inside" (twice where x is refreshed, too)
    error        -- at most, in units of the value, with what refreshes add; rounded up
    weight       -- of the error in the network's sum
    range        -- of the values before the activation
    """

    name: str
    activation: str
    function: Optional[Function]
    input_level: int
    output_level: int
    refreshes: Tuple[str, ...]
    error: float
    weight: float
    range: Tuple[float, float]


@dataclass(frozen=True)
class NetworkFrontRow:
    """What another budget of the error gives.

    bootstraps -- refreshes
    latency    -- in the unit of the latency model
    error      -- the sum of weight * error, as the search measured it
    levels     -- the fewest and the most of an activation
    """

    bootstraps: int
    latency: float
    error: float
    levels: Tuple[int, int]


@dataclass(frozen=True, repr=False)
class Network:
    """The best choice for a network; str() is a table.

    name         -- of its files
    layers       -- in order
    bootstraps   -- refreshes in all
    latency      -- in the unit of the latency model
    error        -- the sum of weight * error, at most
    levels       -- of all linear parts and activations
    optimal_over -- what no better choice is in
    remarks      -- on ranges and noise
    files        -- what write() writes, by name
    table        -- for people
    """

    name: str
    layers: Tuple[NetworkLayer, ...]
    bootstraps: int
    latency: float
    error: float
    levels: int
    optimal_over: str
    remarks: Tuple[str, ...]
    files: Mapping[str, str]
    table: str

    def write(self, folder: AnyPath) -> None:
        """Headers, one that names them by layer, a page with pictures and the choice as JSON, into a
        folder, which is made where there is none. Raises OSError."""
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, text in self.files.items():
            write_text(Path(folder) / name, text)

    def applied(self, model: Any, data: Any) -> Any:
        """The outputs of the model with the polynomials in place of its activations, on plain
        numbers; an array whose first axis is the items. Model and data as of calibrate(); layers are
        found by name, and one that the network does not have stays as it is."""
        functions = {layer.name: layer.function for layer in self.layers}
        return replaced(model, data, functions)

    def __getitem__(self, name: str) -> NetworkLayer:
        """The layer of that name."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise KeyError(name)

    def __repr__(self) -> str:
        return f"<Network: {self.name}; {len(self.layers)} layers, {self.bootstraps} refreshes>"

    def __str__(self) -> str:
        return self.table


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _ends(value: Any) -> List[str]:
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return [number_word("range", value)]
    return [number_word("range", end) for end in value]


def _toml_value(key: str, value: Any) -> str:
    if key in _WHOLE:
        if isinstance(value, bool) or int(value) != value:
            raise TypeError(f"{key}: {value!r} is no whole number")
        return str(int(value))
    if key == "range":
        return "[" + ", ".join(_quoted(end) for end in _ends(value)) + "]"
    if key == "input":
        names = [value] if isinstance(value, str) else [str(name) for name in value]
        return "[" + ", ".join(map(_quoted, names)) + "]"
    if key in _TEXTS or key in ("samples", "model", "minimise"):
        return _quoted(str(value))
    return _quoted(number_word(key, value))


def _section(title: str, values: Mapping[str, Any]) -> str:
    rows = [f"{key} = {_toml_value(key, v)}" for key, v in values.items() if v is not None]
    return "\n".join([title, *rows]) + "\n\n"


def _layer_section(layer: Mapping[str, Any], files: Dict[str, str]) -> str:
    for key in layer:
        if key not in _LAYER:
            raise TypeError(f"a layer has no {key!r}; it has {', '.join(_LAYER)}")
    values = dict(layer)
    samples = values.get("samples")
    if samples is not None:
        name = f"samples_{len(files)}.txt"
        if isinstance(samples, (str, os.PathLike)):
            values["samples"] = os.path.abspath(os.fspath(samples))
        else:
            given: Dict[str, str] = {}
            flat = samples.ravel() if hasattr(samples, "ravel") else samples
            files[name] = given[file_word("network", "samples", flat, given)]
            values["samples"] = name
    return _section("[[layer]]", values)


def _asked(layers: Layers, chain: Mapping[str, Any], objective: Mapping[str, Any], name: str,
           pareto: bool) -> bytes:
    files: Dict[str, str] = {}
    given = {key for key, value in {**chain, **objective}.items() if value is not None}
    if isinstance(layers, (str, os.PathLike)):
        if given:
            raise TypeError(f"{min(given)}: a network's file says that itself")
        file = os.fspath(layers)
    else:
        values = dict(chain)
        costs = values.get("model")
        if costs is not None:
            word = file_word("network", "model", costs, files)
            values["model"] = word if word in files else os.path.abspath(word)
        rows = layers.layers() if isinstance(layers, Calibration) else layers
        text = _section("[chain]", values) + _section("[objective]", objective)
        text += "".join(_layer_section(row, files) for row in rows)
        file = f"{name}.toml"
        files[file] = text
    options: Dict[str, Any] = {"file": file}
    if pareto:
        options["pareto"] = True
    return json.dumps({"command": "network", "options": options, "files": files}).encode()


def _answer(asked: bytes) -> Dict[str, Any]:
    result = run(lambda told, user: library.equiripple_network(asked, told, user))
    answer: Dict[str, Any] = json.loads(checked(result).text)
    return answer


def _network(answer: Mapping[str, Any]) -> Network:
    functions = [read(text) for text in answer["artifacts"]]
    layers = tuple(
        NetworkLayer(
            name=row["name"],
            activation=row["function"],
            function=None if row["artifact"] is None else functions[row["artifact"]],
            input_level=row["input_level"],
            output_level=row["output_level"],
            refreshes=tuple(row["refreshes"]),
            error=row["error"],
            weight=row["weight"],
            range=(row["range"][0], row["range"][1]),
        )
        for row in answer["layers"]
    )
    kept = ("name", "bootstraps", "latency", "error", "levels", "optimal_over", "files", "table")
    return Network(
        layers=layers, remarks=tuple(answer["remarks"]), **{key: answer[key] for key in kept}
    )


class NetworkCommand:
    """network(...), network.pareto(...) and network.calibrate(...)."""

    def __call__(
        self,
        layers: Layers,
        *,
        levels: Optional[int] = None,
        start_levels: Optional[int] = None,
        refresh_from: Optional[int] = None,
        bootstrap_time: Optional[Number] = None,
        bootstrap_noise: Optional[Number] = None,
        model: Optional[CostModel] = None,
        minimise: Optional[str] = None,
        bits: Optional[Number] = None,
        error_budget: Optional[Number] = None,
        level_budget: Optional[int] = None,
        name: str = "network",
    ) -> Network:
        """The polynomial of every activation, and where to refresh, for the least latency or the
        fewest refreshes; `network` of the command line.

        Options:
          layers -- the path of a network's file (TOML), which says all the rest; or the layers, as
            a Calibration or dicts: name, function, range (or samples: a file or the numbers),
            levels (of the linear part before it), time, bits, weight, input (names)
          levels -- of the chain: what a refresh leaves
          start_levels -- of the network's input; default: levels
          refresh_from -- the lowest level that can be refreshed; default 0
          bootstrap_time -- in the unit of latencies; default 0
          bootstrap_noise -- bounds what a refresh adds to a value in [-1, 1]; default 0
          model -- a latency model: a file, or such a dict
          minimise -- "latency", the default, or "bootstraps"
          bits -- of accuracy, of each activation; relu and abs in units of the range
          error_budget -- of the sum of weight * error
          level_budget -- of all linear parts and activations: then the error is least
          name -- of the files

        Raises WrongRequest, CannotBeMet, MachineFailed or Cancelled; TypeError where a value is of
        no type that a key has.
        """
        chain = {"levels": levels, "start_levels": start_levels, "refresh_from": refresh_from,
                 "bootstrap_time": bootstrap_time, "bootstrap_noise": bootstrap_noise,
                 "model": model}
        objective = {"minimise": minimise, "bits": bits, "error_budget": error_budget,
                     "level_budget": level_budget}
        return _network(_answer(_asked(layers, chain, objective, name, pareto=False)))

    def pareto(
        self,
        layers: Layers,
        *,
        levels: Optional[int] = None,
        start_levels: Optional[int] = None,
        refresh_from: Optional[int] = None,
        bootstrap_time: Optional[Number] = None,
        bootstrap_noise: Optional[Number] = None,
        model: Optional[CostModel] = None,
        minimise: Optional[str] = None,
    ) -> Tuple[NetworkFrontRow, ...]:
        """What other budgets of the error give: for minimise="bootstraps" the least error of each
        number of refreshes; else the convex hull of latency and error. Options as of network()."""
        chain = {"levels": levels, "start_levels": start_levels, "refresh_from": refresh_from,
                 "bootstrap_time": bootstrap_time, "bootstrap_noise": bootstrap_noise,
                 "model": model}
        answer = _answer(_asked(layers, chain, {"minimise": minimise}, "network", pareto=True))
        return tuple(
            NetworkFrontRow(row["bootstraps"], row["latency"], row["error"], tuple(row["levels"]))
            for row in answer["front"]
        )

    def calibrate(
        self,
        model: Any,
        data: Any,
        *,
        weights: bool = True,
        measure: Any = None,
        draws: int = 2,
        step: float = 2.0**-7,
        seed: int = 1,
    ) -> Calibration:
        """Ranges and error weights of a model's activations, from data.

        Options:
          model -- a torch.nn.Module, whose activations are modules (ReLU, GELU, SiLU, Sigmoid,
            Tanh, Softplus, ...); an ONNX model (the path of a file, or a ModelProto; needs the
            package onnx); or a function model(batch, activate) that calls activate(name, function,
            x[, exact]) in the place of each activation and returns its outputs: function is a name,
            as "relu", or an expression in x, and then exact computes it
          data -- an array of items along the first axis, or an iterable of such batches (of pairs
            of a batch and labels its first)
          weights -- whether to measure error weights; else each is 1
          measure -- a function of the outputs of a batch: the numbers whose change counts, a row
            an item; default: the outputs themselves
          draws -- of random signs, for each layer
          step -- of the finite differences, as a part of the layer's range
          seed -- of the signs

        A weight is what the largest change among an item's outputs is for each unit of error in
        every value after the activation, the mean over the items; the largest of `draws` random
        signs of the errors and of equal signs. An estimate, no bound: errors that conspire do more.
        Needs numpy. Raises WrongRequest where the model has no activation that is known, or the
        data no item.
        """
        return calibrated(model, data, weights=weights, measure=measure, draws=draws, step=step,
                          seed=seed)


#: The command, and what measures for it.
network = NetworkCommand()
