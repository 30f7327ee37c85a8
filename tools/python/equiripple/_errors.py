"""What the package raises. Each error has the sentence that the command line would print."""

from __future__ import annotations

from typing import ClassVar, Optional, Sequence, Tuple

from ._types import Finding


class Error(Exception):
    """The end of a call that was not what was asked for.

    sentence -- for people: what is wrong, and what would be right
    option   -- the keyword that the sentence is about, "max_levels"; None where there is none
    status   -- a number for each class: the exit status of the command line, where it has one
    """

    status: ClassVar[int] = 0

    def __init__(self, sentence: str, option: Optional[str] = None) -> None:
        super().__init__(sentence, option)
        self.sentence = sentence
        self.option = option

    def __str__(self) -> str:
        return self.sentence


class WrongRequest(Error, ValueError):
    """A word of the request is wrong, or the text that was read is no function."""

    status = 2


class CannotBeMet(Error):
    """The request is sound and cannot be met; the sentence says the best that can."""

    status = 3


class ClaimFails(Error):
    """A claim of a file does not hold, or is not proved.

    findings -- what was found, up to the claim that fails
    """

    status = 4

    def __init__(
        self, sentence: str, option: Optional[str] = None, findings: Sequence[Finding] = ()
    ) -> None:
        super().__init__(sentence, option)
        self.args = (sentence, option, tuple(findings))  # for pickle
        self.findings: Tuple[Finding, ...] = tuple(findings)


class MachineFailed(Error):
    """File system or memory."""

    status = 5


class Cancelled(Error):
    """The function that progress() was given ended the work."""

    status = 6


OF_STATUS = {kind.status: kind for kind in (WrongRequest, CannotBeMet, MachineFailed, Cancelled)}
CLAIM_FAILS = ClaimFails.status
