"""Ranges and weights of an ONNX model, against the same model in numpy."""

import os
import tempfile
import unittest

import numpy as np
import onnx
from onnx import TensorProto, helper

import equiripple as eq

RANDOM = np.random.default_rng(5)
FIRST = RANDOM.normal(size=(6, 8)).astype(np.float32)
LAST = RANDOM.normal(size=(8, 3)).astype(np.float32)
DATA = RANDOM.normal(size=(40, 6)).astype(np.float32)


def model(activation="Relu", **attributes):
    nodes = [
        helper.make_node("MatMul", ["x", "first"], ["h"]),
        helper.make_node(activation, ["h"], ["a"], name="act1", **attributes),
        helper.make_node("MatMul", ["a", "last"], ["z"]),
        helper.make_node("Sigmoid", ["z"], ["y"]),
    ]
    tensors = [onnx.numpy_helper.from_array(FIRST, "first"),
               onnx.numpy_helper.from_array(LAST, "last")]
    graph = helper.make_graph(
        nodes, "net",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 6])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 3])], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)])


def same(batch, activate):
    return activate("y", "sigmoid", activate("act1", "relu", batch @ FIRST) @ LAST)


class Onnx(unittest.TestCase):
    def test_it_is_measured_as_in_numpy(self):
        proto = model()
        before = proto.SerializeToString()
        found = eq.network.calibrate(proto, DATA)
        self.assertEqual(proto.SerializeToString(), before)
        wanted = eq.network.calibrate(same, DATA)
        self.assertEqual([layer.name for layer in found.measured], ["act1", "y"])
        for one, other in zip(found.measured, wanted.measured):
            self.assertEqual((one.function, one.values), (other.function, other.values))
            self.assertAlmostEqual(float(one.lower), float(other.lower), places=3)
            self.assertAlmostEqual(one.weight, other.weight, places=3)

    def test_a_file_and_its_polynomials(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "net.onnx")
            onnx.save(model(), path)
            found = eq.network.calibrate(path, DATA)
            chosen = eq.network(found, levels=20, error_budget="0.01")
            plain = same(DATA, lambda name, f, x: np.maximum(x, 0) if f == "relu"
                         else 1 / (1 + np.exp(-x)))
            error = np.abs(chosen.applied(path, DATA) - plain).max()
        self.assertLess(error, 0.05)
        self.assertGreater(error, 1e-6)

    def test_parameters_of_activations(self):
        leaky = eq.network.calibrate(model("LeakyRelu", alpha=0.25), DATA, weights=False)
        self.assertEqual(leaky["act1"].function, "max(x,0.25*x)")
        gelu = eq.network.calibrate(model("Gelu"), DATA, weights=False)
        self.assertEqual(gelu["act1"].function, "gelu")

    def test_what_is_wrong_is_said(self):
        graph = helper.make_graph(
            [helper.make_node("Identity", ["x"], ["y"])], "none",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 6])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 6])])
        none = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)])
        with self.assertRaisesRegex(eq.WrongRequest, "no node"):
            eq.network.calibrate(none, DATA)


if __name__ == "__main__":
    unittest.main()
