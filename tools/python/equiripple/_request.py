"""Requests: the words of the command line as JSON, by the library's own table of options."""

from __future__ import annotations

import functools
import json
from typing import Any, Dict, List, Mapping, Optional

from ._errors import CLAIM_FAILS, OF_STATUS, ClaimFails, MachineFailed
from ._library import Result, library
from ._types import Finding
from ._words import Word, file_word, interval_words, plain_word

# Commands that a C++ namespace cannot be called after: the C library has functions of these names,
# or they are no identifiers.
_NO_NAMES = ("abs", "sqrt", "exp", "compare-and-swap")


def checked(result: Result) -> Result:
    """The result, where it is what was asked for; else raises."""
    status = result.status
    if status == 0:
        return result
    if status == CLAIM_FAILS:
        found = [Finding(**one) for one in json.loads(result.text or "[]")]
        raise ClaimFails(result.sentence, result.option, found)
    raise OF_STATUS.get(status, MachineFailed)(result.sentence, result.option)


def commands() -> List[Dict[str, Any]]:
    """Every command and its options: [{"command", "help", "options": [{"name", "value", "help",
    "arity": "flag", "one" or "many", "required"[, "default"]}]}]."""
    table: List[Dict[str, Any]] = json.loads(checked(Result(library.equiripple_commands())).text)
    return table


@functools.lru_cache(maxsize=None)
def _options() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    return {
        command["command"]: {option["name"]: option for option in command["options"]}
        for command in commands()
    }


def _word(command: str, option: str, value: Any, files: Dict[str, str]) -> Word:
    row = _options().get(command, {}).get(option)
    if isinstance(value, bool):
        if not value and row is not None and row["arity"] != "flag":
            raise TypeError(f"{option}: False is no value; None stands for an option not given")
        return value
    if row is not None and row["value"] == "FILE":
        return file_word(command, option, value, files)
    if row is not None and row["value"] == "[a,b]":
        return interval_words(option, value)
    return plain_word(option, value)


def request(command: str, name: Optional[str], options: Mapping[str, Any]) -> bytes:
    """The JSON of equiripple.h. Options that are None are not given."""
    files: Dict[str, str] = {}
    words: Dict[str, Word] = {}
    for keyword, value in options.items():
        if value is not None:
            option = keyword.replace("_", "-")
            words[option] = _word(command, option, value, files)
    asked: Dict[str, Any] = {"command": command, "options": words, "files": files}
    if name is not None:
        asked["name"] = name
    elif command not in _NO_NAMES:
        asked["name"] = command
    return json.dumps(asked).encode()
