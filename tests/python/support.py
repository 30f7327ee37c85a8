"""The tool, and requests of every kind."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOL = os.environ.get("EQUIRIPPLE_BINARY", str(ROOT / "build" / "tools" / "equiripple"))

POINTS = "-1 1\n-1/2 0.3\n0 0\n0.5 0.25\n3/4 0.5\n1 1.125\n"
SAMPLES = "-3 -1 0.5 0.25 2 3.5\n"
MODEL = {
    "tensor_product": 1,
    "key_switch": 10,
    "rescaling": 2,
    "scalar_product": 1,
    "addition": 0.1,
}

# Command and options as Python has them, and the words of the command line for the same.
REQUESTS = [
    (
        "minimax",
        {"function": "exp(x)", "domain": (-1, 1), "degree": 5, "minimise": "levels"},
        "--function exp(x) --domain [-1,1] --degree 5 --minimise levels",
    ),
    (
        "minimax",
        {"function": "exp(x)", "domain": [(-1, -0.25), ("1/3", 1)], "degree": 6, "relative": True},
        "--function exp(x) --domain [-1,-0.25] --domain [1/3,1] --degree 6 --relative",
    ),
    (
        "minimax",
        {"function": "exp(x)", "domain": "[0,1]", "degree": 8, "coefficient_bits": 80},
        "--function exp(x) --domain [0,1] --degree 8 --coefficient-bits 80",
    ),
    (
        "minimax",
        {"function": "sigmoid(x)", "domain": ["[-8,8]"], "max_levels": 4, "parity": "none"},
        "--function sigmoid(x) --domain [-8,8] --max-levels 4 --parity none",
    ),
    (
        "approximate",
        {"method": "taylor", "of": "softplus(x)", "centre": 0.125, "function": "relu(x)",
         "domain": (-2, 2), "degree": 4},
        "--method taylor --of softplus(x) --centre 0.125 --function relu(x) --domain [-2,2] "
        "--degree 4",
    ),
    (
        "approximate",
        {"method": "least-squares", "function": "relu(x)", "domain": (-4, 4), "degree": 2,
         "data": "samples.txt"},
        "--method least-squares --function relu(x) --domain [-4,4] --degree 2 --data samples.txt",
    ),
    (
        "approximate",
        {"method": "given", "function": "exp(x)", "domain": (-1, 1), "coefficients": [1, 1, 0.5],
         "basis": "powers", "on": (-1, 1), "relative": True},
        "--method given --function exp(x) --domain [-1,1] --coefficients 1,1,0.5 --basis powers "
        "--on [-1,1] --relative",
    ),
    (
        "approximate",
        {"method": "given", "function": "exp(x)", "domain": "[-1,1]", "basis": "chebyshev",
         "coefficients": "{2.5, 1.125f, 0.25}", "halved": True, "find_domain": "0.1"},
        "--method given --function exp(x) --domain [-1,1] --coefficients 2.5,1.125,0.25 "
        "--basis chebyshev --halved --find-domain 0.1",
    ),
    (
        "mod1",
        {"range": 2, "width": "2^-6", "double_angle": 1, "degree": 8},
        "--range 2 --width 2^-6 --double-angle 1 --degree 8",
    ),
    ("sign", {"gap": "1/8", "degrees": [3, 7], "margin": "2^-12"},
     "--gap 1/8 --degrees 3,7 --margin 2^-12"),
    ("sign", {"gap": 0.25, "error": "2^-5", "max_key_switches": 20, "max_degree": 9},
     "--gap 0.25 --error 2^-5 --max-key-switches 20 --max-degree 9"),
    ("step", {"gap": "1/4", "degrees": "5,3", "ckks": "logN=15,scale=2^30"},
     "--gap 1/4 --degrees 5,3 --ckks logN=15,scale=2^30"),
    ("compare", {"gap": "1/4", "degrees": (3, 3), "range": 3}, "--gap 1/4 --degrees 3,3 --range 3"),
    ("relu", {"bits": 5, "range": 50.0, "degrees": [7, 7], "max_levels": 8},
     "--bits 5 --range 50 --degrees 7,7 --max-levels 8"),
    ("relu", {"stages": ["g4", "f4"], "range": 8}, "--stages g4,f4 --range 8"),
    ("relu", {"degrees": [6], "range": 3}, "--degrees 6 --range 3"),
    ("relu", {"bits": 5.5}, "--bits 5.5"),
    ("abs", {"degrees": [7], "no_absorption": True}, "--degrees 7 --no-absorption"),
    ("max", {"degrees": [3, 5], "minimise": "latency", "model": "model.json", "level_price": 2},
     "--degrees 3,5 --minimise latency --model model.json --level-price 2"),
    ("min", {"degrees": [3, 3], "gap": "1/8"}, "--degrees 3,3 --gap 1/8"),
    ("inverse", {"domain": ("1/8", 1), "degree": 3, "corrections": 2},
     "--domain [1/8,1] --degree 3 --corrections 2"),
    ("divide", {"numerator": (-1, 2), "domain": ("1/8", 1), "degree": 3, "corrections": 1},
     "--numerator [-1,2] --domain [1/8,1] --degree 3 --corrections 1"),
    ("softmax", {"length": 4, "range": 2, "error": "2^-6"},
     "--length 4 --range 2 --error 2^-6"),
    ("layernorm", {"length": 8, "variance": ("1/4", 4), "error": "2^-6"},
     "--length 8 --variance [1/4,4] --error 2^-6"),
    ("rmsnorm", {"length": 8, "variance": ("1/4", 4), "error": "2^-6"},
     "--length 8 --variance [1/4,4] --error 2^-6"),
    ("argmax", {"slots": 4, "gap": "1/4", "range": 1, "error": "2^-4"},
     "--slots 4 --gap 1/4 --range 1 --error 2^-4"),
    ("largest", {"slots": 4, "range": 1, "error": "2^-4"}, "--slots 4 --range 1 --error 2^-4"),
    ("compare-and-swap", {"bits": 6, "range": 2}, "--bits 6 --range 2"),
    ("rsqrt", {"domain": [("1/8", 1)], "error": "2^-10", "max_degree": 5},
     "--domain [1/8,1] --error 2^-10 --max-degree 5"),
    ("sqrt", {"domain": "[1/8,1]", "degree": 3, "corrections": 1},
     "--domain [1/8,1] --degree 3 --corrections 1"),
    ("exp", {"domain": (-8, 0), "error": "2^-6", "relative": True, "squarings": 2},
     "--domain [-8,0] --error 2^-6 --relative --squarings 2"),
    ("step", {"threshold": "0.3", "gap": "0.1", "domain": (-1, 1), "error": "0.1"},
     "--gap 0.1 --error 0.1 --threshold 0.3 --domain [-1,1]"),
    ("indicator", {"width": "0.25", "gap": "0.5", "range": 3, "error": "0.1"},
     "--width 0.25 --gap 0.5 --range 3 --error 0.1"),
    ("quantise", {"to": "0,1", "gap": "0.2", "domain": (-1, 2), "error": "0.1"},
     "--to 0,1 --gap 0.2 --domain [-1,2] --error 0.1"),
    ("activation", {"function": "tanh", "range": 64, "error": "0.1"},
     "--function tanh --range 64 --error 0.1"),
    ("piecewise", {"piece": ["[-1,0]:0", "[0,1]:x"], "error": "0.1"},
     "--piece [-1,0]:0 --piece [0,1]:x --error 0.1"),
    ("fit", {"data": "points.txt", "degree": 3}, "--data points.txt --degree 3"),
    ("fit", {"data": "points.txt", "degree": 2, "objective": "least-squares", "parity": "even"},
     "--data points.txt --degree 2 --objective least-squares --parity even"),
]


def default_name(command):
    return "approximation" if command in ("abs", "sqrt", "exp", "compare-and-swap") else command


def run_tool(folder, *words):
    """Its standard output. Raises where it fails."""
    ran = subprocess.run(
        [TOOL, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    if ran.returncode != 0:
        raise AssertionError(f"{words}: {ran.stderr}")
    return ran.stdout


class InFolder:
    """A new empty folder with the files of the requests, which is the working directory."""

    def __enter__(self):
        self.before = os.getcwd()
        self.folder = tempfile.TemporaryDirectory(prefix="equiripple-test-")
        path = Path(self.folder.name)
        (path / "points.txt").write_text(POINTS)
        (path / "samples.txt").write_text(SAMPLES)
        (path / "model.json").write_text(json.dumps(MODEL))
        os.chdir(path)
        return path

    def __exit__(self, *_):
        os.chdir(self.before)
        self.folder.cleanup()
