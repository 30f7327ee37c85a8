"""Random requests of functions made of steps against mpmath: no value is off by more than the claim.

Each request is made and verified by the command line; then the file alone is read, the program of its plan and the
steps of its stages are evaluated in 300 bits, and compared with the function as the words of the request say it.
EQUIRIPPLE_SEED and EQUIRIPPLE_EFFORT change which requests, and how many.
"""

import json
import os
import random
import subprocess
import tempfile
import unittest

import mpmath
from mpmath import mpf

BINARY = os.environ["EQUIRIPPLE_BINARY"]
SEED = int(os.environ.get("EQUIRIPPLE_SEED", "1"))
EFFORT = int(os.environ.get("EQUIRIPPLE_EFFORT", "1"))
BITS = 300
NOISE = 2.0**-200  # far above that of 300 bits, far below every error that is asked for
ANSWERS = (0, 3)  # made; cannot be met


def number(text):
    """A hexadecimal number of a file, exactly."""
    sign = -1 if text.startswith("-") else 1
    digits, exponent = text.lstrip("-")[2:].split("p")
    whole, _, fraction = digits.partition(".")
    return sign * mpmath.ldexp(mpf(int(whole + fraction, 16)), int(exponent) - 4 * len(fraction))


def value_of_program(plan, *inputs):
    values = {}
    given = iter(inputs)
    for step in plan["program"]:
        args = [values[name] for name in step.get("args", [])]
        op = step["op"]
        if op == "input":
            value = next(given)
        elif op == "normalise":
            value = (args[0] - number(step["centre"])) / number(step["half_width"])
        elif op in ("stage", "relinearize", "rescale", "drop"):
            value = args[0]
        elif op == "multiply":
            value = args[0] * args[1]
        elif op == "square":
            value = args[0] ** 2
        elif op == "multiply_scalar":
            value = args[0] * number(step["scalar"])
        elif op == "add_scalar":
            value = args[0] + number(step["scalar"])
        elif op == "multiply_integer":
            value = args[0] * step["integer"]
        elif op == "add":
            value = args[0] + args[1]
        elif op == "sub":
            value = args[0] - args[1]
        else:
            raise ValueError(op)
        values[step["name"]] = value
    return value / number(plan["output_scale_factor"])


def value_of_stage(stage, x):
    lower, upper = (number(end) for end in stage["basis"])
    y = (2 * x - lower - upper) / (upper - lower)
    before, now, total = mpf(1), y, mpf(0)
    for i, text in enumerate(stage["coefficients"]):
        total += number(text) * (mpf(1) if i == 0 else now)
        if i > 0:
            before, now = now, 2 * y * now - before
    return total


def value_of_steps(artifact, x):
    values = [x]
    for step in artifact["steps"]:
        left = values[step["of"][0]]
        if step["op"] == "polynomial":
            values.append(value_of_stage(artifact["stages"][step["stage"] - 1], left))
        elif step["op"] == "square":
            values.append(left**2)
        elif step["op"] == "product":
            values.append(left * values[step["of"][1]])
        elif step["op"] == "sum":
            values.append(left + values[step["of"][1]])
        elif step["op"] == "affine":
            values.append(number(step["scale"]) * left + number(step["offset"]))
        else:
            raise ValueError(step["op"])
    return values[-1]


class Request:
    """Words, the intervals of the domain, and the values that are right at x."""

    def __init__(self, words, intervals, right, relative=False, numerator=None):
        self.words = words
        self.intervals = [(mpf(a), mpf(b)) for a, b in intervals]
        self.right = right
        self.relative = relative
        self.numerator = numerator
        self.has_two_inputs = words[0] == "compare"


def dyadic(low, high, bits=8):
    """A number that decimals and binary64 hold exactly."""
    unit = 2**bits
    return random.randint(round(low * unit), round(high * unit)) / unit


def error(lowest, highest):
    return f"2^-{random.randint(lowest, highest)}"


def interval(a, b):
    return f"[{a!r},{b!r}]"


def exponential():
    lower = -dyadic(1, 2 ** random.randint(2, 10), 3)
    upper = dyadic(max(lower / 2, -2), 2, 3)
    relative = random.random() < 0.4 and lower > -100
    words = ["exp", "--domain", interval(lower, upper), "--error", error(3, 20)]
    return Request(words + ["--relative"] * relative, [(lower, upper)], lambda x: [mpmath.exp(x)], relative)


def threshold():
    command = random.choice(["sign", "step", "compare"])
    low, high = -dyadic(0.5, 8), dyadic(0.5, 8)
    gap = dyadic(0.02, 0.4)
    at = dyadic(low + gap + 0.05, high - gap - 0.05)
    below, above = at - gap, at + gap
    place = ["--threshold", repr(at), "--gap", repr(gap)]
    if random.random() < 0.3:
        place = ["--threshold", f"{below!r},{above!r}"]
    words = [command, *place, "--domain", interval(low, high), "--error", error(3, 18)]
    left = -1 if command == "sign" else 0
    return Request(words, [(low, below), (above, high)], lambda x: [mpf(left if x <= below else 1)])


