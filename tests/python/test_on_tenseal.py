"""Powers on ciphertexts of the package tenseal, decrypted and compared with the claims."""

import functools
import unittest
from fractions import Fraction

import equiripple as eq
import tenseal
from equiripple._tenseal import chosen_powers, levels_of, loss_of, powers_of

from on_packages import FUNCTIONS, bits_of, cells_of, points, require_cell, require_claim

RING = 32768
LEVELS = 12  # of 40 bits


@functools.lru_cache(maxsize=None)
def context():
    sizes = [60] + [40] * LEVELS + [60]
    made = tenseal.context(tenseal.SCHEME_TYPE.CKKS, RING, coeff_mod_bit_sizes=sizes)
    made.global_scale = 2.0**40
    made.generate_relin_keys()
    return made


def encrypted(xs):
    return tenseal.ckks_vector(context(), xs)


def levels_between(x, y):
    return x.ciphertext()[0].coeff_modulus_size() - y.ciphertext()[0].coeff_modulus_size()


class Powers(unittest.TestCase):
    def test_the_cells_of_the_readme(self):
        cells = cells_of("TenSEAL")
        self.assertEqual(set(cells), set(FUNCTIONS))
        for name, (make, true) in FUNCTIONS.items():
            f = make()
            xs = points(f)
            x = encrypted(xs)
            try:
                y = f.on_tenseal(x)
            except eq.CannotBeMet as refused:
                self.assertIn("in powers of x", str(refused))
                self.assertEqual(cells[name], "cannot", name)
                continue
            values = y.decrypt()
            require_claim(self, f, true, xs, values, f.error.upper)  # no more is lost than is claimed
            levels, bits = levels_between(x, y), bits_of(values, f(xs))
            rows = [chosen_powers(stage, 2.0**40, RING) for stage in f.stages]
            self.assertEqual(levels, levels_of(f.kind, rows), name)
            require_cell(self, cells[name], "powers", levels, bits)

    def test_a_sign_of_two_stages_and_a_relu(self):
        for f in (eq.sign(gap="1/4", degrees=[3, 3]), eq.relu(degrees=[5])):
            xs = points(f)
            values = f.on_tenseal(encrypted(xs)).decrypt()
            self.assertLess(2.0 ** -bits_of(values, f(xs)), f.error.upper, f.description)

    def test_powers_are_exactly_the_stage(self):
        stage = eq.minimax(function="exp(x)", domain=(1, 3), degree=6).stages[0]
        powers = powers_of(stage)
        for x in (Fraction(1), Fraction(5, 4), Fraction(3)):
            t = x - 2
            before, now = Fraction(1), t
            value = Fraction(stage.coefficients[0])
            for c in stage.coefficients[1:]:
                value += Fraction(c) * now
                before, now = now, 2 * t * now - before
            self.assertEqual(value, sum(c * x**k for k, c in enumerate(powers)))

    # The estimate is no less than an eighth of what is lost, where that is most: one power, out to 8.
    def test_the_estimate_of_what_is_lost(self):
        for reach, degree in ((1, 7), (2, 6), (4, 11), (8, 7)):
            powers = [0.0] * degree + [float(reach) ** -degree]
            xs = [reach * (i / 50 - 1) for i in range(101)]
            values = encrypted(xs).polyval(powers).decrypt()
            lost = max(abs(v - (x / reach) ** degree) for v, x in zip(values, xs))
            estimate = loss_of([Fraction(c) for c in powers], Fraction(reach), 2.0**40, RING)
            self.assertLess(lost, 8 * estimate, (reach, degree))
            self.assertGreater(lost, estimate / 64, (reach, degree))

    def test_what_powers_cannot_hold_is_refused(self):
        x = encrypted([0.5])
        f = eq.minimax(function="tanh(x)", domain=(-8, 8), degree=31)
        with self.assertRaisesRegex(eq.CannotBeMet, "degree 31 in powers of x, .* loses about"):
            f.on_tenseal(x)
        with self.assertRaisesRegex(eq.CannotBeMet, "is a plan alone"):
            eq.inverse(domain=("1/8", 1), degree=3, corrections=2).on_tenseal(x)
        with self.assertRaisesRegex(eq.CannotBeMet, "needs 14 levels, the ciphertext has 12 left"):
            eq.relu(degrees=[3, 3, 3, 3, 3, 3]).on_tenseal(x)
        with self.assertRaisesRegex(TypeError, "takes 2 inputs, not 1"):
            eq.max(degrees=[3]).on_tenseal(x)
