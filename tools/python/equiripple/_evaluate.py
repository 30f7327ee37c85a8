"""A function on numbers, sequences and numpy's arrays."""

from __future__ import annotations

import ctypes
import numbers
import sys
from decimal import Decimal
from typing import Any, List, Optional, Sequence

from ._library import Result, library

_Doubles = ctypes.POINTER(ctypes.c_double)


def _is_number(value: Any) -> bool:
    return isinstance(value, (numbers.Real, Decimal))


def _evaluate(result: Result, inputs: Sequence[Any], output: Any, count: int) -> None:
    pointers = [ctypes.cast(one, _Doubles) for one in inputs]
    second = pointers[1] if len(pointers) > 1 else None
    status = library.equiripple_evaluate(
        result.pointer, pointers[0], second, ctypes.cast(output, _Doubles), count
    )
    if status != 0:
        raise MemoryError("equiripple")  # all else was checked


def _on_numbers(result: Result, columns: Sequence[Sequence[Any]], count: int) -> List[float]:
    kind = ctypes.c_double * count
    output = kind()
    _evaluate(result, [kind(*map(float, column)) for column in columns], output, count)
    return list(output)


def _column(value: Any) -> Optional[List[Any]]:
    """The numbers of a sequence; None of one number, which goes with each of the others."""
    if _is_number(value):
        return None
    if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
        raise TypeError(f"{value!r} is no number, and no sequence or array of them")
    column = list(value)
    for item in column:
        if not _is_number(item):
            raise TypeError(f"{item!r} is no number")
    return column


def _on_sequences(result: Result, inputs: Sequence[Any]) -> List[float]:
    columns = [_column(value) for value in inputs]
    counts = {len(column) for column in columns if column is not None}
    if len(counts) != 1:
        raise ValueError(f"the inputs have different lengths: {sorted(counts)}")
    count = counts.pop()
    filled = [
        [value] * count if column is None else column for value, column in zip(inputs, columns)
    ]
    return _on_numbers(result, filled, count)


def _on_arrays(numpy: Any, result: Result, inputs: Sequence[Any]) -> Any:
    arrays = [numpy.asarray(value) for value in inputs]
    for array in arrays:
        if not numpy.can_cast(array.dtype, numpy.float64, "same_kind"):
            raise TypeError(f"an array of {array.dtype} has no real numbers")
    whole = numpy.broadcast_arrays(*arrays)
    shape = whole[0].shape
    arrays = [numpy.ascontiguousarray(array, dtype=numpy.float64) for array in whole]
    output = numpy.empty(shape)
    _evaluate(result, [array.ctypes.data for array in arrays], output.ctypes.data, output.size)
    return output[()]


def evaluate(result: Result, inputs: Sequence[Any]) -> Any:
    """A float of numbers, an array where there is one among the inputs, else a list."""
    if all(_is_number(value) for value in inputs):
        return _on_numbers(result, [[value] for value in inputs], 1)[0]
    numpy = sys.modules.get("numpy")
    if numpy is not None and any(hasattr(value, "__array__") for value in inputs):
        return _on_arrays(numpy, result, inputs)
    return _on_sequences(result, inputs)
