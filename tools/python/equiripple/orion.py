"""Activations of Orion (the package orion-fhe) with our polynomials, for the range that its fit measures.

    from equiripple import orion as plugged
    self.act1 = plugged.activation(
        lambda low, high: eq.minimax(function="gelu(x)", domain=(low, high), degree=15),
        torch.nn.functional.gelu, degree=15)
    self.act2 = plugged.relu(degrees=[7, 7])

They are modules of Orion: its fit calls the first argument with the range that it has measured, its margin
included, and its compiler places them. Orion hands coefficients on in binary32: to the error that is claimed
comes 2^-25 of the sum of their magnitudes. Raises ImportError without orion-fhe.
"""

from __future__ import annotations

import importlib
from typing import Any, Callable, List, Optional, Sequence

from ._commands import relu as _relu
from ._errors import CannotBeMet, WrongRequest
from ._function import Function


def _polynomial(made: Function, degree: int) -> Any:
    """The only stage of a function that is its value."""
    stages = made.stages
    has_parts = made.kind != "minimax" and (len(stages) > 1 or stages[0].parity == "odd")
    if len(stages) != 1 or has_parts:
        raise CannotBeMet(f"{made.description}: an activation of Orion is one polynomial of the function itself")
    if stages[0].degree != degree:
        raise WrongRequest(
            f"degree={degree}: must be that of the polynomial, which is {stages[0].degree}", "degree"
        )
    return stages[0]


def activation(make: Callable[[float, float], Function], fn: Callable[[Any], Any], degree: int) -> Any:
    """A module that is one polynomial on ciphertexts.

    make   -- from both ends of the range to a function of one polynomial, as minimax() or
              relu(degrees=[20]) make; `function` of the module is what it made
    fn     -- the function on tensors: what the module is in training, and what fit sees
    degree -- of the polynomial

    It has an attribute `function` after orion.fit, None before.
    """
    nn: Any = importlib.import_module("orion.nn")

    class Activation(nn.Chebyshev):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(degree, fn)
            self.function: Optional[Function] = None

        def fit(self) -> None:
            low, high = float(self.input_min), float(self.input_max)
            if not low < high:
                raise WrongRequest(f"{self.name}: all inputs that fit has seen are {low:g}", "make")
            beyond = (float(self.margin) - 1) * (high - low) / 2
            self.function = made = make(low - beyond, high + beyond)
            stage = _polynomial(made, degree)
            self.low, self.high = stage.basis
            self.prescale = 2 / (self.high - self.low)
            self.constant = -(self.high + self.low) / (self.high - self.low)
            self.set_coeffs(list(stage.coefficients))
            self.set_depth()

    return Activation()


def _sign_coefficients(made: Function) -> List[List[float]]:
    """Of (1 + sign)/2, stage by stage on [-1, 1]: each divided by the half-width of the next."""
    widths = [stage.basis[1] for stage in made.stages[1:]]
    rows = [
        [c / width for c in stage.coefficients] for stage, width in zip(made.stages, widths)
    ]
    last = [c / 2 for c in made.stages[-1].coefficients]
    last[0] += 0.5
    return rows + [last]


def relu(degrees: Sequence[int]) -> Any:
    """Orion's ReLU, x times a composition of sign, with our stages: it divides x by a whole number about
    as large as the range that fit measures.

    degrees -- of the stages, odd

    Its error is at most that of relu(degrees=degrees), times that number; `function` is that function.
    """
    nn: Any = importlib.import_module("orion.nn.activation")
    made = _relu(degrees=list(degrees))
    coefficients = _sign_coefficients(made)

    class Sign(nn._Sign):  # type: ignore[misc]
        def fit(self) -> None:
            for one, row in zip(self.acts, coefficients):
                one.set_coeffs(row)
                one.set_depth()

    module = nn.ReLU(degrees=list(degrees))
    module.sign = Sign(list(degrees))
    module.function = made
    return module
