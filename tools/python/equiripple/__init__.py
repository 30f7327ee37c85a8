"""equiripple: polynomials with proved errors for CKKS homomorphic encryption.

    import equiripple as eq

    f = eq.relu(bits=13, range=50)
    print(f)                            # claims, stages, costs
    f.error.upper, f.levels, f.plan
    f(0.5)                              # as the plan computes it; also of numpy's arrays
    f.write("relu.hpp")                 # for SEAL, OpenFHE, ...; f.emit("lattigo")
    f.verify()                          # proves the claims again

A function for each command of the command line, with its options as keywords, _ for -: minimax,
approximate, mod1, sign, step, compare, relu, abs, max, min, compare_and_swap, inverse, divide,
rsqrt, sqrt, exp, indicator, quantise, activation, piecewise, softmax, layernorm, rmsnorm, argmax,
largest, fit; and search and survey, which compare; network(...) chooses for a whole network, and network.calibrate(model,
data) measures one. Options that are None are not given. Numbers are exact: int,
Fraction, Decimal, text as "1/4" or "2^-20"; a float is its binary64 value, so that 0.1 is not "0.1".

What goes wrong is raised as an Error, with the sentence that the command line would print. Long
work shows what it is at (see progress) and obeys Ctrl-C. Any number of threads may work at once.
"""

from ._calibrate import CalibratedLayer, Calibration
from ._commands import (
    abs,
    activation,
    approximate,
    argmax,
    compare,
    compare_and_swap,
    divide,
    exp,
    fit,
    indicator,
    inverse,
    largest,
    layernorm,
    max,
    min,
    minimax,
    mod1,
    piecewise,
    quantise,
    relu,
    rmsnorm,
    rsqrt,
    search,
    sign,
    softmax,
    sqrt,
    step,
    survey,
)
from ._errors import Cancelled, CannotBeMet, ClaimFails, Error, MachineFailed, WrongRequest
from ._function import Function, read, verify
from ._library import library as _library
from ._make import make
from ._network import Network, NetworkFrontRow, NetworkLayer, network
from ._plan import Plan, Step
from ._progress import progress
from ._request import commands
from ._tables import Choice, Choices, Method, Survey
from ._types import Domain, ErrorBounds, Finding, Number, Simulation, Stage

#: Of the library.
__version__: str = _library.equiripple_version().decode()

# Named where users find them, in messages and in pickles.
for _public in (
    CalibratedLayer,
    Calibration,
    Cancelled,
    CannotBeMet,
    Choice,
    Choices,
    ClaimFails,
    Error,
    ErrorBounds,
    Finding,
    Function,
    MachineFailed,
    Method,
    Network,
    NetworkFrontRow,
    NetworkLayer,
    Plan,
    Simulation,
    Stage,
    Step,
    Survey,
    WrongRequest,
):
    _public.__module__ = __name__

# Without abs, max and min: `from equiripple import *` leaves Python's own alone.
__all__ = [
    "CalibratedLayer",
    "Calibration",
    "Cancelled",
    "CannotBeMet",
    "Choice",
    "Choices",
    "ClaimFails",
    "Domain",
    "Error",
    "ErrorBounds",
    "Finding",
    "Function",
    "MachineFailed",
    "Method",
    "Network",
    "NetworkFrontRow",
    "NetworkLayer",
    "Number",
    "Plan",
    "Simulation",
    "Stage",
    "Step",
    "Survey",
    "WrongRequest",
    "activation",
    "approximate",
    "argmax",
    "commands",
    "compare",
    "compare_and_swap",
    "divide",
    "exp",
    "fit",
    "indicator",
    "inverse",
    "largest",
    "layernorm",
    "make",
    "minimax",
    "mod1",
    "network",
    "piecewise",
    "progress",
    "quantise",
    "read",
    "relu",
    "rmsnorm",
    "rsqrt",
    "search",
    "sign",
    "softmax",
    "sqrt",
    "step",
    "survey",
    "verify",
]
