"""The calls that work: make, search, survey."""

from __future__ import annotations

from typing import Any, Optional

from ._function import Function
from ._library import library
from ._progress import run
from ._request import checked, request
from ._tables import Choices, Survey, choices_of, survey_of


def make(command: str, name: Optional[str] = None, **options: Any) -> Function:
    """Makes a function by the name of its command, as make("relu", bits=13): relu() and its kin
    with their options checked by the library alone.

    command -- "minimax", "relu", ...
    name    -- an identifier: the namespace of a header. By default the command's name;
               "approximation" where that is a function of C (abs, sqrt, exp) or no identifier
               (compare-and-swap)
    options -- those of the command line with _ for -, None where not given

    Raises WrongRequest, CannotBeMet, MachineFailed or Cancelled; TypeError where a value is of no
    type that an option has.
    """
    asked = request(command, name, options)
    return Function(checked(run(lambda told, user: library.equiripple_make(asked, told, user))))


def search_with(**options: Any) -> Choices:
    asked = request("search", None, options)
    result = run(lambda told, user: library.equiripple_search(asked, told, user))
    return choices_of(checked(result).text)


def survey_with(**options: Any) -> Survey:
    asked = request("survey", None, options)
    result = run(lambda told, user: library.equiripple_survey(asked, told, user))
    return survey_of(checked(result).text)
