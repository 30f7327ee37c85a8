"""From values of Python to the exact words of a request."""

from __future__ import annotations

import json
import math
import numbers
import os
from decimal import Decimal
from fractions import Fraction
from typing import Any, Dict, Iterable, List, Mapping, Union

from ._errors import WrongRequest

#: The value of an option in the JSON of a request.
Word = Union[bool, str, List[str]]


def _float_word(option: str, value: float) -> str:
    if not math.isfinite(value):
        raise WrongRequest(f"--{option}: {value} is no finite number", option.replace("-", "_"))
    if value.is_integer() and abs(value) < 2.0**53:
        return str(int(value))
    decimal = repr(value)
    return decimal if Fraction(decimal) == Fraction(value) else value.hex()


def number_word(option: str, value: Any) -> str:
    """Exact text: a float is its binary64 value, in decimals where few are exact."""
    if isinstance(value, str):
        return value
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Rational):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        if not value.is_finite():
            return _float_word(option, float(value))
        return str(value)
    if isinstance(value, numbers.Real):  # float, and numpy's kinds of it
        rounded = float(value)
        if not math.isnan(rounded) and rounded != value:
            raise TypeError(f"{option}: {value!r} is not binary64: write it as text")
        return _float_word(option, rounded)
    raise TypeError(f"{option}: {value!r} is no number: int, float, Fraction, Decimal or text")


def _is_interval(value: Any) -> bool:
    return value.lstrip().startswith("[") if isinstance(value, str) else hasattr(value, "__iter__")


def _interval_word(option: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    ends = [number_word(option, end) for end in value]
    if len(ends) != 2:
        raise TypeError(f"{option}: {value!r} is no interval: that has two ends")
    return f"[{ends[0]},{ends[1]}]"


def interval_words(option: str, value: Any) -> List[str]:
    """(-8, 8), [(-8, -1), (1, 8)], "[-8,8]" or a list of such texts."""
    if isinstance(value, str):
        return [value]
    if not hasattr(value, "__iter__"):
        raise TypeError(f"{option}: {value!r} is no interval, as (-8, 8), and no list of them")
    items = list(value)
    if len(items) == 2 and not any(_is_interval(item) for item in items):
        return [_interval_word(option, items)]
    for item in items:
        if not _is_interval(item):
            raise TypeError(f"{option}: {item!r} is no interval, as (-8, 8)")
    return [_interval_word(option, item) for item in items]


def _rows(data: Any) -> Iterable[Any]:
    """Of numpy's and pandas' tables plain numbers."""
    array = data.to_numpy() if hasattr(data, "to_numpy") else data
    rows: Iterable[Any] = array.tolist() if hasattr(array, "tolist") else array
    return rows


def _points_text(option: str, data: Any) -> str:
    lines = []
    for row in _rows(data):
        if isinstance(row, str) or not hasattr(row, "__iter__"):
            raise TypeError(f"{option}: {row!r} is no point, as (0.5, 1)")
        words = [number_word(option, coordinate) for coordinate in row]
        if len(words) != 2:
            raise TypeError(f"{option}: {row!r} is no point: that is two numbers, x and y")
        lines.append(f"{words[0]} {words[1]}\n")
    return "".join(lines)


def _samples_text(option: str, data: Any) -> str:
    return "".join(f"{float(sample)!r}\n" for sample in _rows(data))


def file_word(command: str, option: str, value: Any, files: Dict[str, str]) -> str:
    """The path of a file, or the name of one in memory, whose text is put into `files`."""
    if isinstance(value, (str, os.PathLike)):
        return str(os.fspath(value))
    if isinstance(value, Mapping):
        name, text = f"{option}.json", json.dumps(value)
    elif not hasattr(value, "__iter__"):
        raise TypeError(f"{option}: {value!r} is neither a path nor what a file would hold")
    elif command == "fit":
        name, text = "points.txt", _points_text(option, value)
    else:
        name, text = "samples.txt", _samples_text(option, value)
    files[name] = text
    return name


def plain_word(option: str, value: Any) -> Word:
    """A number, text, or a list of them."""
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return [number_word(option, item) for item in value]
    return number_word(option, value)
