"""The plan of a function: the operations on ciphertexts, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, List, Mapping, Optional, Tuple


@dataclass(frozen=True)
class Step:
    """One operation.

    operation  -- "input", "normalise", "stage", "multiply", "square", "relinearize" (a key
                  switch), "rescale" (a level), "multiply_scalar", "add_scalar",
                  "multiply_integer", "add", "sub" (x - y), "drop" (to a depth, without arithmetic)
    name       -- of its result, unique in the plan
    args       -- the names of the values that it reads
    depth      -- levels consumed when the result is there
    scalar     -- of multiply_scalar and add_scalar; exact
    integer    -- of multiply_integer
    carried    -- of multiply_integer, where it is carried out as a product by another integer and
                  read as carried / integer times as large: the value is the same
    centre, half_width -- of normalise: (x - centre) / half_width
    """

    operation: str
    name: str
    args: Tuple[str, ...]
    depth: int
    scalar: Optional[float] = None
    integer: Optional[int] = None
    carried: Optional[int] = None
    centre: Optional[float] = None
    half_width: Optional[float] = None

    def __str__(self) -> str:
        """"s1_t2 = s1_t2_rescaled - 1"."""
        return f"{self.name} = {self.formula}"

    @property
    def formula(self) -> str:
        """What is computed; scalars in short."""
        first = self.args[0] if self.args else ""
        if self.operation == "square":
            return f"{first} * {first}"
        if self.operation in _SIGNS:
            return f" {_SIGNS[self.operation]} ".join(self.args)
        if self.operation == "multiply_scalar":
            return f"{self.scalar:g} * {first}"
        if self.operation == "multiply_integer":
            return f"{self.integer} * {first}"
        if self.operation == "add_scalar":
            return _shifted(first, self.scalar or 0.0)
        if self.operation == "normalise":
            shown = f"({_shifted(first, -self.centre)})" if self.centre else first
            return shown if self.half_width == 1 else f"{shown} / {self.half_width:g}"
        if self.operation == "stage":
            return first
        return f"{self.operation}({', '.join(self.args)})" if self.args else self.operation


_SIGNS = {"multiply": "*", "add": "+", "sub": "-"}

_COSTS = {
    "multiply": "tensor product",
    "square": "tensor product",
    "relinearize": "key switch",
    "multiply_scalar": "scalar product",
}


def _shifted(value: str, by: float) -> str:
    return f"{value} {'-' if by < 0 else '+'} {abs(by):g}"


@dataclass(frozen=True, repr=False)
class Plan:
    """What is computed on ciphertexts, and what it costs. str() lists it; iteration gives steps.

    levels              -- of the modulus that it consumes
    key_switches        -- relinearisations
    tensor_products     -- multiplications and squarings of ciphertexts
    scalar_products, rescalings -- how many
    growth              -- the largest amplification of an intermediate value
    output_scale_factor -- the last value is so many times the function
    steps               -- inputs first; the last one is the result
    """

    levels: int
    key_switches: int
    tensor_products: int
    scalar_products: int
    rescalings: int
    growth: float
    output_scale_factor: float
    steps: Tuple[Step, ...]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __repr__(self) -> str:
        return f"<Plan: {self.levels} levels, {self.key_switches} key switches, {len(self)} steps>"

    def __str__(self) -> str:
        """A line for each step: depth, name, formula, cost with running numbers."""
        totals = {"tensor product": self.tensor_products, "key switch": self.key_switches}
        so_far = dict.fromkeys(totals, 0)
        rows: List[Tuple[str, str, str, str]] = [("depth", "name", "operation", "cost")]
        for step in self.steps:
            cost = _COSTS.get(step.operation, "")
            if cost in totals:
                so_far[cost] += 1
                cost = f"{cost} {so_far[cost]} of {totals[cost]}"
            elif step.operation == "rescale":
                cost = f"level {step.depth}"
            rows.append((str(step.depth), step.name, step.formula, cost))
        names, formulas = (max(len(row[column]) for row in rows) for column in (1, 2))
        return "\n".join(
            f"{depth:>5}  {name:<{names}}  {formula:<{formulas}}  {cost}".rstrip()
            for depth, name, formula, cost in rows
        )


def _real(json: Mapping[str, Any], name: str) -> Optional[float]:
    return float.fromhex(json[name]) if name in json else None


def _step(json: Mapping[str, Any]) -> Step:
    return Step(
        operation=json["op"],
        name=json["name"],
        args=tuple(json.get("args", ())),
        depth=json["depth"],
        scalar=_real(json, "scalar"),
        integer=json.get("integer"),
        carried=json.get("carried"),
        centre=_real(json, "centre"),
        half_width=_real(json, "half_width"),
    )


def plan_of(json: Mapping[str, Any]) -> Plan:
    """That of an artifact's "plan"."""
    return Plan(
        levels=json["levels"],
        key_switches=json["key_switches"],
        tensor_products=json["tensor_products"],
        scalar_products=json["scalar_products"],
        rescalings=json["rescalings"],
        growth=float.fromhex(json["growth"]),
        output_scale_factor=float.fromhex(json["output_scale_factor"]),
        steps=tuple(_step(step) for step in json["program"]),
    )
