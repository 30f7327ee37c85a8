"""Values, against a second evaluation of the stages, and against the functions themselves."""

import array
import math
import pickle
import unittest
from decimal import Decimal
from fractions import Fraction

import equiripple as eq

try:
    import numpy
except ImportError:
    numpy = None

FRACTIONS = (-1, -0.71, -0.3, 0, 0.125, 0.5, 0.99, 1)


def clenshaw(stage, x):
    lower, upper = stage.basis
    t = (2 * x - lower - upper) / (upper - lower)
    after = afterwards = 0.0
    for c in reversed(stage.coefficients[1:]):
        after, afterwards = c + 2 * t * after - afterwards, after
    return stage.coefficients[0] + t * after - afterwards


def of_stages(function, x, b=0.0):
    """At x, or at b + x and b where there are two inputs."""
    value = x
    for stage in function.stages:
        value = clenshaw(stage, value)
    if len(function.stages) == 1 and function.stages[0].degree % 2 == 0:  # of the function itself
        return {"max": b + value, "min": b + x - value}.get(function.kind, value)
    return {
        "step": (1 + value) / 2,
        "compare": (1 + value) / 2,
        "relu": x * (1 + value) / 2,
        "abs": x * value,
        "max": b + x * (1 + value) / 2,
        "min": b + x - x * (1 + value) / 2,
    }.get(function.kind, value)


def functions():
    return [
        eq.minimax("sigmoid(x)", (-8, 8), degree=15),
        eq.minimax("exp(x)", (1, "5/2"), degree=6),
        eq.minimax("exp(x)", (-1, 1), degree=0),
        eq.mod1(2, "2^-6", double_angle=1, degree=8),
        eq.sign("2^-5", degrees=[7, 15]),
        eq.step("1/4", degrees=[5]),
        eq.relu(degrees=[7, 7], range=50),
        eq.relu(degrees=[6], range=3),
        eq.abs(degrees=[5]),
        eq.compare("1/4", degrees=[9]),
        eq.max(degrees=[3, 5], range=2),
        eq.min(degrees=[3]),
    ]


class Values(unittest.TestCase):
    def test_are_those_of_the_stages(self):
        for f in functions():
            lower, upper = f.stages[0].domain[0][0], f.stages[0].domain[-1][1]
            for u in FRACTIONS:
                x = (lower + upper) / 2 + (upper - lower) / 2 * u
                value = f(x) if f.inputs == 1 else f(x + 0.25, 0.25)
                size = 1e-13 * builtin_max(1, abs(upper))
                self.assertAlmostEqual(value, of_stages(f, x, 0.25), delta=size, msg=f.command)

    def test_are_within_the_claim(self):
        relu = eq.relu(degrees=[7, 7], range=50)
        self.assertEqual(relu.error.unit, 50)
        largest = builtin_max(
            abs(value - builtin_max(x, 0)) for x, value in zip(range(-50, 51), relu(range(-50, 51)))
        )
        self.assertLessEqual(largest, relu.error.upper * 50 * (1 + 2**-30))
        for f, exact in [
            (eq.inverse(domain=("1/8", 1), error="2^-10"), lambda x: 1 / x),
            (eq.rsqrt(domain=("1/8", 1), error="2^-10"), lambda x: 1 / math.sqrt(x)),
            (eq.sqrt(domain=("1/8", 1), error="2^-10"), math.sqrt),
        ]:
            for x in (0.125, 0.3, 0.77, 1):
                self.assertLessEqual(abs(f(x) / exact(x) - 1), f.error.upper + 1e-12)

    def test_of_numbers_and_sequences(self):
        f = eq.relu(degrees=[7, 7])
        self.assertIs(type(f(0.5)), float)
        for number in (Fraction(1, 2), Decimal("0.5")):
            self.assertEqual(f(number), f(0.5))
        self.assertEqual(f(1), f(1.0))
        for sequence in ([0.5, 1, -0.25], (0.5, 1, -0.25), array.array("d", [0.5, 1, -0.25])):
            self.assertEqual(f(sequence), [f(x) for x in (0.5, 1, -0.25)])
        self.assertEqual(f([]), [])
        largest = eq.max(degrees=[3, 5])
        self.assertEqual(largest([0.5, 0.25], 0.125), [largest(0.5, 0.125), largest(0.25, 0.125)])
        self.assertEqual(largest([0.5], [0.25]), [largest(0.5, 0.25)])

    def test_what_is_no_number_is_refused(self):
        f = eq.relu(degrees=[7])
        for wrong in ("0.5", None, ["0.5"], [[0.5]], 1j, [1j], b"1"):
            with self.assertRaises(TypeError, msg=repr(wrong)):
                f(wrong)
        with self.assertRaisesRegex(TypeError, "takes 1 input, not 2"):
            f(1, 2)
        largest = eq.max(degrees=[3])
        with self.assertRaisesRegex(TypeError, "takes 2 inputs, not 1"):
            largest(1)
        with self.assertRaises(ValueError):
            largest([1, 2], [1, 2, 3])

    @unittest.skipIf(numpy is None, "numpy is not there")
    def test_of_arrays(self):
        f = eq.relu(degrees=[7, 7])
        x = numpy.linspace(-1, 1, 24).reshape(2, 3, 4)
        expected = numpy.array([f(float(one)) for one in x.flat]).reshape(x.shape)
        for one in (x, numpy.asfortranarray(x), x[:, ::-1][:, ::-1]):
            numpy.testing.assert_array_equal(f(one), expected)
        numpy.testing.assert_array_equal(f(x.T), expected.T)
        self.assertEqual(f(x.astype(numpy.float32)).dtype, numpy.float64)
        self.assertEqual(f(numpy.arange(2)).tolist(), [f(0), f(1)])
        self.assertEqual(f(numpy.array(0.5)), f(0.5))
        self.assertEqual(f(numpy.float32(0.5)), f(0.5))
        self.assertEqual(f(numpy.empty((0, 3))).shape, (0, 3))
        largest = eq.max(degrees=[3, 5])
        grid = largest(x[0], x[1, 0])
        self.assertEqual(grid.shape, (3, 4))
        self.assertEqual(grid[2, 1], largest(float(x[0, 2, 1]), float(x[1, 0, 1])))
        self.assertEqual(largest(x[0], 0.25)[1, 1], largest(float(x[0, 1, 1]), 0.25))
        for wrong in (x.astype(complex), numpy.array(["1"])):
            with self.assertRaises(TypeError):
                f(wrong)
        stage = f.stages[0]
        series = numpy.polynomial.Chebyshev(stage.coefficients, domain=stage.basis)
        self.assertAlmostEqual(float(series(0.3)), clenshaw(stage, 0.3), delta=1e-14)

    def test_beyond_what_is_planned(self):
        f = eq.minimax("cos(4*x)", (-20, 20), degree=120, coefficient_bits=60)
        self.assertIsNone(f.plan)
        self.assertIsNone(f.levels)
        self.assertAlmostEqual(f(0.7), math.cos(2.8), delta=f.error.upper + 1e-9)


