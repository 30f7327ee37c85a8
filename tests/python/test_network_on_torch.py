"""Ranges and weights of a model of torch, against the same model in numpy."""

import unittest

import numpy as np
import torch

import equiripple as eq

torch.manual_seed(3)
DATA = torch.randn(40, 6)


class Twice(torch.nn.Module):
    """One module is both activations, as in torchvision's residual blocks, and works in place."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(6, 8)
        self.second = torch.nn.Linear(8, 8)
        self.last = torch.nn.Linear(8, 3)
        self.relu = torch.nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.relu(self.first(x))
        return self.last(self.relu(self.second(x)))


def same(network):
    def linear(module, x):
        return x @ module.weight.detach().numpy().T + module.bias.detach().numpy()

    def model(batch, activate):
        x = activate("relu", "relu", linear(network.first, np.asarray(batch)))
        return linear(network.last, activate("relu:2", "relu", linear(network.second, x)))

    return model


class Torch(unittest.TestCase):
    def test_it_is_measured_as_in_numpy(self):
        network = Twice().train()
        found = eq.network.calibrate(network, DATA)
        self.assertTrue(network.training)
        self.assertFalse(network.relu._forward_hooks)
        wanted = eq.network.calibrate(same(network), DATA.numpy())
        self.assertEqual([layer.name for layer in found.measured], ["relu", "relu:2"])
        for one, other in zip(found.measured, wanted.measured):
            self.assertAlmostEqual(float(one.upper), float(other.upper), places=3)
            self.assertAlmostEqual(one.weight, other.weight, places=3)

    def test_batches_of_a_loader_and_its_polynomials(self):
        network = Twice()
        labels = torch.zeros(len(DATA))
        loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(DATA, labels), 16)
        found = eq.network.calibrate(network, loader)
        self.assertEqual(found["relu"].items, len(DATA))
        chosen = eq.network(found, levels=20, error_budget="0.02")
        with torch.no_grad():
            plain = network(DATA).numpy()
        error = np.abs(chosen.applied(network, loader) - plain).max()
        self.assertLess(error, 0.1)
        self.assertGreater(error, 1e-6)

    def test_activations_by_their_classes(self):
        network = torch.nn.Sequential(
            torch.nn.GELU(), torch.nn.GELU(approximate="tanh"), torch.nn.SiLU(),
            torch.nn.LeakyReLU(0.2), torch.nn.ELU(0.5), torch.nn.Softplus(2))
        found = eq.network.calibrate(network, DATA, weights=False)
        self.assertEqual(
            [layer.function for layer in found.measured],
            ["gelu", "x/2*(1+tanh(sqrt(2/pi)*(x+0.044715*x^3)))", "silu", "max(x,0.2*x)",
             "if(x<0,0.5*(exp(x)-1),x)", "softplus(2*x)/2"])
        chosen = eq.network(found.layers(), levels=20, bits=4)
        self.assertEqual(len(chosen.layers), 6)

    def test_functional_ones_are_said_to_be_unseen(self):
        class Functional(torch.nn.Module):
            def forward(self, x):
                return torch.nn.functional.relu(x)

        with self.assertRaisesRegex(eq.WrongRequest, "F.relu"):
            eq.network.calibrate(Functional(), DATA)


if __name__ == "__main__":
    unittest.main()
