"""Emitted Python and MLIR as arithmetic on numbers: the plan that they have is the function."""

import re
import unittest

import equiripple as eq

try:
    import numpy
except ImportError:
    numpy = None

from on_packages import emitted

XS = [i / 16 for i in range(2, 17)]


class Numbers:
    """What the script asks of a library, and how many of its operations take something."""

    def __init__(self):
        self.relinearized = 0

    def multiply(self, x, y):
        return x * y

    def relinearize(self, x):
        self.relinearized += 1
        return x

    def add(self, x, y):
        return x + y

    def subtract(self, x, y):
        return x - y

    def negate(self, x):
        return -x

    def scale(self, x, c):
        return x * c

    def shift(self, x, c):
        return x + c


def value_of_mlir(text, inputs):
    """Of the function in a file for HEIR, by what its operations mean."""
    head, body = text.split("func.func @", 1)
    names = re.findall(r"%(\S+): !slots \{secret\.secret\}", body.split("\n", 1)[0])
    values = {"%" + name: x for name, x in zip(names, inputs)}
    for line in body.splitlines()[1:]:
        words = line.replace(",", " ").split()
        if words[0] == "return":
            return values[words[1]]
        name, operation = words[0], words[2]
        if operation == "arith.constant":
            values[name] = float(re.search(r"dense<(.*)>", line)[1])
        elif operation == "arith.negf":
            values[name] = -values[words[3]]
        else:
            x, y = values[words[3]], values[words[4]]
            values[name] = {"arith.mulf": x * y, "arith.addf": x + y, "arith.subf": x - y}[operation]
    raise AssertionError("there is no return")


def functions():
    return (
        eq.relu(degrees=[3]),
        eq.relu(degrees=[7, 7], range=4),
        eq.abs(degrees=[20]),
        eq.sign(gap="1/8", degrees=[7, 15]),
        eq.step(gap="1/8", degrees=[7]),
        eq.minimax(function="exp(x)", domain=("1/8", 1), degree=9),
        eq.minimax(function="cos(x)", domain=(-1, 1), degree=8),
        eq.inverse(domain=("1/8", 1), degree=3, corrections=2),
        eq.rsqrt(domain=("1/8", 1), degree=3, corrections=2),
        eq.exp(domain=(-8, 1), error="2^-6", relative=True, squarings=2),
        eq.activation(function="tanh", range=64, error="0.1"),
        eq.max(degrees=[3, 7], range=2),
        eq.divide(numerator=(-1, 1), domain=("1/8", 1), error="2^-8"),
    )


class Scripts(unittest.TestCase):
    def check(self, f, value):
        for i, x in enumerate(XS):
            given = (x,) if f.inputs == 1 else (x, XS[-1 - i])
            right = f(*given)
            self.assertAlmostEqual(value(*given), right, delta=2**-30 * max(1, abs(right)), msg=f.description)

    @unittest.skipIf(numpy is None, "there is no numpy, which emitted scripts import")
    def test_python(self):
        for f in functions():
            script = emitted(f)
            self.check(f, lambda *given: script["plan"](Numbers(), *given))
            counting = Numbers()
            script["plan"](counting, *[0.5] * f.inputs)
            self.assertEqual(counting.relinearized, f.key_switches, f.description)
            self.assertGreaterEqual(script["LEVELS"], f.levels)
            self.assertLessEqual(script["LEVELS"], f.levels + 2)

    def test_mlir(self):
        for f in functions():
            text = f.emit("mlir")
            self.check(f, lambda *given: value_of_mlir(text, given))

    def test_a_wrong_constant_is_seen(self):
        f = eq.minimax(function="exp(x)", domain=("1/8", 1), degree=9)
        text = re.sub(r"dense<-?\d", "dense<7", f.emit("mlir"), count=1)
        with self.assertRaises(AssertionError):
            self.check(f, lambda x: value_of_mlir(text, (x,)))


if __name__ == "__main__":
    unittest.main()
