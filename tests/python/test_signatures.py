"""The functions have the options of the library, no more and no fewer."""

import inspect
import sys
import unittest
from pathlib import Path
from unittest import mock

import equiripple as eq

from support import ROOT

sys.path.insert(0, str(ROOT / "tools" / "python"))
import write_commands  # noqa: E402


class Signatures(unittest.TestCase):
    def test_every_option_is_a_keyword_and_no_other(self):
        table = eq.commands()
        self.assertEqual(len(table), 28)
        for command in table:
            name = command["command"].replace("-", "_")
            parameters = inspect.signature(getattr(eq, name)).parameters
            expected = {option["name"].replace("-", "_") for option in command["options"]}
            if name not in ("search", "survey"):
                expected.add("name")
            self.assertEqual(set(parameters), expected, name)
            for option in command["options"]:
                parameter = parameters[option["name"].replace("-", "_")]
                is_required = parameter.default is inspect.Parameter.empty
                self.assertEqual(is_required, option["required"], f"{name} {option['name']}")
                self.assertIn(f"\n  {parameter.name} -- ", inspect.getdoc(getattr(eq, name)))

    def test_every_keyword_reaches_its_option(self):
        for command in eq.commands():
            name = command["command"].replace("-", "_")
            values = {
                option["name"].replace("-", "_"): True if option["arity"] == "flag" else str(number)
                for number, option in enumerate(command["options"], start=1)
            }
            maker = {"search": "search_with", "survey": "survey_with"}.get(name, "make")
            with mock.patch(f"equiripple._commands.{maker}") as made:
                getattr(eq, name)(**values)
            self.assertEqual({k: v for k, v in made.call_args[1].items() if k != "name"}, values)
            if maker == "make":
                self.assertEqual(made.call_args[0], (command["command"],))

    def test_the_file_is_what_its_writer_writes(self):
        written = write_commands.text(eq.commands())
        self.assertEqual(Path(write_commands.OUTPUT).read_text(encoding="utf-8"), written)
        changed = eq.commands()
        changed[0]["options"][0]["name"] = "other"
        self.assertNotEqual(write_commands.text(changed), written)

    def test_what_is_public_is_documented(self):
        for name in eq.__all__:
            one = getattr(eq, name)
            if inspect.isfunction(one) or inspect.isclass(one):
                self.assertTrue(one.__doc__, name)
        for name in dir(eq.Function):
            if not name.startswith("_"):
                self.assertTrue(getattr(eq.Function, name).__doc__, name)
