"""Plans on ciphertexts of the package fhelium, on a CPU, decrypted and compared with the claims."""

import unittest

import equiripple as eq
import fhelium as fhe
import torch
from fhelium.eager import Engine

from on_packages import FUNCTIONS, bits_of, points, require_claim

NOISE = 2.0**-16  # chosen: a fresh ciphertext is off by 2^-27, which sign amplifies by 2^7 at the ends of its domain


class Counting:
    """An engine that counts its calls."""

    def __init__(self, engine):
        self.engine = engine
        self.calls = {}

    def __getattr__(self, name):
        found = getattr(self.engine, name)
        if not callable(found):
            return found

        def call(*arguments, **named):
            self.calls[name] = self.calls.get(name, 0) + 1
            return found(*arguments, **named)

        return call


class Plans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_default_device("cpu")
        cls.engine = Engine(fhe.Preset.slots16384_scale50_depth12_int64)
        cls.key = cls.engine.relinearization_key

    def encrypted(self, xs):
        # With a level to spare: the last prime is no larger than the others, and has no room for products.
        message = torch.tensor(xs, dtype=torch.float64)
        return self.engine.encrypt_message(message, depth=self.engine.max_depth - 8)

    def evaluated(self, f, *columns):
        """Values and levels; key switches and products are those of the plan."""
        ciphertexts = [self.encrypted(xs) for xs in columns]
        counting = Counting(self.engine)
        y = f.on_fhelium(counting, self.key, *ciphertexts)
        self.assertEqual(counting.calls.get("relinearize", 0), f.key_switches)
        self.assertEqual(counting.calls.get("multiply", 0), f.plan.tensor_products)
        values = self.engine.decrypt_message(y, is_real=True)[: len(columns[0])].tolist()
        return values, y.depth - ciphertexts[0].depth

    def test_functions_hold_their_claims(self):
        for name, (make, true) in FUNCTIONS.items():
            f = make()
            xs = points(f)
            values, levels = self.evaluated(f, xs)
            require_claim(self, f, true, xs, values, NOISE)
            has_range = any(s.operation == "normalise" and s.half_width != 1 for s in f.plan)
            self.assertEqual(levels, f.levels + int(has_range), name)
            self.assertGreater(bits_of(values, f(xs)), 14, name)

    def test_two_inputs_corrections_and_a_change_of_sign(self):
        xs = [i / 64 - 1 for i in range(129)]
        larger = eq.max(degrees=[3, 7], range=2)
        values, _ = self.evaluated(larger, xs, xs[::-1])
        self.assertGreater(bits_of(values, larger(xs, xs[::-1])), 14)
        for f in (eq.inverse(domain=("1/8", 1), degree=3, corrections=2), eq.relu(degrees=[3])):
            xs = points(f)
            values, _ = self.evaluated(f, xs)
            self.assertGreater(bits_of(values, f(xs)), 12, f.description)

    def test_what_is_wrong_is_refused_before_any_work(self):
        f = eq.relu(degrees=[7, 7])
        x = self.encrypted([0.5])
        counting = Counting(self.engine)
        low = self.engine.mod_switch_to_depth(x, self.engine.max_depth - 5)
        with self.assertRaisesRegex(eq.CannotBeMet, "needs 6 levels, the ciphertext has 5 left"):
            f.on_fhelium(counting, self.key, low)
        ntt = self.engine.coefficient_domain_to_ntt_domain(x)
        with self.assertRaisesRegex(eq.WrongRequest, "3 components, not 2"):
            f.on_fhelium(counting, self.key, self.engine.multiply(ntt, ntt))
        with self.assertRaisesRegex(TypeError, "no ciphertext of fhelium"):
            f.on_fhelium(counting, self.key, 0.5)
        self.assertNotIn("multiply", counting.calls)


if __name__ == "__main__":
    unittest.main()
