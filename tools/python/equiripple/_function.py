"""A function that was made: its claims, its stages, its plan, its values, its files."""

from __future__ import annotations

import base64
import functools
import html
import json
import os
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from . import _desilofhe, _fhelium, _openfhe, _tenseal
from ._errors import CannotBeMet, WrongRequest
from ._evaluate import evaluate
from ._library import Result, library
from ._plan import Plan, plan_of
from ._progress import run
from ._request import checked
from ._types import ErrorBounds, Finding, Simulation, Stage
from ._write import AnyPath, write_text

# What a file is by its ending, and the endings of targets.
_TARGETS = {
    ".hpp": "cpp",
    ".json": "json",
    ".go": "lattigo",
    ".py": "python",
    ".mlir": "mlir",
    ".csv": "csv",
    ".tex": "latex",
    ".html": "report",
    ".svg": "plot",
}
_ENDINGS = {target: ending for ending, target in _TARGETS.items()}
_ENDINGS.update(openfhe=".hpp", seal=".hpp")


def _pairs(intervals: List[List[float]]) -> Tuple[Tuple[float, float], ...]:
    return tuple((lower, upper) for lower, upper in intervals)


def _stage(facts: Mapping[str, Any]) -> Stage:
    lower, upper = facts["basis"]
    return Stage(
        degree=facts["degree"],
        parity=facts["parity"],
        basis=(lower, upper),
        coefficients=tuple(facts["coefficients"]),
        domain=_pairs(facts["domain"]),
        range=_pairs(facts["range"]),
        error=ErrorBounds(**facts["error"]),
    )


