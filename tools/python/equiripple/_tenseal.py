"""TenSEAL (the package tenseal), which evaluates polynomials in powers of x.

Its ciphertexts show neither scales nor products that are not relinearised: its own polyval runs,
on powers, wherever ciphertexts hold them well enough for the claim.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, List, Sequence, Tuple

from ._errors import CannotBeMet
from ._types import Stage


def powers_of(stage: Stage) -> List[Fraction]:
    """Coefficients of 1, x, x^2, ...: exactly the polynomial of the stage."""
    lower, upper = map(Fraction, stage.basis)
    slope, shift = 2 / (upper - lower), -(upper + lower) / (upper - lower)
    before, now = [Fraction(1)], [shift, slope]  # T_0, T_1 of slope x + shift
    total = [Fraction(0)] * len(stage.coefficients)
    for k, c in enumerate(stage.coefficients):
        if k > 0:
            if k > 1:
                after = [Fraction(0)] * (len(now) + 1)
                for i, value in enumerate(now):
                    after[i] += 2 * shift * value
                    after[i + 1] += 2 * slope * value
                for i, value in enumerate(before):
                    after[i] -= value
                before, now = now, after
        for i, value in enumerate(now if k > 0 else before):
            total[i] += Fraction(c) * value
    return total


# What polyval loses, measured (TenSEAL 0.3.18, ring 2^14, primes of 40 bits): x^k is off by k times
# the drift, as every product is read at the nominal scale, and c x, which is multiplied by powers
# of x, by the noise. Both shrink with the scale.
_DRIFT_BITS = 8  # k 2^8 N / scale of the value
_NOISE_BITS = 12  # 2^12 / scale


def loss_of(powers: Sequence[Fraction], reach: Fraction, scale: float, ring: int) -> float:
    """An estimate of what ciphertexts of this scale lose where |x| is up to `reach`."""
    drift, noise = 2.0**_DRIFT_BITS * ring / scale, 2.0**_NOISE_BITS / scale
    loss = 0.0
    for k, c in enumerate(powers[1:], start=1):
        if c != 0:
            loss += float(abs(c) * reach**k) * k * drift + float(reach ** (k - 1)) * noise
    return loss


def chosen_powers(stage: Stage, scale: float, ring: int) -> Tuple[float, List[float]]:
    """By what x is multiplied, and the powers of that: of x itself where ciphertexts hold them, else of x
    divided by its range. Raises CannotBeMet where they hold neither."""
    exact = powers_of(stage)
    reach = max(map(abs, map(Fraction, stage.basis)))
    least = 0.0
    for factor in (Fraction(1), Fraction(1 / float(reach))):
        powers = [c / factor**k for k, c in enumerate(exact)]
        least = loss_of(powers, reach * factor, scale, ring)
        if least <= stage.error.upper:
            return float(factor), [float(c) for c in powers]
    raise CannotBeMet(
        f"degree {stage.degree} in powers of x, which are all that TenSEAL takes, loses about {least:.2g} at "
        f"a scale of 2^{math.log2(scale):.4g}; the error that is claimed is {stage.error.upper:.2g}"
    )


def levels_of(kind: str, rows: Sequence[Tuple[float, List[float]]]) -> int:
    """What polyval, which multiplies x by a coefficient first, and the rest take."""
    of_stages = sum((len(powers) - 1).bit_length() for _, powers in rows)
    of_ranges = sum(factor != 1 for factor, _ in rows)
    return of_stages + of_ranges + {"step": 1, "compare": 1, "abs": 1, "relu": 2}.get(kind, 0)


def by_powers(kind: str, stages: Sequence[Stage], x: Any) -> Any:
    """The stages by polyval, and what is made of the last."""
    ciphertext = x.ciphertext()[0]
    ring = ciphertext.poly_modulus_degree()
    rows = [chosen_powers(stage, ciphertext.scale, ring) for stage in stages]
    needed, left = levels_of(kind, rows), ciphertext.coeff_modulus_size() - 1
    if left < needed:
        raise CannotBeMet(f"polyval needs {needed} levels, the ciphertext has {left} left")
    value = x
    for factor, powers in rows:
        value = (value if factor == 1 else value * factor).polyval(powers)
    if kind in ("step", "compare"):
        return value * 0.5 + 0.5
    if kind == "relu":
        return x * (value * 0.5 + 0.5)
    return x * value if kind == "abs" else value
