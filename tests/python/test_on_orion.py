"""Our activations in networks of the package orion-fhe, run encrypted and compared with the claims.

Rings are small, for speed: no parameters for secrets."""

import contextlib
import ctypes
import io
import unittest

import equiripple as eq
import orion
import orion.nn as on
import torch
from equiripple import orion as plugged

NOISE = 2.0**-18  # chosen: at a scale of 2^40 the worst seen is 2^-22.3, most of it of binary32


class Network(on.Module):
    def __init__(self, activation):
        super().__init__()
        self.act = activation

    def forward(self, x):
        return self.act(x)


def minimax(text, degree):
    return lambda low, high: eq.minimax(function=text, domain=(low, high), degree=degree)


class Activations(unittest.TestCase):
    def evaluated(self, activation, levels, values):
        """Values, levels that were used, and what the module is in the clear."""
        config = {
            "ckks_params": {
                "LogN": 12, "LogQ": [55] + [40] * levels, "LogP": [55, 55], "LogScale": 40,
                "H": 192, "RingType": "standard",
            },
            "orion": {
                "margin": 2, "embedding_method": "hybrid", "backend": "lattigo",
                "fuse_modules": True, "debug": False, "io_mode": "none",
            },
        }
        with contextlib.redirect_stdout(io.StringIO()):
            orion.init_scheme(config)
            takes = orion.core.scheme.backend.GenerateChebyshev.func.argtypes[0]
            self.assertIs(takes, ctypes.POINTER(ctypes.c_float))  # where this fails a remark can go
            network = Network(activation)
            network.eval()
            x = torch.tensor(values, dtype=torch.float64).reshape(1, -1)
            clear = network(x)
            orion.fit(network, x)
            level = orion.compile(network)
            ciphertext = orion.encrypt(orion.encode(x.float(), level))
            network.he()
            before = ciphertext.level()  # scalar products change it
            y = network(ciphertext)
            found = y.decrypt().decode().reshape(-1).tolist()
            used = before - y.level()
            orion.delete_scheme()
        return found, used, clear.reshape(-1).tolist()

    def test_one_polynomial_for_the_range_that_fit_measures(self):
        values = [3 * (i / 512 - 1) for i in range(1025)][:1024]
        for make, fn, degree, levels in (
            (minimax("gelu(x)", 15), torch.nn.functional.gelu, 15, 5),
            (minimax("sigmoid(x)", 7), torch.sigmoid, 7, 4),
            (lambda low, high: eq.relu(degrees=[20], range=max(-low, high)), torch.relu, 20, 6),
        ):
            activation = plugged.activation(make, fn, degree)
            self.assertIsNone(activation.function)
            found, used, clear = self.evaluated(activation, levels, values)
            f = activation.function
            lower, upper = f.stages[0].basis
            self.assertLess(max(abs(lower + 6), abs(upper - 6)), 0.05)  # twice the inputs: the margin
            self.assertEqual(used, levels)
            worst = max(abs(v - w) for v, w in zip(found, clear))
            self.assertLessEqual(worst, f.error.upper * f.error.unit + NOISE, f.description)
            against = max(abs(v - w) for v, w in zip(found, f(values)))
            self.assertLess(against, NOISE, f.description)

    def test_a_relu_of_stages(self):
        values = [2.5 * (i / 512 - 1) for i in range(1024)]
        activation = plugged.relu(degrees=[7, 7])
        found, used, clear = self.evaluated(activation, 8, values)
        f = activation.function
        worst = max(abs(v - w) for v, w in zip(found, clear))
        self.assertEqual(activation.postscale, 5)
        self.assertLessEqual(worst, 5 * f.error.upper + NOISE)
        self.assertEqual(used, 8)

    def test_refusals(self):
        values = [i / 512 - 1 for i in range(1024)]
        wrong = plugged.activation(minimax("gelu(x)", 15), torch.nn.functional.gelu, 7)
        with self.assertRaisesRegex(eq.WrongRequest, "degree=7: must be that of the polynomial, which is 15"):
            self.evaluated(wrong, 6, values)
        stages = plugged.activation(
            lambda low, high: eq.relu(degrees=[7, 7], range=high), torch.relu, 7
        )
        with self.assertRaisesRegex(eq.CannotBeMet, "one polynomial of the function itself"):
            self.evaluated(stages, 6, values)
        still = plugged.activation(minimax("gelu(x)", 7), torch.nn.functional.gelu, 7)
        with self.assertRaisesRegex(eq.WrongRequest, "all inputs that fit has seen are 1"):
            self.evaluated(still, 6, [1.0] * 1024)


if __name__ == "__main__":
    unittest.main()
