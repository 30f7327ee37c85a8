"""What goes in and what comes out, as types."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Iterable, Mapping, Optional, Sequence, Tuple, Union

#: An exact number. Text is that of the command line: "1/4", "2^-20", "0.1", "0x1p-30". A float is
#: its binary64 value: 0.1 is 0x1.999999999999ap-4; write "0.1" or Fraction(1, 10) for a tenth.
#: Infinities and NaN are refused.
Number = Union[int, float, str, Fraction, Decimal]

#: One interval, (-8, 8), ("1/4", 1) or "[-8,8]", or a list of them.
Interval = Tuple[Number, Number]
Domain = Union[str, Interval, Sequence[Union[str, Interval]]]

#: The path of a file, or numbers in its place.
Points = Union[str, "os.PathLike[str]", Iterable[Tuple[Number, Number]]]
Samples = Union[str, "os.PathLike[str]", Iterable[float]]
CostModel = Union[str, "os.PathLike[str]", Mapping[str, Any]]


@dataclass(frozen=True)
class Finding:
    """What is found of one claim of a file.

    claim    -- a path in the artifact: "stages/*/error/upper"
    stage    -- from 1; 0 where the claim is of no stage
    holds    -- proved; else false, or not proved
    sentence -- for people; empty where it goes without saying
    at       -- where the claim fails, if that is a point
    """

    claim: str
    stage: int
    holds: bool
    sentence: str = ""
    at: Optional[float] = None


@dataclass(frozen=True)
class ErrorBounds:
    """What is known of an error; lower <= attained <= upper, rounded outward, in `unit`.

    lower     -- no polynomial of the class does better; of compositions: attained
    attained  -- the stored coefficients are at least this bad
    upper     -- and no worse
    unit      -- of the three: the range for relu and its kin, else 1
    metric    -- "absolute", "relative", "weighted" or "relu": over all of the range
    is_proved -- whether `upper` is proved; else measured
    """

    lower: float
    attained: float
    upper: float
    unit: float = 1.0
    metric: str = "absolute"
    is_proved: bool = False

    @property
    def bits(self) -> float:
        """-log2 of `upper`, to nearest; infinite where the error is 0."""
        return -math.log2(self.upper) if self.upper > 0 else math.inf


@dataclass(frozen=True)
class Stage:
    """A polynomial in Chebyshev's basis: the sum of coefficients[k] T_k(t).

    degree       -- the highest power
    parity       -- "none", "odd" or "even"
    basis        -- where t is -1 and 1
    coefficients -- of T_0, T_1, ...; the first is whole. Exact where they have at most 53 bits,
                    else rounded. numpy.polynomial.Chebyshev(coefficients, domain=basis) is the
                    same polynomial.
    domain       -- ascending intervals, which the error is about
    range        -- intervals of its values there; proved
    error        -- of this stage
    """

    degree: int
    parity: str
    basis: Tuple[float, float]
    coefficients: Tuple[float, ...]
    domain: Tuple[Tuple[float, float], ...]
    range: Tuple[Tuple[float, float], ...]
    error: ErrorBounds


@dataclass(frozen=True)
class Simulation:
    """What parameters leave of a function on ciphertexts, by simulation.

    bits            -- -log2 of the error and the noise together; None where nothing survives
    log2_noise      -- of the largest noise in 4096 slots
    log2_mean_noise -- of its root mean square
    levels          -- that these parameters take
    parameters      -- as they were given
    """

    bits: Optional[float]
    log2_noise: Optional[float]
    log2_mean_noise: Optional[float]
    levels: int
    parameters: str
