"""What the tests on the packages of FHE libraries share: functions, points, the table in the README."""

import math
import re

import equiripple as eq

from support import ROOT

# Of the README's table: how the function is made, and what it stands for.
FUNCTIONS = {
    "sign, degrees 7, 15": (
        lambda: eq.sign(gap="2^-6", degrees=[7, 15]),
        lambda x: math.copysign(1, x),
    ),
    "ReLU, degrees 7, 7": (lambda: eq.relu(degrees=[7, 7]), lambda x: max(x, 0.0)),
    "logistic on [-8, 8], degree 7": (
        lambda: eq.minimax(function="sigmoid(x)", domain=(-8, 8), degree=7),
        lambda x: 1 / (1 + math.exp(-x)),
    ),
    "logistic on [-8, 8], degree 31": (
        lambda: eq.minimax(function="sigmoid(x)", domain=(-8, 8), degree=31),
        lambda x: 1 / (1 + math.exp(-x)),
    ),
    "GELU on [-7, 7], degree 20": (
        lambda: eq.minimax(function="gelu(x)", domain=(-7, 7), degree=20),
        lambda x: x / 2 * (1 + math.erf(x / math.sqrt(2))),
    ),
}
# Bits by which a run may differ from its cell, the median of runs, as keys and noise are new in each. Seen: 1.9 bits at
# most in 120 runs a cell on openfhe and 48 on desilofhe. A slot's error is rounding noise times the secret key, which is
# distributed by Laplace's law; the median is about the deviation s of the worst slot, and beyond 4 bits, or 16 s, lie
# exp(-16 sqrt(2)) = 2^-32 of its runs.
LUCK = 4


def points(f, count=512):
    """Of the domain of the first stage, both ends included."""
    domain = f.stages[0].domain
    if f.kind == "relu":
        domain = ((domain[0][0], domain[-1][1]),)
    each = count // len(domain)
    return [
        lower + (upper - lower) * i / (each - 1) for lower, upper in domain for i in range(each)
    ]


def bits_of(values, wanted):
    """Of agreement: -log2 of the largest difference."""
    worst = max(abs(v - w) for v, w in zip(values, wanted))
    return -math.log2(worst) if worst > 0 else math.inf


def require_claim(case, f, true, xs, values, noise):
    """As close to the function as is claimed, but for the noise."""
    limit = f.error.upper * f.error.unit + noise
    for x, value in zip(xs, values):
        case.assertLessEqual(abs(value - true(x)), limit, f"{f.description} at {x}")


def cells_of(library):
    """By function, the README's cell of a library."""
    rows = {}
    columns = None
    for line in (ROOT / "README.md").read_text().splitlines():
        if not line.startswith("|"):
            columns = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if columns is None:
            columns = cells
        elif library in columns and cells[0] in FUNCTIONS:
            rows[cells[0]] = cells[columns.index(library)]
    return rows


def require_cell(case, cell, how, levels, bits):
    """A cell is "plan, 6 levels, 30 bits": that many levels, and about so many bits."""
    match = re.fullmatch(r"(plan|table|powers), (\d+) levels, (\d+) bits", cell)
    case.assertIsNotNone(match, f"'{cell}' should be '{how}, {levels} levels, {int(bits)} bits'")
    case.assertEqual((match[1], int(match[2])), (how, levels), cell)
    case.assertLess(abs(bits - int(match[3])), LUCK, cell)


def emitted(f):
    """What the file of emit("python") defines, as it stands: without our package."""
    text = f.emit("python")
    assert "import equiripple" not in text
    defined = {}
    exec(compile(text, f.name + ".py", "exec"), defined)
    return defined
