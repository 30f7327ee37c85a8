#!/usr/bin/env python3
"""Writes equiripple/_commands.py: a typed function for each command, from the library's own table.

    EQUIRIPPLE_LIBRARY=build/tools/libequiripple.so tools/python/write_commands.py

A test compares what this would write with the file.
"""

import ctypes
import json
import os
import re
import sys
import textwrap
from pathlib import Path
from typing import Any, Dict, List

OUTPUT = Path(__file__).parent / "equiripple" / "_commands.py"
WIDTH = 100

HEAD = '''"""A function for each command, each of which makes its options a request.

GENERATED FILE - do not edit: tools/python/write_commands.py writes it from the table of options.
"""

from __future__ import annotations

from typing import Iterable, Literal, Optional, Union

from ._function import Function
from ._make import make, search_with, survey_with
from ._tables import Choices, Survey
from ._types import CostModel, Domain, Number, Points, Samples
'''

# By what stands for the value in the help.
TYPES = {
    "": "bool",
    "NUMBER": "Number",
    "BITS": "Number",
    "K": "Number",
    "P": "Number",
    "2^-K": "Number",
    "N": "int",
    "R": "int",
    "N,N,...": "Union[str, Iterable[int]]",
    "[K*]gN|fN,...": "Union[str, Iterable[str]]",
    "[a,b]": "Domain",
    "[a,b]:EXPR": "Union[str, Iterable[str]]",
    "LIST|FILE": "Union[str, Iterable[Number]]",
}

# What a file may be instead.
IN_MEMORY = {
    "CostModel": "; or such a dict",
    "Points": "; or points (x, y), or an array of them",
    "Samples": "; or the numbers themselves",
}


def table() -> List[Dict[str, Any]]:
    """Of the library alone: the package cannot be imported while its functions are not written."""
    library = ctypes.CDLL(os.environ["EQUIRIPPLE_LIBRARY"])
    library.equiripple_commands.restype = ctypes.c_void_p
    library.equiripple_text.restype = ctypes.c_char_p
    library.equiripple_text.argtypes = [ctypes.c_void_p]
    commands: List[Dict[str, Any]] = json.loads(
        library.equiripple_text(library.equiripple_commands())
    )
    return commands


def keyword(option: Dict[str, Any]) -> str:
    return str(option["name"]).replace("-", "_")


def type_of(command: str, option: Dict[str, Any]) -> str:
    if option["value"] == "FILE":
        if option["name"] == "model":
            return "CostModel"
        return "Points" if command == "fit" else "Samples"
    if "choices" in option:
        return f"Literal[{', '.join(json.dumps(choice) for choice in option['choices'])}]"
    if option["name"].endswith("-bits"):
        return "int"
    return TYPES.get(option["value"], "str")


def parameter(command: str, option: Dict[str, Any]) -> str:
    kind = type_of(command, option)
    if option["required"]:
        return f"{keyword(option)}: {kind}"
    if option["arity"] == "flag":
        return f"{keyword(option)}: bool = False"
    return f"{keyword(option)}: Optional[{kind}] = None"


def in_python(help: str) -> str:
    """With max_levels for --max-levels."""
    words = re.sub(r"--([a-z][a-z0-9-]*)", lambda found: found[1].replace("-", "_"), help)
    return words.replace("\\", "\\\\")


def filled(words: str, indent: int, more: int) -> str:
    return textwrap.fill(
        words,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * more,
        break_long_words=False,
        break_on_hyphens=False,
    )


def described(name: str, help: str) -> str:
    return filled(f"{name} -- {in_python(help)}", 6, 8)


def help_of(command: str, option: Dict[str, Any]) -> str:
    words = str(option["help"]) + IN_MEMORY.get(type_of(command, option), "")
    if "default" in option and "default" not in words:
        words += f"; default {option['default']}"
    return words


def is_leading(option: Dict[str, Any], options: List[Dict[str, Any]]) -> bool:
    """What may be given without its name: what is required, and the gap that a threshold may say."""
    is_gap = option["name"] == "gap" and any(one["name"] == "threshold" for one in options)
    return bool(option["required"]) or is_gap


def function(command: Dict[str, Any]) -> str:
    name = command["command"]
    options = command["options"]
    result = {"search": "Choices", "survey": "Survey"}.get(name, "Function")
    leading = [one for one in options if is_leading(one, options)]
    others = [one for one in options if one not in leading]
    parameters = [parameter(name, one) for one in leading] + ["*"]
    parameters += [parameter(name, one) for one in others]
    arguments = [f"{keyword(one)}={keyword(one)}" for one in options]
    documented = [described(keyword(one), help_of(name, one)) for one in leading + others]
    maker = f"{name}_with"
    if result == "Function":
        no_namespace = name in ("abs", "sqrt", "exp") or "-" in name
        default = "approximation" if no_namespace else name
        parameters.append("name: Optional[str] = None")
        arguments = [f'"{name}"', "name=name", *arguments]
        documented.append(
            described("name", f"an identifier: the namespace of a header; default: {default}")
        )
        maker = "make"
    head = in_python(command["help"])
    if head.split()[0].isalpha():
        head = head[0].upper() + head[1:]
    return "\n".join(
        [
            f"def {name.replace('-', '_')}(",
            *(f"    {one}," for one in parameters),
            f") -> {result}:",
            filled(f'"""{head}.', 4, 4),
            "",
            "    Options:",
            *documented,
            "",
            "    Raises WrongRequest, CannotBeMet, MachineFailed, Cancelled.",
            '    """',
            filled(f"return {maker}({', '.join(arguments)})", 4, 8),
            "",
        ]
    )


def text(commands: List[Dict[str, Any]]) -> str:
    return "\n\n".join([HEAD, *(function(command) for command in commands)])


if __name__ == "__main__":
    if "EQUIRIPPLE_LIBRARY" not in os.environ:
        sys.exit("write_commands.py: say where libequiripple.so is in EQUIRIPPLE_LIBRARY")
    OUTPUT.write_text(text(table()), encoding="utf-8")
