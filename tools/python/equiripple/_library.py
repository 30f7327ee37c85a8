"""The shared library, found and declared: the functions of equiripple.h."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from ctypes import POINTER, c_char_p, c_double, c_int, c_size_t, c_void_p
from pathlib import Path
from typing import Any, Optional

ABI_VERSION = 1

#: int progress(const char* work, void* user)
Progress = ctypes.CFUNCTYPE(c_int, c_char_p, c_void_p)


def _path() -> str:
    """That of a wheel, or of EQUIRIPPLE_LIBRARY, or the installed one."""
    for name in ("libequiripple.so", "libequiripple.dylib"):
        inside = Path(__file__).with_name(name)
        if inside.exists():
            return str(inside)
    found = os.environ.get("EQUIRIPPLE_LIBRARY") or ctypes.util.find_library("equiripple")
    if not found:
        raise ImportError(
            "libequiripple.so is not found: install it, or say where it is in EQUIRIPPLE_LIBRARY"
        )
    return found


def _loaded() -> ctypes.CDLL:
    path = _path()
    try:
        library = ctypes.CDLL(path)
        version = library.equiripple_abi_version()
    except (OSError, AttributeError) as error:
        raise ImportError(f"{path} is no equiripple library: {error}") from error
    if version != ABI_VERSION:
        raise ImportError(
            f"{path} has version {version} of the binary interface, and this package is for "
            f"{ABI_VERSION}: install the two of one release"
        )
    return library


def _declare(library: ctypes.CDLL) -> None:
    doubles = POINTER(c_double)
    for name, result, *arguments in (
        ("version", c_char_p),
        ("status_of", c_int, c_void_p),
        ("text", c_char_p, c_void_p),
        ("sentence", c_char_p, c_void_p),
        ("option", c_char_p, c_void_p),
        ("free", None, c_void_p),
        ("make", c_void_p, c_char_p, Progress, c_void_p),
        ("read", c_void_p, c_char_p),
        ("verify", c_void_p, c_char_p, Progress, c_void_p),
        ("emit", c_void_p, c_void_p, c_char_p),
        ("inspect", c_void_p, c_void_p, c_char_p, c_char_p),
        ("evaluate", c_int, c_void_p, doubles, doubles, doubles, c_size_t),
        ("search", c_void_p, c_char_p, Progress, c_void_p),
        ("survey", c_void_p, c_char_p, Progress, c_void_p),
        ("network", c_void_p, c_char_p, Progress, c_void_p),
        ("commands", c_void_p),
    ):
        function = getattr(library, f"equiripple_{name}")
        function.restype = result
        function.argtypes = arguments


library = _loaded()
_declare(library)


class Result:
    """A result of the library, freed with this object."""

    def __init__(self, pointer: Optional[int]) -> None:
        self.pointer = pointer
        if not pointer:
            raise MemoryError("equiripple")

    def __del__(self, _free: Any = library.equiripple_free) -> None:
        if self.pointer:
            _free(self.pointer)

    @property
    def status(self) -> int:
        return int(library.equiripple_status_of(self.pointer))

    @property
    def text(self) -> str:
        return str(library.equiripple_text(self.pointer).decode("utf-8"))

    @property
    def sentence(self) -> str:
        return str(library.equiripple_sentence(self.pointer).decode("utf-8", "replace"))

    @property
    def option(self) -> Optional[str]:
        """As a keyword of Python; None where there is none."""
        name = library.equiripple_option(self.pointer).decode("utf-8", "replace")
        return name.replace("-", "_") or None
