"""tools/docs/composed.md: what each request for a composed function is answered by, from the tool itself.

    python3 tools/composed/page.py build/tools/equiripple [build/tools/equiripple-values] > page.md

Form, levels, key switches, the proved error and the candidates that lost are those of the tool's own summary; each file
is verified again for the page. The bits are of the largest error against Python's math, of results of ciphertexts:
simulated ones (`inspect --ckks`), and with the second program those of SEAL and OpenFHE.
"""

import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

POINTS = 2000  # chosen: of 8192 slots, a few in each oscillation
SCALE = 50
RING = 14
CKKS = f"logN={RING},scale=2^{SCALE}"
RELATIVE = ("inverse", "divide")  # on ciphertexts, too; of exp the least values are below all noise


def gelu(x):
    return x / 2 * math.erfc(-x / math.sqrt(2))


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def clipped(x):
    return 0.0 if x <= -4 else (x + 4) ** 2 / 8


def bent(x):
    return x / 10 if x <= 1 else x - 0.9


def two_bends(x):
    return x / 4 if x <= -2 else min(x + 1.5, 4.5)


def integers(reach, width):
    return [(i - width, i + width) for i in range(1 - reach, reach)]


def indicator(reach):
    return [(-reach, -0.99), (-0.01, 0.01), (0.99, reach)]


def off_nearest(x):
    return x - round(x)


def is_inside(x):
    return float(abs(x) <= 0.5)


MOD1 = ["mod1", "--arcsine", "auto", "--double-angle", "auto"]
BOTH_SIDES = ["--domain", "[-1,-2^-6]", "--domain", "[2^-6,1]"]
INDICATOR = ["indicator", "--width", "0.01", "--gap", "0.98", "--error", "0.01"]
GELU = ["activation", "--function", "gelu"]

# Words, intervals, the function; of a quotient the second is what divides.
ROWS = [
    (["exp", "--domain", "[-64,0]", "--error", "2^-8", "--relative"], [(-64, 0)], math.exp),
    (["exp", "--domain", "[-1024,0]", "--error", "2^-8", "--max-levels", "6"], [(-1024, 0)], math.exp),
    (["exp", "--domain", "[-1024,0]", "--error", "2^-8"], [(-1024, 0)], math.exp),
    (
        ["mod1", "--range", "25", "--width", "2^-10", "--double-angle", "2", "--doublings", "inside", "--error", "2^-30"],
        integers(25, 2**-10),
        lambda x: math.sin(2 * math.pi * (x - round(x))),
    ),
    (MOD1 + ["--range", "12", "--width", "2^-6", "--error", "2^-30"], integers(12, 2**-6), off_nearest),
    (
        ["step", "--threshold", "0.3", "--gap", "0.05", "--domain", "[-1,1]", "--error", "2^-8", "--minimise", "levels"],
        [(-1, 0.25), (0.35, 1)],
        lambda x: float(x > 0.3),
    ),
    (INDICATOR + ["--range", "16", "--minimise", "levels"], indicator(16), is_inside),
    (INDICATOR + ["--range", "128", "--minimise", "levels"], indicator(128), is_inside),
    (INDICATOR + ["--range", "128", "--minimise", "key-switches"], indicator(128), is_inside),
    (INDICATOR + ["--range", "1024", "--minimise", "key-switches"], indicator(1024), is_inside),
    (
        ["quantise", "--to", "0,1,2,3", "--gap", "0.1", "--domain", "[-0.5,3.5]", "--error", "0.01"],
        [(-0.5, 0.4), (0.6, 1.4), (1.6, 2.4), (2.6, 3.5)],
        lambda x: float(min(max(round(x), 0), 3)),
    ),
    (
        ["piecewise", "--piece", "[-8,-4]: 0", "--piece", "[-4,8]: (x + 4)^2/8", "--error", "0.05"],
        [(-8, 8)],
        clipped,
    ),
    (
        ["piecewise", "--piece", "[-8,1]: 0", "--piece", "[1,8]: x - 1", "--error", "2^-7"],
        [(-8, 8)],
        lambda x: max(0.0, x - 1),
    ),
    (
        ["piecewise", "--piece", "[-8,1]: x/10", "--piece", "[1,8]: x - 0.9", "--error", "2^-7"]
        + ["--minimise", "key-switches"],
        [(-8, 8)],
        bent,
    ),
    (
        ["piecewise", "--piece", "[-1024,1]: x/10", "--piece", "[1,1024]: x - 0.9", "--error", "1/4"],
        [(-1024, 1024)],
        bent,
    ),
    (
        ["piecewise", "--piece", "[-40,-2]: x/4", "--piece", "[-2,3]: x + 3/2", "--piece", "[3,40]: 9/2"]
        + ["--error", "2^-8"],
        [(-40, 40)],
        two_bends,
    ),
    (GELU + ["--range", "8", "--error", "0.042", "--minimise", "levels"], [(-8, 8)], gelu),
    (GELU + ["--range", "8", "--error", "6.5e-4", "--minimise", "levels"], [(-8, 8)], gelu),
    (GELU + ["--range", "60", "--error", "2^-8", "--minimise", "key-switches"], [(-60, 60)], gelu),
    (["activation", "--function", "sigmoid", "--range", "256", "--error", "2^-5"], [(-256, 256)], sigmoid),
    (["inverse", *BOTH_SIDES, "--error", "2^-10"], [(-1, -(2**-6)), (2**-6, 1)], lambda x: 1 / x),
    (
        ["divide", "--numerator", "[-1,1]", "--domain", "[2^-6,1]", "--error", "2^-10"],
        [(2**-6, 1)],
        lambda x: 1 / x,
    ),
]


