"""Networks: the choice of the command line, and ranges and weights of a model in plain numpy."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import equiripple as eq

from support import TOOL

try:
    import numpy as np
except ImportError:
    np = None

LAYERS = [
    {"name": "stem", "function": "relu", "range": ("-3.8", "4.2"), "levels": 2},
    {"name": "first", "function": "relu", "range": "5.3", "levels": 2},
    {"name": "second", "function": "gelu", "range": (-4, 4), "levels": 2,
     "input": ["stem", "first"]},
]
TOML = """[chain]
levels = 16
bootstrap_time = 5000
[objective]
minimise = "bootstraps"
bits = 8
[[layer]]
name = "stem"
function = "relu"
range = ["-3.8", "4.2"]
levels = 2
[[layer]]
name = "first"
function = "relu"
range = "5.3"
levels = 2
[[layer]]
name = "second"
function = "gelu"
range = [-4, 4]
levels = 2
input = ["stem", "first"]
"""


class Choices(unittest.TestCase):
    def choice(self, **more):
        asked = {"levels": 16, "bootstrap_time": 5000, "minimise": "bootstraps", "bits": 8,
                 "name": "net"}
        asked.update(more)
        return eq.network(LAYERS, **asked)

    def test_files_are_those_of_the_command_line(self):
        chosen = self.choice()
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "net.toml").write_text(TOML)
            subprocess.run([TOOL, "network", "net.toml", "--out-dir", "a"], cwd=folder, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            chosen.write(Path(folder) / "b")
            names = sorted(path.name for path in (Path(folder) / "a").iterdir())
            self.assertEqual(sorted(chosen.files), names)
            for name in names:
                self.assertEqual((Path(folder) / "a" / name).read_bytes(),
                                 (Path(folder) / "b" / name).read_bytes(), name)
            self.assertEqual(eq.network(Path(folder) / "net.toml").table, chosen.table)
        self.assertEqual(json.loads(chosen.files["net.json"])["bootstraps"], chosen.bootstraps)

    def test_what_is_known_of_each_layer(self):
        chosen = self.choice()
        self.assertEqual([layer.name for layer in chosen.layers], ["stem", "first", "second"])
        self.assertEqual(chosen.bootstraps, sum(len(layer.refreshes) for layer in chosen.layers))
        stem = chosen["stem"]
        self.assertEqual(stem.input_level - 2 - stem.function.levels, stem.output_level)
        self.assertLessEqual(abs(stem.function(4.2) - 4.2), stem.error)
        self.assertTrue(stem.function.error.is_proved)
        self.assertTrue(stem.function.verify())
        total = sum(layer.weight * layer.error for layer in chosen.layers)
        self.assertAlmostEqual(total, chosen.error)
        self.assertIn("optimal over", chosen.optimal_over)
        self.assertIn("stem", str(chosen))
        with self.assertRaises(KeyError):
            chosen["third"]

    def test_ranges_of_samples_and_removed_layers(self):
        chosen = eq.network([{"name": "a", "function": "relu", "samples": [0.5, 1.25, 3.0]}],
                            levels=8, bits=8)
        self.assertIsNone(chosen["a"].function)
        self.assertEqual(chosen["a"].range, (0.5, 3.0))
        self.assertIn("0.5", chosen.remarks[0])

    def test_the_front_falls(self):
        front = eq.network.pareto(LAYERS, levels=16, bootstrap_time=5000, minimise="bootstraps")
        self.assertGreater(len(front), 1)
        for row, after in zip(front, front[1:]):
            self.assertGreater(row.error, after.error)
            self.assertLess(row.bootstraps, after.bootstraps)

    def test_what_is_wrong_is_said(self):
        with self.assertRaisesRegex(eq.WrongRequest, "gleu"):
            eq.network([{"name": "a", "function": "gleu", "range": 1}], levels=8, bits=8)
        with self.assertRaisesRegex(eq.CannotBeMet, "3 levels has 8 bits"):
            self.choice(levels=3)
        with self.assertRaisesRegex(TypeError, "rnage"):
            eq.network([{"name": "a", "function": "relu", "rnage": 1}], levels=8, bits=8)
        with self.assertRaisesRegex(TypeError, "levels"):
            eq.network("net.toml", levels=8)
        with self.assertRaisesRegex(eq.WrongRequest, "give one of"):
            self.choice(level_budget=9)
        with self.assertRaisesRegex(eq.WrongRequest, "no-such.toml"):
            eq.network("no-such.toml")
        before = eq.progress(lambda work: False)
        try:
            with self.assertRaises(eq.Cancelled):
                self.choice(bits=9)
        finally:
            eq.progress(before)


def two_layers(batch, activate):
    """y = 3 relu(2 x) - 5 tanh(x), the sum over an item's numbers."""
    a = activate("a", "relu", 2 * batch)
    b = activate("b", "tanh", batch)
    return (3 * a - 5 * b).sum(axis=1, keepdims=True)


