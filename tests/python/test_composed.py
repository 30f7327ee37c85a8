"""tools/composed: its page is what is made now, but for what was measured."""

import importlib.util
import tempfile
import unittest
from pathlib import Path

from support import ROOT, TOOL

SLOW = ("mod1", "60", "128", "256", "1024")  # words of rows that take seconds


def composed():
    spec = importlib.util.spec_from_file_location("composed_page", ROOT / "tools/composed/page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(text):
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return {row[0]: row for row in rows}


class Composed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = composed()
        cls.rows = rows_of((ROOT / "tools/docs/composed.md").read_text(encoding="utf-8"))

    def test_every_request_is_on_the_page(self):
        self.assertEqual(list(self.rows), ["`" + " ".join(words) + "`" for words, _, _ in self.page.ROWS])

    def test_form_costs_and_error_are_those_of_now(self):
        for words, _, _ in self.page.ROWS:
            if any(slow in words for slow in SLOW):
                continue
            with self.subTest(words=words), tempfile.TemporaryDirectory(prefix="equiripple-") as folder:
                cells, _ = self.page.answer(TOOL, words, str(Path(folder) / "f.json"))
                self.assertEqual(self.rows[cells[0]][: len(cells)], cells)

    # What ciphertexts leave is near what was proved, or what noise leaves; never above it.
    def test_measured_bits_keep_to_the_claims(self):
        for name, row in self.rows.items():
            proved = float(row[3].split()[0].removeprefix("2^"))
            for bits in row[5:]:
                with self.subTest(name=name, bits=bits):
                    self.assertGreater(float(bits), 0)
                    if "exp" in name and "--relative" in name:
                        continue  # measured absolutely
                    self.assertGreaterEqual(float(bits), min(-proved, 24) - 2)

    def test_a_value_that_is_off_is_seen(self):
        measured = self.page.Measured([(-1, 1)], lambda x: x, False, False)
        off = [x + 2**-5 * (x > 0.5) for x in measured.xs]
        self.assertEqual(measured.bits(off), "5.0")


if __name__ == "__main__":
    unittest.main()