def indicator():
    width, gap = dyadic(0.02, 1), dyadic(0.1, 1)
    reach = dyadic(width + gap + 0.1, 12)
    words = ["indicator", "--width", repr(width), "--gap", repr(gap), "--range", repr(reach), "--error", error(3, 10)]
    return Request(
        words,
        [(-reach, -width - gap), (-width, width), (width + gap, reach)],
        lambda x: [mpf(1 if abs(x) <= width else 0)],
    )


def quantiser():
    count = random.randint(2, 4)
    values = [random.randint(-2, 2)]
    while len(values) < count:
        values.append(values[-1] + random.choice([1, 1, 2]))
    gap = dyadic(0.1, 0.4)
    low, high = values[0] - dyadic(0.25, 0.5), values[-1] + dyadic(0.25, 0.5)
    middles = [mpf(a + b) / 2 for a, b in zip(values, values[1:])]
    ends = [low] + [end for m in middles for end in (m - gap, m + gap)] + [high]
    words = ["quantise", "--to", ",".join(map(str, values)), "--gap", repr(gap), "--domain", interval(low, high)]
    return Request(
        words + ["--error", error(3, 8)],
        list(zip(ends[::2], ends[1::2])),
        lambda x: [mpf(min(values, key=lambda v: abs(x - v)))],
    )


def pieces():
    """Lines and parabolas that meet."""
    at = [-dyadic(2, 6), dyadic(-1.5, 1.5), dyadic(2, 6)]
    slopes = [dyadic(-1, 1, 4), dyadic(-1, 1, 4)]
    bend = dyadic(-0.25, 0.25, 5)

    def first(x):
        return slopes[0] * (x - at[1])

    def second(x):
        return slopes[1] * (x - at[1]) + bend * (x - at[1]) ** 2

    words = ["piecewise"]
    words += ["--piece", f"{interval(at[0], at[1])}: {slopes[0]!r}*(x - ({at[1]!r}))"]
    words += [
        "--piece",
        f"{interval(at[1], at[2])}: {slopes[1]!r}*(x - ({at[1]!r})) + ({bend!r})*(x - ({at[1]!r}))^2",
    ]
    return Request(
        words + ["--error", error(2, 6)],
        [(at[0], at[1]), (at[1], at[2])],
        lambda x: [first(x)] * (x <= at[1]) + [second(x)] * (x >= at[1]),
    )


def parted_pieces():
    """Three parabolas; nothing is claimed between them, and they need not meet."""
    ends = [-dyadic(5, 8), -dyadic(3, 4), -dyadic(1, 2), dyadic(1, 2), dyadic(3, 4), dyadic(5, 8)]
    intervals = list(zip(ends[::2], ends[1::2]))
    numbers = [(dyadic(-1, 1, 4), dyadic(-0.25, 0.25, 5)) for _ in intervals]
    words = ["piecewise"]
    for (a, b), (constant, bend) in zip(intervals, numbers):
        words += ["--piece", f"{interval(a, b)}: ({constant!r}) + ({bend!r})*x^2"]

    def right(x):
        return [c + bend * x**2 for (a, b), (c, bend) in zip(intervals, numbers) if a <= x <= b]

    return Request(words + ["--error", error(2, 6)], intervals, right)


def joints():
    """Lines that meet at one or two joints, away from 0, of an error that takes a high degree."""
    count = random.randint(1, 2)
    at = sorted(random.sample(range(-8, 9), count))
    reach = (128, 1024) if count == 1 else (12, 64)  # so that one polynomial does not always cost less
    low, high = -dyadic(*reach, 2), dyadic(*reach, 2)
    slopes = [random.randint(-8, 8) / 8]
    while len(slopes) <= count:
        slopes.append(slopes[-1] + random.choice([-1, 1]) * random.randint(2, 8) / 8)
    values = [random.randint(-4, 4) / 4]  # at each joint
    for i in range(1, count):
        values.append(values[-1] + slopes[i] * (at[i] - at[i - 1]))

    def piece(i):
        joint = max(i - 1, 0)
        return lambda x: values[joint] + slopes[i] * (x - at[joint])

    ends = [low, *at, high]
    words = ["piecewise"]
    for i in range(count + 1):
        joint = max(i - 1, 0)
        words += [
            "--piece",
            f"{interval(ends[i], ends[i + 1])}: ({values[joint]!r}) + ({slopes[i]!r})*(x - ({at[joint]!r}))",
        ]
    return Request(
        words + ["--error", error(1, 4)],
        list(zip(ends, ends[1:])),
        lambda x: [piece(i)(x) for i in range(count + 1) if ends[i] <= x <= ends[i + 1]],
    )


def normal_cdf(x):
    return mpmath.erfc(-x / mpmath.sqrt(2)) / 2


ACTIVATIONS = {
    "gelu(x)": lambda x: x * normal_cdf(x),
    "silu(x)": lambda x: x / (1 + mpmath.exp(-x)),
    "sigmoid(x)": lambda x: 1 / (1 + mpmath.exp(-x)),
    "tanh(x)": mpmath.tanh,
    "softplus(x)": lambda x: mpmath.log(1 + mpmath.exp(x)),
    "relu(x)": lambda x: max(x, mpf(0)),
}


