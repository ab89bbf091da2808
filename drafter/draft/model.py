"""草稿: one report of one period, and whether it may be written."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.diagnostic import Diagnostic, Severity
from drafter.document import Document
from drafter.layout import Layout
from drafter.missing import Missing
from drafter.outline import Outline
from drafter.period import Period
from drafter.report import Report
from drafter.source import Span

LEAVES_A_DRAFT = ("F201", "T102", "T114", "T115", "T116", "T117", "N", "H")
"""Starts of the codes of errors that leave a draft: a missing fact or picture stands in it as 【待补】, a fault of numbering
is seen."""


@dataclass(frozen=True, slots=True)
class Draft:
    """草稿: one report of one period. `outline` is None when there is no draft at all."""

    report: Report
    period: Period
    outline: Outline | None
    diagnostics: tuple[Diagnostic, ...] = ()
    missing: tuple[Missing, ...] = ()
    document: Document | None = None
    """The outline with the elements of the 公文 around it."""
    layout: Layout | None = None
    author: str = ""
    date: tuple[int, int, int] | None = None
    verbatim: str | None = None
    """体例 原样: the text as its templates print it, to the last blank."""

    @property
    def sound(self) -> bool:
        """Whether it may be written: nothing is wrong but facts still missing."""
        return self.outline is not None and not any(
            not d.code.startswith(LEAVES_A_DRAFT) for d in self.diagnostics if d.severity is Severity.ERROR
        )


def once(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, in the order found; a loop says the same thing of one place many times."""
    found: dict[tuple[str, str, Span], Diagnostic] = {}
    for one in diagnostics:
        found.setdefault((one.code, one.message, one.span), one)
    return tuple(found.values())
