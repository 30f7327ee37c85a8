"""What search() and survey() find: rows, for people, programs and pandas."""

from __future__ import annotations

import html
import importlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context
from typing import Any, ClassVar, Generic, List, Mapping, Optional, Tuple, TypeVar


@dataclass(frozen=True)
class Choice:
    """A choice of degrees, and what it has.

    degrees      -- of the stages; a single even one is a polynomial of the function itself
    levels       -- that its plan consumes
    key_switches -- of its plan
    latency      -- in the table's latency_unit
    bits         -- -log2 of `error`, rounded down
    gap          -- of sign, relative to the range; 0 where there is none
    error        -- of the whole, at most; rounded up
    attained     -- and at least so much somewhere; rounded down
    evidence     -- of `error`: "proved" or "measured"
    metric       -- of both: "absolute", or "relu": divided by the range
    """

    degrees: Tuple[int, ...]
    levels: int
    key_switches: int
    latency: float
    bits: float
    gap: float
    error: float
    attained: float
    evidence: str
    metric: str


@dataclass(frozen=True)
class Method:
    """A method of the survey; what was not made has only method, source and obstacle.

    method           -- its name
    source           -- where it is from
    obstacle         -- why there is none; empty where it was made
    command          -- the command line that makes it
    degrees          -- of its stages
    error            -- the largest over the range, in units of the function, rounded up
    evidence         -- of it: "proved" or "measured"
    root_mean_square -- of the error over the samples
    levels, key_switches, latency -- of its plan; None without one
    bits             -- that are left on ciphertexts, by simulation; None where none are
    """

    method: str
    source: str
    obstacle: str = ""
    command: str = ""
    degrees: Tuple[int, ...] = ()
    error: Optional[float] = None
    evidence: str = ""
    root_mean_square: Optional[float] = None
    levels: Optional[int] = None
    key_switches: Optional[int] = None
    latency: Optional[float] = None
    bits: Optional[float] = None


Row = TypeVar("Row")


# Four digits, rounded so that the claim holds.
_ROUNDINGS = {"error": ROUND_CEILING, "bits": ROUND_FLOOR}


def _text(name: str, cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return ",".join(map(str, cell))
    if isinstance(cell, float):
        context = Context(prec=4, rounding=_ROUNDINGS.get(name, ROUND_HALF_EVEN))
        return f"{context.create_decimal(cell).normalize():g}"
    return str(cell)


@dataclass(frozen=True, repr=False)
class _Table(Sequence, Generic[Row]):  # type: ignore[type-arg]
    rows: Tuple[Row, ...]
    json: str  # as the command line prints it

    _columns: ClassVar[Tuple[str, ...]] = ()

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def to_pandas(self) -> Any:
        """A DataFrame with a column for each field. Needs pandas."""
        return importlib.import_module("pandas").DataFrame([vars(row) for row in self.rows])

    def _title(self) -> str:
        return ""

    def _lines(self) -> List[List[str]]:
        head = [name.replace("_", " ") for name in self._columns]
        return [head] + [
            [_text(name, getattr(row, name)) for name in self._columns] for row in self.rows
        ]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._title()}; {len(self)} rows>"

    def __str__(self) -> str:
        lines = self._lines()
        widths = [max(map(len, column)) for column in zip(*lines)]
        rows = (
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
            for line in lines
        )
        return "\n".join([self._title(), "", *rows])

    def _repr_html_(self) -> str:
        head, *body = self._lines()
        cells = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>"
            for line in body
        )
        return f"<p>{html.escape(self._title())}</p><table><tr>{cells}</tr>{rows}</table>"


@dataclass(frozen=True, repr=False)
class Choices(_Table[Choice]):
    """A sequence of Choice; str() is a table.

    function     -- what was searched for
    latency_unit -- of `latency`
    error_unit   -- what errors are counted in: of metric "relu" the range, else 1
    remark       -- on what the rows say
    rows, json   -- the choices, and the text that the command line prints with --json
    """

    function: str = ""
    latency_unit: str = ""
    error_unit: float = 1.0
    remark: str = ""

    _columns = ("degrees", "levels", "key_switches", "latency", "bits")

    def _title(self) -> str:
        return self.function


@dataclass(frozen=True, repr=False)
class Survey(_Table[Method]):
    """A sequence of Method; str() is a table.

    activation -- the function, an expression in x
    range      -- |x| is at most this, as it was given
    samples    -- how many were given; 0: the root mean square is over the range, evenly
    ckks       -- the parameters of the simulation
    rows, json -- the methods, and the text that the command line prints with --json
    """

    activation: str = ""
    range: str = ""
    samples: int = 0
    ckks: str = ""

    _columns = (
        "method",
        "error",
        "root_mean_square",
        "levels",
        "key_switches",
        "latency",
        "bits",
        "obstacle",
    )

    def _title(self) -> str:
        return f"{self.activation} for |x| <= {self.range}; bits on ciphertexts of {self.ckks}"


def _choice(row: Mapping[str, Any]) -> Choice:
    error = row["error"]
    return Choice(
        degrees=tuple(row["degrees"]),
        levels=row["levels"],
        key_switches=row["key_switches"],
        latency=row["latency"],
        bits=row["bits"],
        gap=float.fromhex(row["gap"]),
        error=float.fromhex(error["upper"]),
        attained=float.fromhex(error["attained"]),
        evidence=error["evidence"],
        metric=error["metric"],
    )


def choices_of(text: str) -> Choices:
    front = json.loads(text)
    return Choices(
        rows=tuple(_choice(row) for row in front["choices"]),
        json=text,
        function=front["function"],
        latency_unit=front["latency_unit"],
        error_unit=float.fromhex(front["error_unit"]),
        remark=front["remark"],
    )


def _method(row: Mapping[str, Any]) -> Method:
    known = {field.name for field in fields(Method)}
    cells = {name: cell for name, cell in row.items() if name in known}
    if "degrees" in cells:
        cells["degrees"] = tuple(cells["degrees"])
    if "error" in cells:
        cells["error"] = float.fromhex(cells["error"])
    return Method(**cells)


def survey_of(text: str) -> Survey:
    survey = json.loads(text)
    return Survey(
        rows=tuple(_method(row) for row in survey["methods"]),
        json=text,
        activation=survey["activation"],
        range=survey["range"],
        samples=survey["samples"],
        ckks=survey["ckks"],
    )