def activation():
    name = random.choice(sorted(ACTIVATIONS))
    reach = dyadic(2, 2 ** random.randint(2, 6), 2)
    words = ["activation", "--function", name, "--range", repr(reach), "--error", error(3, 9)]
    return Request(words, [(-reach, reach)], lambda x: [ACTIVATIONS[name](x)])


def correction():
    command = random.choice(["inverse", "rsqrt", "sqrt"])
    low = 2.0 ** -random.randint(1, 10)
    high = dyadic(1, 8)
    words = [command, "--domain", interval(low, high)]
    intervals = [(low, high)]
    if command == "inverse" and random.random() < 0.5:
        words = [command, "--domain", interval(-high, -low), "--domain", interval(low, high)]
        intervals = [(-high, -low), (low, high)]
    right = {"inverse": lambda x: 1 / x, "rsqrt": lambda x: 1 / mpmath.sqrt(x), "sqrt": mpmath.sqrt}[command]
    return Request(words + ["--error", error(3, 24)], intervals, lambda x: [right(x)], True)


def quotient():
    low, high = 2.0 ** -random.randint(1, 8), dyadic(1, 8)
    top = dyadic(0.5, 4)
    words = ["divide", "--numerator", interval(-top, top), "--domain", interval(low, high), "--error", error(3, 20)]
    return Request(words, [(low, high)], lambda x: [1 / x], True, (-top, top))


def modular():
    reach = random.randint(1, 12)
    exponent = random.randint(3, 10)
    width = mpf(2) ** -exponent
    words = ["mod1", "--range", str(reach), "--width", f"2^-{exponent}", "--error", error(8, 34)]
    intervals = [(i - width, i + width) for i in range(1 - reach, reach)]
    if random.random() < 0.3:
        words += ["--doublings", "inside", "--double-angle", str(random.randint(0, 4))]
        return Request(words, intervals, lambda x: [mpmath.sin(2 * mpmath.pi * x)])
    words += ["--arcsine", random.choice(["auto", "auto", "3", "7"])]
    words += ["--double-angle", random.choice(["auto", "1", "3"])]
    return Request(words, intervals, lambda x: [x - mpmath.nint(x)])


KINDS = [
    exponential,
    threshold,
    indicator,
    quantiser,
    pieces,
    parted_pieces,
    joints,
    activation,
    correction,
    quotient,
    modular,
]


class Sweep(unittest.TestCase):
    def setUp(self):
        mpmath.mp.prec = BITS
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = os.path.join(self.folder.name, "f.json")

    def run_tool(self, words):
        return subprocess.run([BINARY, *words], capture_output=True, text=True, timeout=580)

    def points(self, request):
        """Ends, points near them, and points anywhere."""
        for low, high in request.intervals:
            width = high - low
            yield from (low, high)
            for _ in range(12):
                yield low + width * mpf(random.random())
                near = width * mpf(2) ** -random.uniform(1, 30)
                yield random.choice([low + near, high - near])

    def check_values(self, request, artifact):
        claimed = number(artifact["error"]["upper"])
        is_direct = artifact["kind"] in ("inverse", "rsqrt", "sqrt", "divide")
        for x in self.points(request):
            if request.numerator:
                top = mpf(random.uniform(*request.numerator)) or mpf(1)
                values = [value_of_program(artifact["plan"], top, x) / top]
            elif request.has_two_inputs:
                second = mpf(random.uniform(-4, 4))
                values = [value_of_program(artifact["plan"], x + second, second)]
            else:
                values = [value_of_program(artifact["plan"], x)]
            if not is_direct and artifact.get("steps"):
                values.append(value_of_steps(artifact, x))
            for value in values:
                off = min(abs(value - right) / (abs(right) if request.relative else 1) for right in request.right(x))
                self.assertLessEqual(off, claimed + NOISE, f"x = {mpmath.nstr(x, 30)}")

    def check(self, request):
        words = request.words
        if random.random() < 0.3:
            words = words + ["--minimise", random.choice(["levels", "key-switches"])]
        made = self.run_tool(words + ["-o", self.file])
        self.assertIn(made.returncode, ANSWERS, made.stderr)
        if made.returncode != 0:
            return "cannot be met"
        with open(self.file, encoding="utf-8") as file:
            artifact = json.load(file)
        self.assertEqual(artifact["error"]["evidence"], "proved")
        proved = self.run_tool(["verify", self.file])
        self.assertEqual(proved.returncode, 0, proved.stderr)
        self.check_values(request, artifact)
        return "right"

    def test_sweep(self):
        random.seed(SEED)
        answers = {}
        for i in range(EFFORT * len(KINDS)):
            kind = KINDS[i % len(KINDS)]
            request = kind()
            with self.subTest(seed=SEED, number=i, words=" ".join(request.words)):
                answer = self.check(request)
                answers[answer] = answers.get(answer, 0) + 1
        print(f"seed {SEED}: {answers}")
        self.assertGreater(answers.get("right", 0), 0)


if __name__ == "__main__":
    unittest.main()
