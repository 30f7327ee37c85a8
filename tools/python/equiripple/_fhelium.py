"""fhelium (the package fhelium): plans.

Its operations are those of a plan, one by one, with scales that are kept as they are. Values stay in NTT form, but for the
addition of a scalar.
"""

from __future__ import annotations

import importlib
import math
from typing import Any, List, Mapping, Sequence, Tuple

from ._errors import WrongRequest
from ._library import Result
from ._schedule import carry_out, schedule


def _check(module: Any, ciphertexts: Sequence[Any]) -> None:
    for x in ciphertexts:
        if not isinstance(x, module.Ciphertext):
            raise TypeError(f"{x!r} is no ciphertext of fhelium")
        if x.component_count != 2:
            raise WrongRequest(
                f"the ciphertext has {x.component_count} components, not 2: relinearize it first"
            )
        if x.modulus_basis != "Q":
            raise WrongRequest(f"the ciphertext is in basis {x.modulus_basis}: must be Q")


def _moduli(engine: Any, x: Any) -> List[float]:
    """By level: what is left at last, then what each rescaling divides by."""
    divisors = [engine.rescale_divisor(depth=depth) for depth in range(engine.max_depth)]
    whole = math.prod(int(engine.config.moduli[i]) for i in x.prime_ids)
    least = whole // math.prod(divisors[x.depth :])
    return [float(least)] + [float(divisor) for divisor in reversed(divisors)]


def _of_equal_components(x: Any, y: Any) -> Tuple[Any, Any]:
    """A product that is not relinearised has a third, which is zero in what is added to it."""
    torch: Any = importlib.import_module("torch")

    def widened(z: Any, count: int) -> Any:
        missing = count - z.component_count
        if missing == 0:
            return z
        zeros = z.data.new_zeros((missing, *z.data.shape[1:]))
        return z.with_data(torch.cat((z.data, zeros)))

    count = max(x.component_count, y.component_count)
    return widened(x, count), widened(y, count)


class _Operations:
    def __init__(self, engine: Any, key: Any) -> None:
        self._engine = engine
        self._key = key

    # Of a value that nobody else has.
    def _settled(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._engine.reinterpret_at_scale_(x, call["scale"])

    def multiply(self, call: Mapping[str, Any], x: Any, y: Any) -> Any:
        return self._settled(call, self._engine.multiply(x, y))

    def square(self, call: Mapping[str, Any], x: Any) -> Any:
        return self.multiply(call, x, x)

    def relinearize(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._settled(call, self._engine.relinearize(x, self._key, output_domain="ntt"))

    def rescale(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._settled(call, self._engine.rescale_to_next_depth(x))

    def drop(self, call: Mapping[str, Any], x: Any) -> Any:
        depth = self._engine.max_depth - call["level"]
        return self._settled(call, self._engine.mod_switch_to_depth(x, depth))

    def multiply_scalar(self, call: Mapping[str, Any], x: Any) -> Any:
        product = self._engine.multiply_scalar(x, call["scalar"], scalar_scale=call["encoding"])
        return self._settled(call, product)

    def multiply_integer(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._settled(call, self._engine.multiply_integer_scalar(x, call["integer"]))

    def add_scalar(self, call: Mapping[str, Any], x: Any) -> Any:
        out = self._engine.ntt_domain_to_coefficient_domain(x)
        total = self._engine.add_scalar(out, call["scalar"], scalar_scale=call["encoding"])
        return self._settled(call, self._engine.coefficient_domain_to_ntt_domain(total))

    def add(self, call: Mapping[str, Any], x: Any, y: Any) -> Any:
        return self._settled(call, self._engine.add(*_of_equal_components(x, y)))

    def sub(self, call: Mapping[str, Any], x: Any, y: Any) -> Any:
        return self._settled(call, self._engine.subtract(*_of_equal_components(x, y)))

    def read(self, call: Mapping[str, Any], x: Any) -> Any:
        return self._engine.reinterpret_at_scale(x, call["scale"])


def by_plan(result: Result, engine: Any, key: Any, ciphertexts: Sequence[Any]) -> Any:
    """The plan, operation by operation."""
    module: Any = importlib.import_module("fhelium")
    _check(module, ciphertexts)
    moduli = _moduli(engine, ciphertexts[0])
    inputs = [{"level": engine.max_depth - x.depth, "scale": x.scale} for x in ciphertexts]
    scheduled = schedule(result, moduli, inputs)
    ready = [
        x.clone() if x.is_ntt_domain else engine.coefficient_domain_to_ntt_domain(x)
        for x in ciphertexts
    ]
    return carry_out(scheduled, _Operations(engine, key), ready)
