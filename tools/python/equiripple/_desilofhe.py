"""DESILO FHE (the package desilofhe): plans.

Its products without a key have three components and are rescaled at once, and it keeps scales by
itself: so the operations of the plan run in their order, with its rescalings inside of products.
What a plan does by reading a ciphertext at another scale takes a product by a scalar: the range,
and a factor that is left in the result.
"""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Tuple

from ._errors import CannotBeMet, WrongRequest
from ._plan import Plan, Step


class _Run:
    def __init__(self, engine: Any, key: Any) -> None:
        self._engine = engine
        self._key = key

    def _together(self, x: Any, y: Any) -> Tuple[Any, Any]:
        level = min(x.level, y.level)
        return self._at(x, level), self._at(y, level)

    def _at(self, x: Any, level: int) -> Any:
        return x if x.level == level else self._engine.level_down(x, level)

    def step(self, step: Step, operands: Sequence[Any]) -> Any:
        engine, x = self._engine, operands[0]
        operation = step.operation
        if operation == "multiply":
            return engine.multiply(*self._together(*operands))
        if operation == "square":
            return engine.square(x)
        if operation == "relinearize":
            return engine.relinearize(x, self._key)
        if operation == "multiply_scalar":
            return engine.multiply(x, float(step.scalar or 0.0))
        if operation == "multiply_integer":
            return engine.multiply(x, int(step.integer or 0))
        if operation == "add_scalar":
            return engine.add(x, float(step.scalar or 0.0))
        if operation == "add":
            return engine.add(*self._together(*operands))
        if operation == "sub":
            return engine.subtract(*self._together(*operands))
        if operation == "normalise":
            return self._normalised(step, x)
        return x  # rescale, stage, drop: products are rescaled, levels brought together where needed

    def _normalised(self, step: Step, x: Any) -> Any:
        centre, half_width = step.centre or 0.0, step.half_width or 1.0
        moved = x if centre == 0 else self._engine.subtract(x, centre)
        return moved if half_width == 1 else self._engine.multiply(moved, 1 / half_width)


def levels_of(plan: Plan) -> int:
    """Those of the plan, one for a range that is not 1 wide, and one for a factor in the result."""
    ranges = [step.half_width for step in plan if step.operation == "normalise"]
    return plan.levels + any(r != 1 for r in ranges) + (plan.output_scale_factor != 1)


def by_plan(plan: Plan, engine: Any, key: Any, ciphertexts: Sequence[Any]) -> Any:
    """The plan, operation by operation."""
    needed, left = levels_of(plan), min(x.level for x in ciphertexts)
    if left < needed:
        raise CannotBeMet(f"the plan needs {needed} levels, the ciphertext has {left} left")
    for x in ciphertexts:
        if x.polynomial_count != 2:
            raise WrongRequest(
                f"the ciphertext has {x.polynomial_count} components, not 2: relinearize it first"
            )
    run = _Run(engine, key)
    values: Dict[str, Any] = {}
    given: List[Any] = list(ciphertexts)
    last_use = {name: step.name for step in plan for name in step.args}
    for step in plan:
        if step.operation == "input":
            values[step.name] = given.pop(0)
            continue
        values[step.name] = run.step(step, [values[name] for name in step.args])
        for name in step.args:
            if last_use[name] == step.name:
                values.pop(name, None)
    result = values[plan.steps[-1].name]
    if plan.output_scale_factor != 1:
        result = engine.multiply(result, 1 / plan.output_scale_factor)
    return result
