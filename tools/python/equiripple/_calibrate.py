"""Ranges and error weights from data: the values before each activation, and what errors after it do.

Every kind of model becomes one form, a function of a batch and of `activate`, which is called in the
place of each activation (see _models.py).
"""

from __future__ import annotations

import importlib
import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from ._errors import WrongRequest
from ._models import Activate, Form, form_of
from ._types import Number

_DIGITS = 5  # of a range, rounded outward, as `samples` of a network's file has them


@dataclass(frozen=True)
class CalibratedLayer:
    """What was measured of one activation.

    name           -- of the layer
    function       -- "relu", "gelu", ...
    lower, upper   -- the least and the largest value before it, rounded outward to 5 digits
    values         -- so many were seen
    items          -- in so many items
    chance         -- that one more value of their kind is outside, at most: 2 / (values + 1)
    chance_of_item -- that one more item has a value outside, at most: 2 / (items + 1); for values
                      that depend on each other, as those of one image, this is the one that holds
    weight         -- of the error; 1 where it was not measured
    """

    name: str
    function: str
    lower: str
    upper: str
    values: int
    items: int
    chance: float
    chance_of_item: float
    weight: float


@dataclass(frozen=True)
class Calibration:
    """What was measured of a model's activations, in the order in which they are evaluated."""

    measured: Tuple[CalibratedLayer, ...]

    def layers(
        self,
        levels: int = 1,
        inputs: Optional[Mapping[str, Any]] = None,
        widen: Number = 1,
        **more: Any,
    ) -> List[Dict[str, Any]]:
        """The layers of a network.

        levels -- of each linear part
        inputs -- of layers that join others: {"add": ["conv1", "conv2"]}
        widen  -- ranges by a factor, for values that were not seen
        more   -- other keys of every layer, as time=100
        """
        names = {layer.name for layer in self.measured}
        for name in inputs or {}:
            if name not in names:
                raise WrongRequest(f"inputs: there is no layer {name!r}", "inputs")
        rows = []
        for layer in self.measured:
            ends = (layer.lower, layer.upper)
            if widen != 1:
                ends = (f"({ends[0]})*({widen})", f"({ends[1]})*({widen})")
            row = {"name": layer.name, "function": layer.function, "range": ends,
                   "levels": levels, "weight": layer.weight, **more}
            if inputs and layer.name in inputs:
                row["input"] = inputs[layer.name]
            rows.append(row)
        return rows

    def __getitem__(self, name: str) -> CalibratedLayer:
        """The layer of that name."""
        for layer in self.measured:
            if layer.name == name:
                return layer
        raise KeyError(name)

    def __len__(self) -> int:
        return len(self.measured)

    def __str__(self) -> str:
        rows = [("layer", "function", "range", "values", "items", "outside", "weight")]
        for one in self.measured:
            rows.append((one.name, one.function, f"[{one.lower}, {one.upper}]", str(one.values),
                         str(one.items), f"{one.chance_of_item:.2g}", f"{one.weight:.4g}"))
        widths = [max(map(len, column)) for column in zip(*rows)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
            for row in rows
        )


def _numpy() -> Any:
    try:
        return importlib.import_module("numpy")
    except ImportError as error:
        raise ImportError("network.calibrate needs numpy") from error


def _batches(data: Any) -> Any:
    """Each an array with the items along its first axis."""
    if hasattr(data, "shape"):
        yield data
        return
    for batch in data:
        yield batch[0] if isinstance(batch, (tuple, list)) else batch


class _Extent:
    def __init__(self, function: str) -> None:
        self.function = function
        self.least = math.inf
        self.largest = -math.inf
        self.values = 0
        self.items = 0


def _decimal(value: float, rounding: str) -> str:
    return str(Context(prec=_DIGITS, rounding=rounding).create_decimal(value))


