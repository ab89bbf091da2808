"""What is to be done to a file: the result of a merge, and all that the writer of it is told.

Places are paragraphs (by index) and offsets of the file as it stands, before anything is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from drafter.trace import Record

PARAGRAPH, ROW, TABLE = "段", "行", "表"
"""What is put in or taken away: a paragraph, a row of a table, a table. A paragraph may hold a drawing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text to be put in; with the bookmark of a figure when it is one."""

    text: str
    name: str = ""
    missing: bool = False
    """A fact that is not known yet: it is highlighted."""


@dataclass(frozen=True, slots=True)
class Change:
    """The text of a paragraph from `start` to `end` becomes the pieces; looks are kept.

    `name`: the text of one figure changes, and its bookmark stays where it is.
    """

    at: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Insertion:
    """What is generated now, paragraph `source` on, is put in behind (or before) what holds paragraph `at`.

    For a ROW and a TABLE, `source` is the first paragraph of its first cell. Several at one place stand in their order.
    """

    what: str
    source: int
    at: int
    before: bool = False
    text: str = ""
    """What it says, to be told."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What holds paragraph `at` goes: the paragraph, its row, its table."""

    what: str
    at: int


@dataclass(frozen=True, slots=True)
class Redrawing:
    """The chart of a bookmark shows other numbers: it is drawn anew from paragraph `source` of what is generated now."""

    name: str
    source: int


EDITED, CLASHED, UNKNOWN, GONE, PASTED, SUMS = "手改", "两边都改", "没有书签", "事实没有了", "粘贴", "合计"
"""Kinds of conflicts: a figure changed by hand; a passage changed by hand and by the facts; a figure typed again, without
its bookmark; a passage edited by hand whose fact is no more; figures of another report; totals
of a table whose rows a hand added or deleted."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where what a hand did and what the facts say do not agree: the hand's stays, a comment says what the facts say.

    `at` is -1 where the passage was deleted by hand, so that there is no place for a comment.
    """

    kind: str
    at: int
    start: int
    end: int
    here: str
    """What stands in the file."""
    now: str
    """What would be generated now; empty when nothing would."""
    name: str = ""
    """The bookmark, for a conflict about one figure."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words that are generated otherwise now: told, not done (a Change does it). Empty before: they are new."""

    at: int
    start: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Update:
    """A figure that got another value: told, not done (a Change does it)."""

    name: str
    before: str
    after: str
    at: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be done, and what is to be told of it."""

    changes: tuple[Change, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    removals: tuple[Removal, ...] = ()
    redrawings: tuple[Redrawing, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    updates: tuple[Update, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Bookmark in what is generated now → bookmark in the file: a figure that was there keeps its own."""
    record: Record = field(default_factory=lambda: Record("", ""))
    """What the file was generated from when all is done."""
    typed: tuple[int, ...] = ()
    """Paragraphs of the file that a hand wrote, or changed."""

    @property
    def idle(self) -> bool:
        """Whether nothing is to be done to the text."""
        return not (self.changes or self.insertions or self.removals or self.redrawings)
