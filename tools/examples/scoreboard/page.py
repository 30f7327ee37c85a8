"""README.md beside this file, from what `equiripple generate functions.toml` writes.

    EQUIRIPPLE_LIBRARY=build/tools/libequiripple.so PYTHONPATH=tools/python \\
        python3 tools/examples/scoreboard/page.py build/tools/equiripple > page.md

Levels, key switches and bounds are read in the artifacts, each of which is verified again. The share of points is
counted here, against the functions of Python's math.
"""

import math
import subprocess
import sys
import tempfile
from pathlib import Path

import equiripple as eq

HERE = Path(__file__).resolve().parent
POINTS = 20001  # chosen: a hundred in each oscillation of the highest degree, 183


def sign(x):
    return math.copysign(1, x)


def relu(x):
    return max(x, 0.0)


def logistic(x):
    return 1 / (1 + math.exp(-x))


def gelu(x):
    return x / 2 * (1 + math.erf(x / math.sqrt(2)))


# Of functions.toml: function, where it is asked for, the tolerance, the specification in words, the published answer
# (the public challenges of FHERMA, in its articles on their winners).
ROWS = {
    "sign_levels": (sign, [(-1, -0.02), (0.02, 1)], 0.01, "sign, 0.02 <= \\|x\\| <= 1, within 0.01",
                    "11 levels, degree 1023"),
    "sign_key_switches": (sign, [(-1, -0.02), (0.02, 1)], 0.01, "the same, fewest key switches",
                          "11 levels, degree 1023"),
    "relu_levels": (relu, [(-1, 1)], 0.001, "ReLU on [-1, 1], within 0.001",
                    "10 levels, degree 1023"),
    "relu_in_4_levels": (relu, [(-1, 1)], 0.001, "the same, as often as 4 levels can",
                         "4 levels, 88 %"),
    "logistic": (logistic, [(-25, 25)], 0.001, "logistic on [-25, 25], within 0.001", "7 levels"),
    "gelu": (gelu, [(-7, 7)], 0.001, "GELU (by erf) on [-7, 7], within 0.001", "degree 22"),
}


def points(intervals):
    length = sum(upper - lower for lower, upper in intervals)
    for lower, upper in intervals:
        count = round(POINTS * (upper - lower) / length)
        for i in range(count):
            yield lower + (upper - lower) * i / (count - 1)


def share(f, true, intervals, tolerance):
    """How many of evenly spaced points are within the tolerance, in hundredths of a per cent, rounded down."""
    xs = list(points(intervals))
    within = sum(abs(y - true(x)) <= tolerance for x, y in zip(xs, f(xs)))
    return 10000 * within // len(xs)


def row(name, f):
    true, intervals, tolerance, words, published = ROWS[name]
    f.verify()
    counted = share(f, true, intervals, tolerance)
    degrees = " then ".join(str(stage.degree) for stage in f.stages)
    bound = math.ceil(f.error.upper * 1e6) / 1e6
    return (
        f"| {words} | {f.levels} | {f.key_switches} | {degrees} | {bound:.6f} | {counted / 100:.2f} % | {published} |"
    )


def made(tool):
    with tempfile.TemporaryDirectory(prefix="equiripple-") as folder:
        subprocess.run(
            [tool, "generate", str(HERE / "functions.toml"), "--out-dir", folder],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return {name: eq.read(Path(folder) / (name + ".json")) for name in ROWS}


def page(functions):
    lines = [
        "# Scoreboard",
        "",
        "Public specifications of kernels on ciphertexts, and what equiripple makes of them: every line is an entry of",
        "[functions.toml](functions.toml), with a proved error, verified again for this page, which",
        "[page.py](page.py) writes. Levels are of the modulus, key switches are relinearisations; the share is of",
        f"{POINTS} evenly spaced points within the tolerance, against Python's own functions. The published answers",
        "are those of the winners of FHERMA's public challenges.",
        "",
        "| specification | levels | key switches | degree | error at most | within | published |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [row(name, f) for name, f in functions.items()]
    lines += [
        "",
        "One polynomial in 7 levels has degree 127 at most: no ReLU of degree 127 is within 0.0011, so all of [-1, 1]",
        "takes 8. A level that an input's scale takes for its range (logistic, GELU) is not counted, as in the guide.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: page.py PATH/TO/equiripple")
    sys.stdout.write(page(made(sys.argv[1])))
