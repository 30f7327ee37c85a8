"""A plan on the ciphertexts of a library: levels, scales and encodings fixed by the runtime before any work."""

from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, Mapping, Optional, Protocol, Sequence

from ._library import Result, library
from ._request import checked

# Of one input: the rescalings that it has left, and the scale that it is read at.
Input = Mapping[str, Any]


class Operations(Protocol):
    """What a library must be able to do; ciphertexts are never changed. A call has "level" and
    "scale" of its result, and "scalar" with its "encoding", or "integer"."""

    def multiply(self, call: Mapping[str, Any], x: Any, y: Any) -> Any: ...
    def square(self, call: Mapping[str, Any], x: Any) -> Any: ...
    def relinearize(self, call: Mapping[str, Any], x: Any) -> Any: ...
    def rescale(self, call: Mapping[str, Any], x: Any) -> Any: ...
    def multiply_scalar(self, call: Mapping[str, Any], x: Any) -> Any: ...
    def add_scalar(self, call: Mapping[str, Any], x: Any) -> Any: ...
    def multiply_integer(self, call: Mapping[str, Any], x: Any) -> Any: ...
    def add(self, call: Mapping[str, Any], x: Any, y: Any) -> Any: ...
    def sub(self, call: Mapping[str, Any], x: Any, y: Any) -> Any: ...
    def drop(self, call: Mapping[str, Any], x: Any) -> Any: ...
    def read(self, call: Mapping[str, Any], x: Any) -> Any: ...


def schedule(
    result: Result,
    moduli: Sequence[float],
    inputs: Sequence[Input],
    prescribed: Optional[Sequence[float]] = None,
) -> Dict[str, Any]:
    """The calls (equiripple.h). Raises CannotBeMet where levels or scales do not suffice."""
    parameters: Dict[str, Any] = {"moduli": list(moduli), "inputs": list(inputs)}
    if prescribed is not None:
        parameters["prescribed"] = list(prescribed)
    text = json.dumps(parameters).encode()
    found: Dict[str, Any] = json.loads(
        checked(Result(library.equiripple_inspect(result.pointer, b"schedule", text))).text
    )
    return found


def carry_out(scheduled: Mapping[str, Any], operations: Operations, inputs: Sequence[Any]) -> Any:
    """The result of the calls; values are freed when nothing needs them any more."""
    calls = scheduled["calls"]
    last_use = {scheduled["result"]: len(calls)}
    for i, call in enumerate(calls):
        for operand in call["operands"]:
            last_use[operand] = max(i, last_use.get(operand, 0))
    values: List[Any] = list(inputs)
    for i, call in enumerate(calls):
        apply: Callable[..., Any] = getattr(operations, call["operation"])
        values.append(apply(call, *(values[operand] for operand in call["operands"])))
        for operand in call["operands"]:
            if last_use[operand] == i:
                values[operand] = None
    return values[scheduled["result"]]
