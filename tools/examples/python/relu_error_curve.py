#!/usr/bin/env python3
"""A ReLU for ciphertexts: what it claims, what it costs, and its error as a curve.

    python3 relu_error_curve.py [FOLDER]      writes relu.hpp, relu.svg, relu.html; with matplotlib
                                              relu.png as well

The cells (# %%) are those of a notebook in VS Code, Spyder or Jupytext.
"""

# %% A range that the application promises, and the accuracy that it needs.
import sys
from pathlib import Path

import equiripple as eq

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
RANGE = 16
BITS = 8

relu = eq.relu(bits=BITS, range=RANGE)
print(relu)

# %% What is proved: at most so far off, anywhere in the range.
bound = relu.error.upper * relu.error.unit
print(f"proved:   |relu(x) - max(x, 0)| <= {bound:.4g} for |x| <= {RANGE}")
assert relu.error.is_proved and bound <= RANGE * 2.0**-BITS

# %% What is measured: the values that the plan computes, at some thousand points.
points = [RANGE * k / 4000 for k in range(-4000, 4001)]
errors = [y - (x if x > 0 else 0.0) for x, y in zip(points, relu(points))]
largest = max(map(abs, errors))
print(f"measured: at most {largest:.4g}, at {points[list(map(abs, errors)).index(largest)]:g}")
assert largest <= bound * (1 + 1e-9)

# %% What it costs on ciphertexts, and what their noise leaves.
print(repr(relu.plan))
print("\n".join(str(relu.plan).splitlines()[:8]), "\n  ...")
print(f"on ciphertexts, logN=15,scale=2^40: {relu.simulate().bits:.1f} bits (simulated)")

# %% The files: a header for SEAL and OpenFHE, the error as curves, a page with all of it.
relu.write(folder / "relu.hpp")
relu.plot(folder / "relu.svg")
relu.report(folder / "relu.html")

# %% The same curve by matplotlib, where it is there.
try:
    import matplotlib
except ImportError:
    print("written: relu.hpp, relu.svg, relu.html (no relu.png: matplotlib is not there)")
else:
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 3))
    axes.plot(points, errors)
    for rule in (-bound, bound):
        axes.axhline(rule, linestyle="--", color="grey")
    axes.set(title=relu.description, xlabel="x", ylabel="error")
    figure.savefig(folder / "relu.png", bbox_inches="tight")
    print("written: relu.hpp, relu.svg, relu.html, relu.png")
