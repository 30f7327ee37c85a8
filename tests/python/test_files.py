"""Files and texts: written whole or not at all, read back, verified."""

import json
import os
import stat
import unittest

import equiripple as eq

from support import InFolder, run_tool


class Files(unittest.TestCase):
    def test_the_ending_says_what_is_written(self):
        f = eq.relu(degrees=[3, 7], range=5)
        with InFolder() as folder:
            for ending, target in {
                ".hpp": "cpp", ".json": "json", ".go": "lattigo", ".py": "python", ".mlir": "mlir",
                ".csv": "csv", ".tex": "latex", ".html": "report", ".svg": "plot",
            }.items():
                f.write(folder / f"f{ending}")
                self.assertEqual((folder / f"f{ending}").read_text(), f.emit(target), ending)
            before = sorted(os.listdir(folder))
            for path, target in [("f.txt", None), ("f", None), ("f.go", "csv"), ("f.hpp", "cobol")]:
                with self.assertRaises(eq.WrongRequest):
                    f.write(path, target)
            with self.assertRaises(eq.WrongRequest):
                f.report("f.svg")
            with self.assertRaises(OSError):
                f.write("none/f.hpp")
            os.mkdir("folder.hpp")
            with self.assertRaises(OSError):
                f.write("folder.hpp")
            self.assertEqual(sorted(os.listdir(folder)), sorted(before + ["folder.hpp"]))

    def test_an_unchanged_file_is_left_alone(self):
        f = eq.relu(degrees=[3])
        with InFolder() as folder:
            path = folder / "f.hpp"
            f.write(path)
            os.utime(path, (1, 1))
            f.write(str(path))
            self.assertEqual(path.stat().st_mtime, 1)
            eq.relu(degrees=[5]).write(path)
            self.assertNotEqual(path.stat().st_mtime, 1)
            os.chmod(path, 0o640)
            os.symlink("f.hpp", "link.hpp")
            f.write("link.hpp")
            self.assertTrue(os.path.islink("link.hpp"))
            self.assertEqual(path.read_text(), f.emit("cpp"))
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)

    def test_are_read_back(self):
        f = eq.relu(degrees=[3, 7], range=5)
        with InFolder() as folder:
            f.write("f.json")
            f.write("f.hpp")
            for source in ("f.json", folder / "f.hpp", f.json, f.emit("cpp"), f.json.encode()):
                again = eq.read(source)
                self.assertEqual(again, f)
                self.assertEqual(again(1.25), f(1.25))
            with self.assertRaises(FileNotFoundError):
                eq.read("none.json")
        for text in ("{}", "{", "a\nb", f.json.replace("equiripple", "other", 1), f.json + "\0"):
            with self.assertRaises(eq.WrongRequest):
                eq.read(text)

    def test_another_name(self):
        f = eq.abs(degrees=[3])
        self.assertEqual(f.name, "approximation")
        g = f.named("absolute")
        self.assertEqual(g, eq.abs(degrees=[3], name="absolute"))
        self.assertIn("namespace absolute", g.emit("cpp"))
        for wrong in ("class", "abs", "a b", ""):
            with self.assertRaises(eq.WrongRequest):
                f.named(wrong)
        with self.assertRaises(eq.WrongRequest) as raised:
            eq.relu(degrees=[3], name="class")
        self.assertEqual(raised.exception.option, "name")

    def test_claims_are_proved_again_and_a_false_one_is_found(self):
        f = eq.sign("1/4", degrees=[3])
        found = f.verify()
        self.assertGreater(len(found), 10)
        self.assertTrue(all(finding.holds for finding in found))
        changed = json.loads(f.json)
        coefficients = changed["stages"][0]["coefficients"]
        coefficients[1] = (float.fromhex(coefficients[1]) * 1.01).hex()
        text = json.dumps(changed)
        with self.assertRaises(eq.ClaimFails) as raised:
            eq.verify(text)
        self.assertFalse(raised.exception.findings[-1].holds)
        self.assertEqual(str(raised.exception), raised.exception.findings[-1].sentence)
        self.assertEqual(raised.exception.status, 4)
        with InFolder() as folder:
            (folder / "f.json").write_text(text)
            with self.assertRaises(eq.ClaimFails):
                eq.verify("f.json")
            with self.assertRaises(AssertionError):
                run_tool(folder, "verify", "f.json")
            with self.assertRaises(FileNotFoundError):
                eq.verify(folder / "none.json")
        with self.assertRaises(eq.Error):
            eq.verify("{}")