class Function:
    """A function with a proved error; never changes. Made by relu(), minimax(), ..., or read().

    str() is the summary; two are equal where their artifacts are; pickle keeps the artifact.
    """

    def __init__(self, result: Result) -> None:
        self._result = result

    @functools.cached_property
    def _facts(self) -> Dict[str, Any]:
        inspected = library.equiripple_inspect(self._result.pointer, b"facts", None)
        facts: Dict[str, Any] = json.loads(checked(Result(inspected)).text)
        return facts

    @property
    def name(self) -> str:
        """An identifier: the namespace in a header."""
        return str(self._facts["name"])

    @property
    def kind(self) -> str:
        """"relu", "minimax", ..."""
        return str(self._facts["kind"])

    @property
    def description(self) -> str:
        """"relu(x) = max(x, 0) for |x| <= 50"."""
        return str(self._facts["description"])

    @property
    def command(self) -> str:
        """The command line that makes it."""
        return str(self._facts["command"])

    @property
    def remark(self) -> str:
        """On how it was made; empty where there is nothing to say."""
        return self._result.sentence

    @property
    def inputs(self) -> int:
        """1, or 2 for max, min and compare."""
        return int(self._facts["inputs"])

    @functools.cached_property
    def error(self) -> ErrorBounds:
        """What is known of the error of the whole."""
        return ErrorBounds(**self._facts["error"])

    @functools.cached_property
    def stages(self) -> Tuple[Stage, ...]:
        """The polynomials, the first one first."""
        return tuple(_stage(facts) for facts in self._facts["stages"])

    @functools.cached_property
    def plan(self) -> Optional[Plan]:
        """The operations on ciphertexts; None where coefficients have more than 53 bits, or fall off too fast."""
        plan = json.loads(self.json)["plan"]
        return None if plan is None else plan_of(plan)

    def _cost(self, name: str) -> Optional[int]:
        costs = self._facts["costs"]
        return None if costs is None else int(costs[name])

    @property
    def levels(self) -> Optional[int]:
        """Levels of the modulus that the plan consumes; None without a plan."""
        return self._cost("levels")

    @property
    def key_switches(self) -> Optional[int]:
        """Those of the plan; None without a plan."""
        return self._cost("key_switches")

    def __call__(self, *inputs: Any) -> Any:
        """The value at x, or of a and b where there are two inputs, in double, as the plan computes
        it; without a plan as the stages do. Also beyond the range, where nothing is claimed.

        A float of numbers; an array of numpy's arrays (or what becomes one, as a pandas Series),
        which are broadcast; else a list of sequences of one length, or of one and a number.
        """
        self._require_inputs(len(inputs))
        return evaluate(self._result, inputs)

    @property
    def json(self) -> str:
        """The artifact: what the command line writes to FILE.json."""
        return self._result.text

    def emit(self, target: str) -> str:
        """The function in another form.

        target -- "cpp", "json", "openfhe", "seal", "lattigo", "python", "mlir", "csv", "latex";
                  "program", which the runtime runs; "summary", "report" (HTML) or "plot" (SVG)

        Raises WrongRequest where there is no such form, or it cannot carry this function.
        """
        return checked(Result(library.equiripple_emit(self._result.pointer, target.encode()))).text

    def write(self, path: AnyPath, target: Optional[str] = None) -> None:
        """Writes a file, by its ending: .hpp (cpp), .json, .go (lattigo), .py (python), .mlir,
        .csv, .tex (latex), .html (report), .svg (plot). `target` says which where the ending does
        not: "openfhe" and "seal" are .hpp as well.

        It is written beside and renamed: never half a file; an unchanged one is left alone. The
        namespace in it is `name`, whatever the path: see named(). Raises WrongRequest where the
        ending is another, OSError of the file system.
        """
        ending = Path(path).suffix
        form = _TARGETS.get(ending) if target is None else target
        if form is None:
            known = ", ".join(_TARGETS)
            raise WrongRequest(f"'{os.fspath(path)}': must end in one of {known}", "path")
        right = _ENDINGS.get(form, ending)
        if ending != right:
            raise WrongRequest(f"'{os.fspath(path)}': a file of {form} ends in {right}", "path")
        write_text(path, self.emit(form))

    def named(self, name: str) -> Function:
        """The same function by another name. Raises WrongRequest where that is no identifier."""
        artifact = json.loads(self.json)
        artifact["name"] = name
        return read(json.dumps(artifact))

    def verify(self) -> Tuple[Finding, ...]:
        """Proves every claim again, from the artifact alone; what was found. Raises ClaimFails."""
        return verify(self.json)

    def on_openfhe(self, context: Any, *ciphertexts: Any, by: str = "plan") -> Any:
        """On ciphertexts of the package openfhe (1.6.1 and later); one, or two of max, min, compare.

        context -- the CryptoContext, in any scaling technique but the composite ones, with the
                   features LEVELEDSHE and, for by="series", ADVANCEDSHE; EvalMultKeyGen was called
        by      -- "plan": the operations of `plan`, with its levels and key switches; a level more
                   where the range does not fit the scale, or where `plan` leaves a factor in the
                   result, since the library reads at its own scales alone. "series": its own
                   EvalChebyshevSeries, stage after stage, with the levels that that takes

        Raises CannotBeMet where the levels do not suffice (before any work) or there is no such
        form, WrongRequest where a ciphertext or the context is wrong, ImportError without openfhe.
        """
        self._require_inputs(len(ciphertexts))
        if by == "plan":
            return _openfhe.by_plan(self._result, context, ciphertexts)
        if by != "series":
            raise WrongRequest(f"by='{by}': must be \"plan\" or \"series\"", "by")
        self._require_stages_alone()
        return _openfhe.by_series(self.kind, self.stages, context, ciphertexts)

    def on_tenseal(self, ciphertext: Any) -> Any:
        """On a CKKSVector or CKKSTensor of the package tenseal, by its polyval: in powers of x, with
        its levels, a relinearisation for each product. The plan needs products that it has not.

        Raises CannotBeMet where powers lose the error that is claimed, or there is no such form.
        """
        self._require_inputs(1)
        self._require_stages_alone()
        return _tenseal.by_powers(self.kind, self.stages, ciphertext)

    def on_desilofhe(self, engine: Any, relinearization_key: Any, *ciphertexts: Any) -> Any:
        """On ciphertexts of the package desilofhe, in NTT form or out of it: the operations of `plan`,
        with its key switches; its levels, and one more where the range is not 1, and where `plan`
        leaves a factor in the result, as the library keeps scales by itself. Its own
        evaluate_chebyshev_polynomial wants ciphertexts out of NTT form.

        Raises CannotBeMet where the levels do not suffice (before any work) or there is no plan.
        """
        self._require_inputs(len(ciphertexts))
        if self.plan is None:
            raise CannotBeMet("the function has no plan for ciphertexts")
        return _desilofhe.by_plan(self.plan, engine, relinearization_key, ciphertexts)

    def on_fhelium(self, engine: Any, relinearization_key: Any, *ciphertexts: Any) -> Any:
        """On ciphertexts of the package fhelium (0.30), in NTT form or out of it: the operations of
        `plan`, with its levels and key switches, and scales as in C++; the result is in NTT form.

        engine -- an Engine of fhelium.eager

        Raises CannotBeMet where the levels do not suffice (before any work) or there is no plan,
        WrongRequest where a ciphertext is wrong, ImportError without fhelium.
        """
        self._require_inputs(len(ciphertexts))
        return _fhelium.by_plan(self._result, engine, relinearization_key, ciphertexts)

    def _require_inputs(self, count: int) -> None:
        if count != self.inputs:
            takes = "1 input" if self.inputs == 1 else "2 inputs"
            raise TypeError(f"{self.kind} takes {takes}, not {count}")

    # Of what stages alone do not say there is a plan, and nothing else.
    def _require_stages_alone(self) -> None:
        steps = [step["op"] for step in json.loads(self.json).get("steps", ())]
        if self.kind in ("inverse", "rsqrt", "sqrt") or any(s != "polynomial" for s in steps):
            raise CannotBeMet(f"{self.kind}: what follows its polynomials is a plan alone")

    def simulate(self, ckks: str = "logN=15,scale=2^40") -> Simulation:
        """What these parameters leave of the function on ciphertexts, by simulation.

        ckks -- ring dimension 2^logN, and a scale from 2^20 to 2^60

        Raises WrongRequest where they are wrong, or there is no plan.
        """
        inspected = library.equiripple_inspect(self._result.pointer, b"simulation", ckks.encode())
        found = json.loads(checked(Result(inspected)).text)
        return Simulation(
            bits=found["bits"],
            log2_noise=found["log2_noise"],
            log2_mean_noise=found["log2_mean_noise"],
            levels=found["levels"],
            parameters=found["parameters"],
        )

    def summary(self) -> str:
        """Claims, stages and costs for people."""
        return self.emit("summary")

    def report(self, path: Optional[AnyPath] = None) -> str:
        """A page with pictures (HTML); also written to `path`, which ends in .html."""
        return self._picture("report", path)

    def plot(self, path: Optional[AnyPath] = None) -> str:
        """The error as curves (SVG); also written to `path`, which ends in .svg."""
        return self._picture("plot", path)

    def _picture(self, form: str, path: Optional[AnyPath]) -> str:
        if path is not None:
            self.write(path, form)
        return self.emit(form)

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return f"<equiripple.Function {self.name}: {self.description}>"

    def _repr_html_(self) -> str:
        """In a notebook: the summary, and the error as curves, an image of its own."""
        image = base64.b64encode(self.plot().encode()).decode()
        return (
            f"<pre>{html.escape(self.summary())}</pre>\n"
            f'<img alt="{html.escape(self.description)}: the error" '
            f'src="data:image/svg+xml;base64,{image}">'
        )

    def __eq__(self, other: object) -> bool:
        return self.json == other.json if isinstance(other, Function) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.json)

    def __reduce__(self) -> Tuple[Callable[[str], Function], Tuple[str]]:
        return read, (self.json,)


def _content(source: Any) -> bytes:
    """Of a path, or the text itself."""
    if isinstance(source, str) and ("\n" in source or source.lstrip().startswith("{")):
        content = source.encode("utf-8", "surrogatepass")
    elif isinstance(source, bytes):
        content = source
    else:
        content = Path(source).read_bytes()
    if b"\0" in content:
        raise WrongRequest("the text has a zero byte: it is no artifact and no C++ header")
    return content


def read(source: Any) -> Function:
    """The function in an artifact or in a C++ header that equiripple emitted.

    source -- a path, or the text itself: one with a line break, or that begins with {

    Claims are taken as they are stated: verify() proves them. Raises WrongRequest where the text
    is neither, OSError of the file system.
    """
    return Function(checked(Result(library.equiripple_read(_content(source)))))


def verify(source: Any) -> Tuple[Finding, ...]:
    """Proves every claim of an artifact or a C++ header again, from its text alone; what was found.

    source -- as of read()

    Raises ClaimFails where one does not hold, with what was found so far; WrongRequest where the
    text is neither; OSError of the file system.
    """
    content = _content(source)
    result = checked(run(lambda told, user: library.equiripple_verify(content, told, user)))
    return tuple(Finding(**one) for one in json.loads(result.text))
