"""出处: what a figure in a finished file is traced by, and the paragraphs of a file with where its figures stand.

A file that drafter writes carries a record of what was generated: every paragraph, and every printed value with its
fact. What stands in the file later is compared with it, whoever edited it with what.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from drafter.source import Origin

OBJECT = "\ufffc"
"""What stands in a paragraph's text for a drawing: one character."""
NAME = re.compile(r"_D[A-Z2-7]{6}_\d{1,7}", re.IGNORECASE)
"""A bookmark of a figure. Word hides names that begin with _ and compares them without regard to case."""


def key_of(target: str, period: str) -> str:
    """What the bookmarks of one report of one period share: two reports never have one name for two figures."""
    return b32encode(hashlib.sha256(f"{target}|{period}".encode()).digest())[:6].decode()


def name_of(key: str, number: int) -> str:
    """The bookmark of a figure, from 1."""
    return f"_D{key}_{number}"


@dataclass(frozen=True, slots=True)
class Traced:
    """A printed value as it was generated, and what it is made of."""

    text: str
    origin: Origin
    blank: int = 0
    """Values with the same number were printed by one blank of a template."""
    lead: str = ""
    """Words that the same blank printed right before it: 同比下降."""
    tail: str = ""
    """Words that the same blank printed behind it, where no other value of it follows."""
    drawn: tuple[Traced, ...] = ()
    """The values that a chart shows; the bookmark is the chart's."""

    @property
    def wording(self) -> str:
        """The value with the words that say what it means."""
        return f"{self.lead}{self.text}{self.tail}"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands in the text of a paragraph."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph as it stands in a file: its text without automatic numbers, and where its figures stand.

    Tabs and line breaks are characters, a drawing is OBJECT; what a tracked change took away is not there.
    `cell` is (table, row, column) of a paragraph in a table, each counted from 0, tables through the whole file.
    """

    text: str
    spots: tuple[Spot, ...] = ()
    cell: tuple[int, int, int] | None = None

    def of(self, spot: Spot) -> str:
        """The text of a figure."""
        return self.text[spot.start : spot.end]


@dataclass(frozen=True, slots=True)
class Record:
    """What was generated: the report and its period, its paragraphs, its figures by bookmark."""

    target: str
    period: str
    paragraphs: tuple[Printed, ...] = ()
    figures: Mapping[str, Traced] = field(default_factory=lambda: MappingProxyType({}))
    told: tuple[str, ...] = ()
    """Digests of what a refresh has told already: what is settled by hand is not told again."""
    title: str = ""
    """The title that was written among the file's properties."""

    @property
    def key(self) -> str:
        """What its bookmarks share."""
        return key_of(self.target, self.period)