@unittest.skipIf(np is None, "SKIPPED: there is no numpy")
class Calibration(unittest.TestCase):
    data = None if np is None else np.linspace(-1, 1.5, 60).reshape(12, 5)

    def test_ranges_and_chances(self):
        found = eq.network.calibrate(two_layers, self.data, weights=False)
        a, b = found["a"], found["b"]
        self.assertEqual((a.lower, a.upper, a.function), ("-2", "3", "relu"))
        self.assertEqual((float(b.lower), float(b.upper)), (-1, 1.5))
        self.assertEqual((a.values, a.items), (60, 12))
        self.assertAlmostEqual(a.chance, 2 / 61)
        self.assertAlmostEqual(a.chance_of_item, 2 / 13)
        self.assertEqual((a.weight, b.weight), (1, 1))

    def test_weights_in_closed_form(self):
        """Equal signs: each unit of error in all five numbers is 15, and 25, in their sum."""
        found = eq.network.calibrate(two_layers, self.data)
        self.assertAlmostEqual(found["a"].weight, 15, places=6)
        self.assertAlmostEqual(found["b"].weight, 25, places=6)
        part = eq.network.calibrate(two_layers, self.data, measure=lambda y: y / 5)
        self.assertAlmostEqual(part["a"].weight, 3, places=6)
        self.assertEqual(str(found), str(eq.network.calibrate(two_layers, self.data)))

    def test_random_signs_are_seen(self):
        """Differences of neighbours do not see equal signs."""

        def model(batch, activate):
            y = activate("a", "x^2", batch, np.square)
            return y[:, 1:] - y[:, :-1]

        found = eq.network.calibrate(model, self.data, draws=4)
        self.assertGreater(found["a"].weight, 1)
        self.assertLess(eq.network.calibrate(model, self.data, draws=0)["a"].weight, 1e-9)

    def test_batches_are_one_set(self):
        whole = eq.network.calibrate(two_layers, self.data, draws=0)
        parts = eq.network.calibrate(two_layers, [(self.data[:4], "labels"), self.data[4:]],
                                     draws=0)
        self.assertEqual(str(whole), str(parts))

    def test_from_a_model_to_its_polynomials(self):
        found = eq.network.calibrate(two_layers, self.data)
        chosen = eq.network(found, levels=20, error_budget="0.25")
        plain = two_layers(self.data, lambda name, f, x: {"relu": np.maximum(x, 0),
                                                          "tanh": np.tanh(x)}[f])
        error = np.abs(chosen.applied(two_layers, self.data) - plain).max()
        self.assertLessEqual(error, 0.25)  # the weights are the worst case of this model
        self.assertGreater(error, 0)
        rows = found.layers(levels=3, inputs={"b": ["input"]}, widen="1.5", time=7)
        self.assertEqual(rows[1]["input"], ["input"])
        self.assertEqual((rows[0]["levels"], rows[0]["time"]), (3, 7))
        wider = eq.network(rows, levels=20, bits=6)
        self.assertEqual(wider["a"].range, (-3, 4.5))

    def test_what_is_wrong_is_said(self):
        with self.assertRaisesRegex(eq.WrongRequest, "no item"):
            eq.network.calibrate(two_layers, [])
        with self.assertRaisesRegex(eq.WrongRequest, "activate"):
            eq.network.calibrate(lambda batch, activate: batch, self.data)
        with self.assertRaisesRegex(eq.WrongRequest, "x\\^3"):
            eq.network.calibrate(lambda batch, activate: activate("a", "x^3", batch), self.data)
        with self.assertRaisesRegex(eq.WrongRequest, "twice"):
            eq.network.calibrate(
                lambda batch, activate: activate("a", "relu", activate("a", "relu", batch)),
                self.data)
        with self.assertRaisesRegex(eq.WrongRequest, "not finite"):
            eq.network.calibrate(two_layers, self.data + np.inf)
        with self.assertRaisesRegex(eq.WrongRequest, "step"):
            eq.network.calibrate(two_layers, self.data, step=0)
        with self.assertRaises(TypeError):
            eq.network.calibrate(7, self.data)
        with self.assertRaisesRegex(eq.WrongRequest, "'c'"):
            eq.network.calibrate(two_layers, self.data).layers(inputs={"c": ["a"]})


if __name__ == "__main__":
    unittest.main()
