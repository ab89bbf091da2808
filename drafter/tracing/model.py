"""What is known of the figures of a file: as generated, as they stand, as they would be printed now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from drafter.diagnostic import Diagnostic, Severity
from drafter.source import Origin
from drafter.trace import Traced

_LOOK = ("R102", "R104")
"""Codes of warnings that want a look: figures of another report, directions turned by hand."""
SAME, EDITED, STALE, LOST = "same", "edited", "stale", "lost"
STATES = {SAME: "一致", EDITED: "手改", STALE: "过期", LOST: "没了"}
"""State of a figure → the word a clerk reads."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One figure. A value that a chart shows is one too; it has the bookmark and the state of the chart."""

    bookmark: str
    state: str
    text: str
    """What stands in the file; of a lost figure what was generated."""
    was: Traced
    now: Traced | None = None
    """What would be printed now; None when nothing would, or nobody can tell."""
    address: str = ""
    """Where it stands in this file, in official speech: 三、（二）第2段."""
    agrees: bool = False
    """Edited or typed again by hand, and what stands there is what the facts say now (where nobody can tell what they
    say: what was generated)."""
    retyped: str = ""
    """Lost, and what a hand typed in its place, at `address`."""

    @property
    def origin(self) -> Origin:
        """What it is made of: as the facts have it now, where they do; their lines may have moved."""
        now = self.now.origin if self.now else None
        return now if now and now.span else self.was.origin

    @property
    def wants_a_look(self) -> bool:
        """Whether what stands there is not what the facts say."""
        by_hand = self.state == EDITED or bool(self.retyped)
        return self.state == STALE or (by_hand and not self.agrees)


@dataclass(frozen=True, slots=True)
class Traces:
    """The figures of one file, in its order."""

    file: str
    target: str
    period: str
    figures: tuple[Seen, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    judged: bool = False
    """Whether the facts could be asked, so that what is stale is known."""

    @property
    def wants_a_look(self) -> bool:
        """Whether somebody should look at a place of the file."""
        told = any(d.severity is Severity.WARNING and d.code in _LOOK for d in self.diagnostics)
        return told or any(one.wants_a_look for one in self.figures)

    @property
    def counts(self) -> Mapping[str, int]:
        """State → how many figures; every state is there."""
        found = Counter(one.state for one in self.figures)
        return {state: found[state] for state in STATES}
