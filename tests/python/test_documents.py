"""The example runs, and what the documents show in Python is what happens."""

import doctest
import os
import subprocess
import sys
import unittest

import equiripple as eq

from support import ROOT, InFolder

DOCUMENTS = ["README.md", "tools/docs/guide.md"]


class Documents(unittest.TestCase):
    def test_what_is_shown_is_what_is_printed(self):
        examples = 0
        for document in DOCUMENTS:
            with InFolder():
                result = doctest.testfile(str(ROOT / document), module_relative=False)
            self.assertEqual(result.failed, 0, document)
            examples += result.attempted
        self.assertGreater(examples, 5)

    def test_the_example(self):
        with InFolder() as folder:
            ran = subprocess.run(
                [sys.executable, str(ROOT / "tools/examples/python/relu_error_curve.py")],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            self.assertEqual(ran.returncode, 0, ran.stderr)
            self.assertEqual(ran.stderr, "")
            self.assertIn("proved:", ran.stdout)
            made = eq.relu(bits=8, range=16)
            self.assertEqual((folder / "relu.svg").read_text(), made.plot())
            self.assertEqual((folder / "relu.html").read_text(), made.report())
            self.assertEqual(eq.read("relu.hpp"), made)
            self.assertEqual(os.path.exists("relu.png"), "relu.png" in ran.stdout.split()[-1])