def points(intervals):
    length = sum(upper - lower for lower, upper in intervals)
    for lower, upper in intervals:
        count = max(3, round(POINTS * (upper - lower) / length))
        for i in range(count):
            yield lower + (upper - lower) * i / (count - 1)


def run(words, **more):
    return subprocess.run(words, capture_output=True, text=True, check=True, **more).stdout


def decimals(bits):
    return f"{math.floor(bits * 10) / 10:.1f}"


class Measured:
    """Of one file: bits of the largest error of values, in the units of the request."""

    def __init__(self, intervals, true, is_quotient, is_relative):
        self.xs = list(points(intervals))
        self.true = true
        self.tops = [math.cos(7 * i) for i in range(len(self.xs))] if is_quotient else None
        self.is_relative = is_relative

    def lines(self):
        if self.tops:
            return "".join(f"{a!r} {x!r}\n" for a, x in zip(self.tops, self.xs))
        return "".join(f"{x!r}\n" for x in self.xs)

    def bits(self, values):
        worst = 0.0
        for i, (x, value) in enumerate(zip(self.xs, values)):
            true = self.true(x)
            if self.tops:
                value, true = value * x, self.tops[i]
            elif self.is_relative:
                value, true = value / true, 1.0
            worst = max(worst, abs(value - true))
        return decimals(-math.log2(worst))


def answer(tool, words, file):
    """The cells that do not change from run to run, and what was tried besides."""
    summary = run([tool, *words])
    run([tool, *words, "-o", file])
    run([tool, "verify", file])
    artifact = json.loads(Path(file).read_text(encoding="utf-8"))
    form = re.search(r"  polynomial  (.*); Chebyshev basis", summary).group(1)
    proved = math.ceil(artifact["error"]["log2_upper"] * 100) / 100
    metric = " relative" if artifact["error"]["metric"] == "relative" else ""
    plan = artifact["plan"]
    cells = ["`" + " ".join(words) + "`", form, f"{plan['levels']} / {plan['key_switches']}", f"2^{proved:.2f}{metric}"]
    tried = re.findall(r"^  (\S.*?) +(\d+) levels? +(\d+) key switch(?:es)? +latency \S+ +(\w+)", summary, re.M)
    others = [f"{text}: {levels} / {switches}" for text, levels, switches, end in tried if end != "taken"]
    return cells, others


def on_ciphertexts(tool, values, words, intervals, true, file):
    """Bits that are left: simulated, on SEAL, on OpenFHE."""
    survives = re.search(r"(-?[0-9.]+) bits survive", run([tool, "inspect", file, "--ckks", CKKS]))
    cells = [survives.group(1) if survives and float(survives.group(1)) > 0 else "none"]
    measured = Measured(intervals, true, words[0] == "divide", words[0] in RELATIVE)
    program = file + ".program"
    run([tool, "emit", file, "--target", "program", "-o", program])
    for library in ("seal", "openfhe"):
        if not values:
            cells.append("-")
            continue
        told = run([values, library, program, "--ring", str(RING), "--scale", str(SCALE)], input=measured.lines())
        cells.append(measured.bits([float(line) for line in told.split()]))
    return cells


def page(tool, values=None):
    lines = [
        "<!-- GENERATED FILE - do not edit. Make it again: see tools/composed/page.py -->",
        "# Composed functions",
        "",
        "What a request is answered by: the form, its levels / key switches, the error that is proved from the input to",
        "the result, and how many bits of the largest error are left on ciphertexts: simulated as SEAL rescales, by",
        f"`inspect --ckks '{CKKS}'` (a bound of the noise), and measured once on SEAL 4.4.3 and on OpenFHE 1.5.1",
        f"(FLEXIBLEAUTO) at {POINTS} points and more, with primes of {SCALE} bits and a ring of 2^{RING}, which says nothing of",
        "security. Every file was verified for this page. Errors of 1/x are relative, measured ones too. Of the relative",
        "claim of exp nothing is left where its values are below the noise (\"none\"); what was measured is its absolute",
        "error. Another run has other noise.",
        "",
        "| request | form | levels / key switches | proved | simulated | SEAL | OpenFHE |",
        "|---|---|---|---|---|---|---|",
    ]
    lost = []
    with tempfile.TemporaryDirectory(prefix="equiripple-") as folder:
        for words, intervals, true in ROWS:
            file = str(Path(folder) / "f.json")
            cells, others = answer(tool, words, file)
            cells += on_ciphertexts(tool, values, words, intervals, true, file)
            lines.append("| " + " | ".join(cells) + " |")
            if others:
                lost.append(f"- {cells[0]}: " + "; ".join(others))
    lines += ["", "## What lost", "", "Levels / key switches of what was tried besides.", ""]
    return "\n".join(lines + lost + [""])


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: page.py PATH/TO/equiripple [PATH/TO/equiripple-values]")
    sys.stdout.write(page(*sys.argv[1:]))
