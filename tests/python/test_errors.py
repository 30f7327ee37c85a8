"""What goes wrong is said before any work, as an exception with option and sentence."""

import pickle
import unittest
from decimal import Decimal
from fractions import Fraction

import equiripple as eq
from equiripple._words import interval_words, number_word

try:
    import numpy
except ImportError:
    numpy = None


class Errors(unittest.TestCase):
    def test_a_wrong_request(self):
        with self.assertRaises(eq.WrongRequest) as raised:
            eq.relu(degrees=[7, 8])
        error = raised.exception
        self.assertEqual(error.option, "degrees")
        self.assertEqual(str(error), "--degrees '7,8': degree 8 is even; a sign stage is odd")
        self.assertEqual((error.status, error.sentence), (2, str(error)))
        self.assertIsInstance(error, ValueError)
        self.assertIsInstance(error, eq.Error)
        with self.assertRaises(eq.WrongRequest) as raised:
            eq.relu(max_levels=0, bits=3)
        self.assertEqual(raised.exception.option, "max_levels")

    def test_a_request_that_cannot_be_met(self):
        with self.assertRaisesRegex(eq.CannotBeMet, "the best"):
            eq.relu(bits=13, max_levels=5)
        with self.assertRaises(eq.CannotBeMet):
            eq.search("relu", bits=13, max_levels=5)

    def test_words_that_are_none(self):
        for wrong in (
            lambda: eq.make("cobol"),
            lambda: eq.make("relu", degree=3),
            lambda: eq.make("search", objective="relu"),
            lambda: eq.relu(),
            lambda: eq.relu(bits=""),
            lambda: eq.relu(degrees=[]),
            lambda: eq.relu(bits=float("inf")),
            lambda: eq.relu(bits=float("nan")),
            lambda: eq.relu(bits=Decimal("NaN")),
            lambda: eq.relu(degrees=[3], no_absorption="yes"),
            lambda: eq.minimax("f(x)", (-1, 1), degree=3),
            lambda: eq.inverse(error="2^-10"),
            lambda: eq.rsqrt(domain=[(-1, "-1/8"), ("1/8", 1)], error="2^-10"),
            lambda: eq.fit("none.txt", 3),
            lambda: eq.fit([], 3),
            lambda: eq.relu(degrees=[3], model={"key_switch": 1}),
            lambda: eq.relu(degrees=[3]).emit("cobol"),
            lambda: eq.relu(degrees=[3]).simulate("scale=3"),
        ):
            with self.assertRaises(eq.WrongRequest):
                wrong()

    def test_values_of_no_type_that_an_option_has(self):
        for wrong in (
            lambda: eq.relu(bits=1j),
            lambda: eq.relu(bits=False),
            lambda: eq.relu(bits=object()),
            lambda: eq.minimax("exp(x)", 3, degree=3),
            lambda: eq.minimax("exp(x)", (1, 2, 3), degree=3),
            lambda: eq.minimax("exp(x)", [(1, 2, 3)], degree=3),
            lambda: eq.fit([1, 2, 3], 1),
            lambda: eq.fit([(1, 2, 3)], 1),
            lambda: eq.fit(3, 1),
            lambda: eq.relu(degree=3),
            lambda: eq.progress(3),
        ):
            with self.assertRaises(TypeError):
                wrong()

    def test_exceptions_go_through_pickle(self):
        finding = eq.Finding("error/upper", 0, False, "no")
        for error in (
            eq.WrongRequest("wrong", "bits"),
            eq.ClaimFails("fails", None, [finding]),
        ):
            again = pickle.loads(pickle.dumps(error))
            self.assertEqual(type(again), type(error))
            self.assertEqual((again.sentence, again.option), (error.sentence, error.option))
        self.assertEqual(again.findings, (finding,))


class Numbers(unittest.TestCase):
    def test_are_exact(self):
        for value, word in [
            (13, "13"),
            (-(10**30), "-1000000000000000000000000000000"),
            (Fraction(1, 3), "1/3"),
            (Decimal("0.1"), "0.1"),
            ("2^-20", "2^-20"),
            (50.0, "50"),
            (-0.0, "0"),
            (12.5, "12.5"),
            (0.1, "0x1.999999999999ap-4"),
            (1e22, "1e+22"),
            (2.0**-30, "0x1.0000000000000p-30"),
        ]:
            self.assertEqual(number_word("n", value), word)

    @unittest.skipIf(numpy is None, "numpy is not there")
    def test_of_numpy(self):
        self.assertEqual(number_word("n", numpy.int64(7)), "7")
        self.assertEqual(number_word("n", numpy.float32(0.1)), float(numpy.float32(0.1)).hex())
        self.assertEqual(number_word("n", numpy.float64(0.5)), "0.5")
        domain = numpy.array([[-8, -1], [1, 8]])
        self.assertEqual(interval_words("domain", domain), ["[-8,-1]", "[1,8]"])
        self.assertEqual(interval_words("domain", domain[0]), ["[-8,-1]"])
        points = numpy.array([[-1, 1], [0, 0], [1, 1.0]])
        self.assertLess(eq.fit(points, 2).error.upper, 1e-15)

    def test_reach_the_library_as_they_are(self):
        f = eq.minimax("exp(x)", (-0.1, Fraction(1, 3)), degree=3)
        self.assertIn("[-0x1.999999999999ap-4,1/3]", f.command)
        lower, upper = f.stages[0].domain[0]
        self.assertEqual(lower, -0.1)
        self.assertGreaterEqual(Fraction(upper), Fraction(1, 3))
        hundred = eq.relu(degrees=[3], range=100).error
        self.assertEqual(eq.relu(degrees=[3], range=Decimal("1E+2")).error, hundred)
        self.assertEqual(eq.relu(degrees=[3], range=1e22).error.unit, 1e22)
        self.assertEqual(eq.relu(bits=Fraction(11, 2)).error, eq.relu(bits="5.5").error)

    def test_intervals(self):
        for value, words in [
            ((-8, 8), ["[-8,8]"]),
            ([-8, 8], ["[-8,8]"]),
            (("1/4", 1), ["[1/4,1]"]),
            ("[-8,8]", ["[-8,8]"]),
            ([(-8, 8)], ["[-8,8]"]),
            ([(-8, -1), (1, 8)], ["[-8,-1]", "[1,8]"]),
            (("[-8,-1]", "[1,8]"), ["[-8,-1]", "[1,8]"]),
            (["[-8,-1]", (1, 8)], ["[-8,-1]", "[1,8]"]),
        ]:
            self.assertEqual(interval_words("domain", value), words)
