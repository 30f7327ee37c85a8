"""What Python makes is what the command line makes, to the byte."""

import json
import math
import unittest
from decimal import Decimal
from fractions import Fraction

import equiripple as eq

from support import MODEL, REQUESTS, InFolder, default_name, run_tool


class Bytes(unittest.TestCase):
    def test_every_kind_of_request(self):
        seen = set()
        with InFolder() as folder:
            for command, options, words in REQUESTS:
                with self.subTest(command=command, words=words):
                    seen.add(command)
                    made = eq.make(command, **options)
                    name = default_name(command)
                    self.assertEqual(made.name, name)
                    run_tool(folder, command, *words.split(), "-o", "f.json", "--name", name)
                    expected = (folder / "f.json").read_text()
                    self.assertEqual(made.json, expected)
                    self.assertEqual(getattr(eq, command.replace("-", "_"))(**options), made)
                    if options.get("coefficient_bits") == 80:
                        with self.assertRaises(eq.WrongRequest):
                            made.emit("cpp")
                        continue
                    run_tool(folder, command, *words.split(), "-o", "f.hpp", "--name", name)
                    self.assertEqual(made.emit("cpp"), (folder / "f.hpp").read_text())
        makers = {one["command"] for one in eq.commands()} - {"search", "survey"}
        self.assertEqual(seen, makers)

    def test_other_forms(self):
        with InFolder() as folder:
            made = eq.relu(degrees=[3, 7], range=5, name="f")
            run_tool(folder, "relu", "--degrees", "3,7", "--range", "5", "-o", "f.json")
            for target, ending in [
                ("openfhe", "hpp"), ("seal", "hpp"), ("lattigo", "go"), ("python", "py"),
                ("mlir", "mlir"), ("csv", "csv"), ("latex", "tex"), ("json", "json"),
            ]:
                run_tool(folder, "emit", "f.json", "--target", target, "-o", f"g.{ending}")
                made.write(folder / f"h.{ending}", target)
                expected = (folder / f"g.{ending}").read_bytes()
                self.assertEqual((folder / f"h.{ending}").read_bytes(), expected, target)
            run_tool(folder, "plot", "f.json", "-o", "g.svg")
            made.plot("h.svg")
            self.assertEqual((folder / "h.svg").read_text(), (folder / "g.svg").read_text())
            self.assertEqual(made.summary(), run_tool(folder, "inspect", "f.json"))
            self.assertEqual(str(made), made.summary())
            simulated = run_tool(folder, "inspect", "f.json", "--ckks", "logN=14,scale=2^45")
            self.assertIn(f"{made.simulate('logN=14,scale=2^45').levels} levels", simulated)

    def test_files_in_memory(self):
        with InFolder():
            def same(from_file, from_memory):
                """But for the name of the file."""
                records = [json.loads(f.json) for f in (from_file, from_memory)]
                for record in records:
                    record["request"].pop("data", None)
                self.assertEqual(*records)

            points = [(-1, 1), (Fraction(-1, 2), "0.3"), (0, 0), (0.5, 0.25),
                      ("3/4", Decimal("0.5")), (1, "1.125")]
            same(eq.fit("points.txt", 3), eq.fit(points, 3))
            same(eq.fit("points.txt", 3), eq.fit(zip(*zip(*points)), 3))
            asked = dict(method="least-squares", function="relu(x)", domain=(-4, 4), degree=2)
            same(
                eq.approximate(data="samples.txt", **asked),
                eq.approximate(data=[-3, -1, 0.5, 0.25, 2, 3.5], **asked),
            )
            self.assertEqual(
                eq.relu(degrees=[3, 5], model="model.json"), eq.relu(degrees=[3, 5], model=MODEL)
            )

    def test_tables(self):
        with InFolder() as folder:
            found = eq.search("relu", bits=6, pareto=True)
            words = ["search", "--objective", "relu", "--bits", "6", "--pareto", "--json"]
            self.assertEqual(found.json, run_tool(folder, *words))
            self.assertEqual(len(found), len(json.loads(found.json)["choices"]))
            for choice in found:
                self.assertGreaterEqual(choice.bits, 6)
                self.assertLessEqual(choice.bits, -math.log2(choice.error))
                self.assertLessEqual(choice.attained, choice.error)
            for choice in eq.search("relu", bits=6, range=50):
                made = eq.relu(degrees=choice.degrees, range=50)
                self.assertEqual((choice.error, choice.evidence), (made.error.upper, "proved"))
                self.assertEqual(choice.metric, made.error.metric)
                self.assertEqual(choice.levels, made.levels)
                self.assertEqual(choice.key_switches, made.key_switches)
            self.assertIn(",".join(map(str, found[0].degrees)), str(found))
            for line, choice in zip(str(found).splitlines()[3:], found):
                shown = float(line.split()[-1])
                self.assertTrue(choice.bits - 0.01 <= shown <= choice.bits)  # rounded down
            compared = eq.survey("sigmoid", 8, data=[-3, -1, 0.5, 0.25, 2, 3.5])
            words = ["survey", "--activation", "sigmoid", "--range", "8", "--data", "samples.txt"]
            self.assertEqual(compared.json, run_tool(folder, *words, "--json"))
            self.assertEqual(compared.samples, 6)
            self.assertTrue(any(method.bits for method in compared))
            self.assertIn(compared[0].method, compared._repr_html_())
