"""tools/examples/scoreboard: its page is what is made now, and the specifications are met."""

import importlib.util
import unittest

from support import ROOT, TOOL

FOLDER = ROOT / "tools/examples/scoreboard"


def board():
    spec = importlib.util.spec_from_file_location("page", FOLDER / "page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Scoreboard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.board = board()
        cls.made = cls.board.made(TOOL)

    def test_the_page_is_what_is_made_now(self):
        page = self.board.page(self.made)
        self.assertEqual(page, (FOLDER / "README.md").read_text(), "write it again with page.py")

    def test_the_bounds_are_proved_and_those_asked_for(self):
        for name, (_, _, tolerance, _, _) in self.board.ROWS.items():
            if name == "relu_in_4_levels":
                continue
            error = self.made[name].error
            self.assertTrue(error.is_proved, name)
            self.assertLessEqual(error.upper, tolerance, name)

    # The fewest that are published, or fewer.
    def test_levels_key_switches_and_degrees(self):
        made = self.made
        self.assertLessEqual(made["sign_levels"].levels, 8)
        self.assertLessEqual(made["sign_key_switches"].key_switches, 10)
        self.assertLessEqual(made["relu_levels"].levels, 8)
        self.assertLessEqual(made["relu_in_4_levels"].levels, 4)
        self.assertLessEqual(made["logistic"].levels, 6)
        self.assertLessEqual(made["gelu"].stages[0].degree, 20)

    def test_shares_on_points(self):
        for name, (true, intervals, tolerance, _, _) in self.board.ROWS.items():
            share = self.board.share(self.made[name], true, intervals, tolerance)
            self.assertGreaterEqual(share, 8800 if name == "relu_in_4_levels" else 10000, name)

    def test_a_function_that_is_off_is_seen(self):
        def off(xs):
            return [y + 0.02 * (x > 0.5) for x, y in zip(xs, self.made["sign_levels"](xs))]

        true, intervals, tolerance, _, _ = self.board.ROWS["sign_levels"]
        self.assertLess(self.board.share(off, true, intervals, tolerance), 8000)
