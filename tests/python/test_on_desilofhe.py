"""Plans on ciphertexts of the package desilofhe, decrypted and compared with the claims."""

import math
import unittest

import desilofhe
import equiripple as eq

from on_packages import FUNCTIONS, bits_of, cells_of, emitted, points, require_cell, require_claim

LEVELS = 9
NOISE = 2.0**-14  # chosen: the library's scale is 2^40 or so; the worst of 50 runs is 2^-17.8, and see LUCK


class Counting:
    """An engine that counts its calls."""

    def __init__(self, engine):
        self.engine = engine
        self.calls = {}

    def __getattr__(self, name):
        def call(*arguments):
            self.calls[name] = self.calls.get(name, 0) + 1
            return getattr(self.engine, name)(*arguments)

        return call


class Plans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.engine = desilofhe.Engine(max_level=LEVELS)
        cls.secret = cls.engine.create_secret_key()
        cls.public = cls.engine.create_public_key(cls.secret)
        cls.key = cls.engine.create_relinearization_key(cls.secret)

    def evaluated(self, f, *columns):
        """Values and levels; key switches are those of the plan."""
        ciphertexts = [self.engine.encrypt(xs, self.public) for xs in columns]
        counting = Counting(self.engine)
        y = f.on_desilofhe(counting, self.key, *ciphertexts)
        self.assertEqual(counting.calls.get("relinearize", 0), f.key_switches)
        values = self.engine.decrypt(y, self.secret)[: len(columns[0])]
        return values, ciphertexts[0].level - y.level

    def test_the_cells_of_the_readme(self):
        cells = cells_of("desilofhe")
        self.assertEqual(set(cells), set(FUNCTIONS))
        for name, (make, true) in FUNCTIONS.items():
            f = make()
            xs = points(f)
            values, levels = self.evaluated(f, xs)
            require_claim(self, f, true, xs, values, NOISE)
            has_range = any(s.operation == "normalise" and s.half_width != 1 for s in f.plan)
            extra = int(has_range) + int(f.plan.output_scale_factor != 1)
            self.assertEqual(levels, f.levels + extra, name)
            require_cell(self, cells[name], "plan", levels, bits_of(values, f(xs)))

    def test_two_inputs_corrections_and_steps(self):
        xs = [i / 64 - 1 for i in range(129)]
        larger = eq.max(degrees=[3, 7], range=2)
        values, _ = self.evaluated(larger, xs, xs[::-1])
        self.assertGreater(bits_of(values, larger(xs, xs[::-1])), 17)
        for f in (
            eq.inverse(domain=("1/8", 1), degree=3, corrections=2),
            eq.exp(domain=(-8, 0), error="2^-6", relative=True, squarings=2),
            eq.minimax(function="exp(x)", domain=(1, 3), degree=6),
        ):
            xs = points(f)
            values, _ = self.evaluated(f, xs)
            self.assertGreater(bits_of(values, f(xs)), 12, f.description)

    def test_the_emitted_script_needs_nothing_of_ours(self):
        for f in [make() for make, _ in FUNCTIONS.values()] + [eq.relu(degrees=[3])]:
            script = emitted(f)
            xs = points(f)
            x = self.engine.encrypt(xs, self.public)
            counting = Counting(self.engine)
            y = script["evaluate_desilofhe"](counting, self.key, x)
            self.assertEqual(counting.calls.get("relinearize", 0), f.key_switches)
            self.assertEqual(x.level - y.level, script["LEVELS"], f.description)
            values = self.engine.decrypt(y, self.secret)[: len(xs)]
            self.assertGreater(bits_of(values, f(xs)), 12, f.description)
            low = self.engine.level_down(x, script["LEVELS"] - 1)
            with self.assertRaisesRegex(ValueError, f"needs {script['LEVELS']} levels"):
                script["evaluate_desilofhe"](self.engine, self.key, low)

    def test_what_is_wrong_is_refused_before_any_work(self):
        f = eq.relu(degrees=[7, 7])
        x = self.engine.encrypt([0.5], self.public)
        counting = Counting(self.engine)
        low = self.engine.level_down(x, 5)
        with self.assertRaisesRegex(eq.CannotBeMet, "needs 6 levels, the ciphertext has 5 left"):
            f.on_desilofhe(counting, self.key, low)
        with self.assertRaisesRegex(eq.WrongRequest, "3 components, not 2"):
            f.on_desilofhe(counting, self.key, self.engine.multiply(x, x))
        with self.assertRaisesRegex(TypeError, "takes 1 input, not 2"):
            f.on_desilofhe(counting, self.key, x, x)
        self.assertEqual(counting.calls, {})

    # A trap: its evaluators refuse what ntt() makes. Where this fails a remark in on_desilofhe can go.
    def test_ciphertexts_in_ntt_form_are_for_the_plan_alone(self):
        f = eq.sign(gap="1/4", degrees=[7])
        xs = points(f)
        x = self.engine.encrypt(xs, self.public)
        for form in (x, self.engine.ntt(x), self.engine.intt(x)):
            y = f.on_desilofhe(self.engine, self.key, form)
            self.assertGreater(bits_of(self.engine.decrypt(y, self.secret)[: len(xs)], f(xs)), 15)
        coefficients = list(f.stages[0].coefficients)
        with self.assertRaisesRegex(RuntimeError, "should not be in NTT form"):
            self.engine.evaluate_chebyshev_polynomial(self.engine.ntt(x), coefficients, self.key)

    # Zeros inside and none as large as 1 are said to be refused: they are not. No level a degree, either.
    def test_its_own_evaluator_takes_zeros_and_few_levels(self):
        x = self.engine.encrypt([0.5, -0.25], self.public)
        for coefficients in ([0.0] * 8 + [0.5], [0.0, 0.5] * 8, [0.01] * 16):
            y = self.engine.evaluate_chebyshev_polynomial(x, coefficients, self.key)
            values = self.engine.decrypt(y, self.secret)[:2]
            for value, t in zip(values, (0.5, -0.25)):
                exact = sum(c * math.cos(k * math.acos(t)) for k, c in enumerate(coefficients))
                self.assertAlmostEqual(value, exact, delta=2**-17)
            self.assertLessEqual(x.level - y.level, 5)

    # The library's own evaluator, by the stages' coefficients as they are: c[0] whole, x in [-1, 1].
    def test_its_own_evaluator_takes_the_coefficients_of_stages(self):
        f = eq.minimax(function="sigmoid(x)", domain=(-1, 1), degree=7)  # all below 1
        xs = points(f)
        x = self.engine.encrypt(xs, self.public)
        y = self.engine.evaluate_chebyshev_polynomial(x, list(f.stages[0].coefficients), self.key)
        values = self.engine.decrypt(y, self.secret)[: len(xs)]
        self.assertGreater(bits_of(values, f(xs)), 17)