class _Measurement:
    def __init__(self, form: Form, batches: List[Any], measure: Any) -> None:
        self.np = _numpy()
        self.form = form
        self.batches = batches
        self.measure = measure
        self.extents: Dict[str, _Extent] = {}
        self.plain: List[Any] = []

    def outputs(self, batch: Any, activate: Activate) -> Any:
        """A row an item."""
        found = self.form.run(batch, activate)
        if self.measure is not None:
            found = self.measure(found)
        rows = self.np.asarray(found, dtype=float)
        return rows.reshape(len(batch), -1)

    def look(self) -> None:
        for batch in self.batches:
            self.plain.append(self.outputs(batch, self._looking(len(batch))))

    def _looking(self, items: int) -> Activate:
        seen: List[str] = []

        def activate(name: str, function: str, x: Any, exact: Any = None) -> Any:
            if name in seen:
                raise WrongRequest(f"model: it calls activate({name!r}, ...) twice; each "
                                   "activation has a name of its own", "model")
            seen.append(name)
            extent = self.extents.setdefault(name, _Extent(function))
            values = self.np.asarray(x)
            least, largest = float(values.min()), float(values.max())
            if not (math.isfinite(least) and math.isfinite(largest)):
                raise WrongRequest(f"data: a value before {name!r} is not finite", "data")
            extent.least = min(extent.least, least)
            extent.largest = max(extent.largest, largest)
            extent.values += int(values.size)
            extent.items += items
            return self.form.exact(function, x, exact)

        return activate

    def _disturbing(self, wanted: str, size: float, random: Any) -> Activate:
        """Adds so much to every value, of random signs or, without them, of one sign."""

        def activate(name: str, function: str, x: Any, exact: Any = None) -> Any:
            y = self.form.exact(function, x, exact)
            if name != wanted:
                return y
            values = self.np.asarray(y)
            signs = 1.0 if random is None else random.integers(0, 2, values.shape) * 2.0 - 1
            return (values + size * signs).astype(values.dtype)

        return activate

    def weight_of(self, wanted: str, step: float, draws: int, seed: int) -> float:
        extent = self.extents[wanted]
        size = step * max(abs(extent.least), abs(extent.largest)) or step
        largest = 0.0
        for draw in range(draws + 1):
            random = None if draw == 0 else self.np.random.default_rng([seed, draw])
            activate = self._disturbing(wanted, size, random)
            total = 0.0
            for batch, plain in zip(self.batches, self.plain):
                change = self.np.abs(self.outputs(batch, activate) - plain)
                total += float(change.max(axis=1).sum())
            largest = max(largest, total / extent.items / size)
        return largest


def calibrated(model: Any, data: Any, *, weights: bool, measure: Any, draws: int, step: float,
               seed: int) -> Calibration:
    if draws < 0 or not 0 < step <= 1:
        raise WrongRequest("draws is at least 0, and step above 0 and at most 1",
                           "draws" if draws < 0 else "step")
    batches = [batch for batch in _batches(data) if len(batch) > 0]
    if not batches:
        raise WrongRequest("data: there is no item", "data")
    with form_of(model) as form:
        measurement = _Measurement(form, batches, measure)
        measurement.look()
        if not measurement.extents:
            raise WrongRequest(f"model: {form.lacks}", "model")
        rows = []
        for name, extent in measurement.extents.items():
            weight = measurement.weight_of(name, step, draws, seed) if weights else 1.0
            rows.append(CalibratedLayer(
                name=name,
                function=extent.function,
                lower=_decimal(extent.least, ROUND_FLOOR),
                upper=_decimal(extent.largest, ROUND_CEILING),
                values=extent.values,
                items=extent.items,
                chance=min(1.0, 2 / (extent.values + 1)),
                chance_of_item=min(1.0, 2 / (extent.items + 1)),
                weight=weight,
            ))
    return Calibration(tuple(rows))


def replaced(model: Any, data: Any, functions: Mapping[str, Optional[Callable[..., Any]]]) -> Any:
    """The outputs with other functions in the place of activations; None lets values pass."""
    np = _numpy()
    results = []
    with form_of(model) as form:

        def activate(name: str, function: str, x: Any, exact: Any = None) -> Any:
            if name not in functions:
                return form.exact(function, x, exact)
            polynomial = functions[name]
            values = np.asarray(x)
            return values if polynomial is None else polynomial(values).astype(values.dtype)

        for batch in _batches(data):
            results.append(np.asarray(form.run(batch, activate)))
    return np.concatenate(results)
