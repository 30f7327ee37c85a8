"""Long work: what is shown of it, and how it ends early.

The library works in a thread of its own while the main thread waits, so that Ctrl-C is obeyed: the
work ends at its next part; a second Ctrl-C does not wait for that. In other threads, which get no
Ctrl-C, it is called directly.
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from typing import Any, Callable, List, Optional, TextIO, Union

from ._library import Progress, Result

#: Is told what is being worked on; False ends the work.
Report = Callable[[str], Optional[bool]]

#: A call of the library, given its progress function and that one's argument.
Call = Callable[[Any, None], Optional[int]]

AUTOMATIC = "automatic"

_POLL = 0.05  # seconds; chosen: no person sees the delay
_PATIENCE = 1.0  # seconds before a line is shown, as the command line waits

_report: Union[Report, str, None] = AUTOMATIC


def progress(report: Union[Report, str, None]) -> Union[Report, str, None]:
    """Says who is told of long work from now on, in all threads; returns who was until now.

    report -- a function of one string, what is being worked on. It is called in the thread that
              asked for the work, at most 20 times a second; where it returns False the work ends
              at its next part, and Cancelled is raised. What it raises ends the work as well.
              None: nobody. "automatic", as in the beginning: a line that is written over itself,
              where standard error is a terminal or in a notebook, of the main thread's work.
    """
    global _report
    if report is not None and report != AUTOMATIC and not callable(report):
        raise TypeError(f'progress: {report!r} is no function, None or "{AUTOMATIC}"')
    before, _report = _report, report
    return before


class _Line:
    """What is being worked on, in one line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.begin = time.monotonic()
        self.width = 0

    def show(self, work: str) -> None:
        if time.monotonic() < self.begin + _PATIENCE:
            return
        line = " ".join(work.split())[: shutil.get_terminal_size().columns - 1]
        padded = line.ljust(self.width)
        self.width = len(padded)  # first: Ctrl-C may come while it is written
        self.stream.write("\r" + padded)
        self.stream.flush()
        self.width = len(line)

    def erase(self) -> None:
        if self.width:
            self.stream.write("\r" + " " * self.width + "\r")
            self.stream.flush()


def _stream() -> Optional[TextIO]:
    """Where people look: a terminal, or a notebook's output; None where nobody does."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if type(shell).__name__ == "ZMQInteractiveShell":
        return sys.stdout
    try:
        return sys.stderr if sys.stderr.isatty() else None
    except (AttributeError, ValueError):  # there is none, or it is closed
        return None


def run(call: Call) -> Result:
    """The result of the call, with progress and Ctrl-C."""
    report = _report
    if threading.current_thread() is not threading.main_thread():
        return _run_here(call, report if callable(report) else None)
    stream = _stream() if report == AUTOMATIC else None
    if stream is None:
        return _run_beside(call, report if callable(report) else None)
    line = _Line(stream)
    try:
        return _run_beside(call, line.show)
    finally:
        line.erase()


def _run_here(call: Call, report: Optional[Report]) -> Result:
    if report is None:
        return Result(call(Progress(), None))
    raised: List[BaseException] = []

    def told(work: bytes, _user: Any) -> int:
        try:
            return int(report(work.decode("utf-8", "replace")) is False)
        except BaseException as error:  # which ctypes would print and forget
            raised.append(error)
            return 1

    result = Result(call(Progress(told), None))
    if raised:
        raise raised[0]
    return result


class _Beside(threading.Thread):
    """The call in another thread, which the main thread watches."""

    def __init__(self, call: Call) -> None:
        super().__init__(name="equiripple")
        self.call = call
        self.said: Optional[bytes] = None
        self.stop = False
        self.done = threading.Event()
        self.result: Optional[Result] = None
        self.error: Optional[BaseException] = None
        self.told = Progress(self._told)

    def _told(self, work: bytes, _user: Any) -> int:
        self.said = work
        return int(self.stop)

    def run(self) -> None:
        try:
            self.result = Result(self.call(self.told, None))
        except BaseException as error:  # raised again where the result is awaited
            self.error = error
        finally:
            self.done.set()


def _run_beside(call: Call, report: Optional[Report]) -> Result:
    beside = _Beside(call)
    try:
        beside.start()
        while not beside.done.wait(_POLL):
            said, beside.said = beside.said, None
            if said is not None and report is not None:
                if report(said.decode("utf-8", "replace")) is False:
                    beside.stop = True
    except BaseException:  # above all KeyboardInterrupt
        beside.stop = True
        if beside.ident is not None:
            beside.done.wait()  # a second Ctrl-C does not wait
        raise
    beside.join()
    if beside.error is not None:
        raise beside.error
    assert beside.result is not None
    return beside.result