class Facts(unittest.TestCase):
    def test_are_those_of_the_artifact(self):
        f = eq.relu(degrees=[3, 7], range=5)
        self.assertEqual((f.name, f.kind, f.inputs), ("relu", "relu", 1))
        self.assertEqual(f.command, "equiripple relu --range 5 --degrees 3,7")
        self.assertIn("|x| <= 5", f.description)
        self.assertIn("relu", repr(f))
        self.assertTrue(f.error.is_proved)
        self.assertEqual(f.error.metric, "relu")
        self.assertLessEqual(f.error.lower, f.error.attained)
        self.assertLessEqual(f.error.attained, f.error.upper)
        self.assertAlmostEqual(2**-f.error.bits, f.error.upper)
        self.assertEqual([stage.degree for stage in f.stages], [3, 7])
        self.assertEqual(f.stages[0].basis, (-5, 5))
        self.assertEqual(f.stages[0].parity, "odd")
        self.assertEqual(f.stages[0].coefficients[::2], (0, 0))
        self.assertEqual(len(f.stages[1].domain), 2)

    def test_plan(self):
        f = eq.relu(degrees=[3, 7], range=5)
        plan = f.plan
        self.assertEqual((plan.levels, plan.key_switches), (f.levels, f.key_switches))
        operations = [step.operation for step in plan]
        self.assertEqual(operations.count("relinearize"), plan.key_switches)
        self.assertEqual(operations.count("rescale"), plan.rescalings)
        self.assertEqual(plan.steps[-1].depth, plan.levels)
        self.assertEqual(len(plan), len(plan.steps))
        listing = str(plan).splitlines()
        self.assertEqual(len(listing), len(plan) + 1)
        self.assertIn("x / 5", str(plan))
        self.assertIn(f"key switch {plan.key_switches} of {plan.key_switches}", str(plan))
        # A second reader of the steps: what they compute is what the function is.
        values = {}
        for step in plan:
            a, b = ([values[name] for name in step.args] + [None, None])[:2]
            values[step.name] = {
                "input": lambda: 1.25,
                "normalise": lambda: (a - step.centre) / step.half_width,
                "multiply": lambda: a * b,
                "square": lambda: a * a,
                "multiply_scalar": lambda: a * step.scalar,
                "add_scalar": lambda: a + step.scalar,
                "multiply_integer": lambda: a * step.integer,
                "add": lambda: a + b,
                "sub": lambda: a - b,
            }.get(step.operation, lambda: a)()
        self.assertIn("a - b", [step.formula for step in eq.max(degrees=[3]).plan])
        result = values[plan.steps[-1].name] / plan.output_scale_factor
        self.assertAlmostEqual(result, f(1.25), delta=1e-13)

    def test_of_the_whole_object(self):
        f = eq.sign("1/4", degrees=[3])
        again = pickle.loads(pickle.dumps(f))
        self.assertEqual(again, f)
        self.assertEqual(hash(again), hash(f))
        self.assertNotEqual(f, eq.sign("1/4", degrees=[5]))
        page = f._repr_html_()
        self.assertIn("data:image/svg+xml;base64,", page)
        self.assertIn("&lt;=", page)
        self.assertIn("<html", f.report())
        self.assertIn("<svg", f.plot())
        self.assertEqual(f.simulate().parameters, "logN=15,scale=2^40")
        self.assertGreater(f.simulate("logN=15,scale=2^45").bits, 0)


# The package's own max is called here through its name alone.
builtin_max = max
