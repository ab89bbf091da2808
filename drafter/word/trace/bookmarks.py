"""Bookmarks of a file with where they stand in its text, and numbers that nothing in the file has yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter.trace import NAME
from drafter.word.element import Element, w
from drafter.word.kinds import attribute, kind
from drafter.word.trace.file import File

LARGEST = 2**31 - 2
"""Word reads the numbers of bookmarks and drawings as 32 bits with a sign."""
_NUMBER = rb"<(?:\w+:)?%s\b[^>]*?\bid=[\"'](\d+)[\"']"

Point = tuple[int, int]
"""Paragraph (its index among the strands) and offset."""


@dataclass(slots=True)
class Bookmark:
    """A bookmark whose two ends were found, and where they stood when the file was read."""

    name: str
    start: Element
    end: Element
    first: Point
    last: Point
    gone: bool = False
    ours: bool = field(init=False)
    """Whether it is a figure's."""

    def __post_init__(self) -> None:
        self.ours = NAME.fullmatch(self.name) is not None

    @property
    def filled(self) -> bool:
        """Whether it is a figure's that is there and covers anything."""
        return self.ours and not self.gone and self.first < self.last

    def inside(self, at: int, start: int, end: int) -> bool:
        """Whether it covers nothing beyond a range of a paragraph."""
        return self.first >= (at, start) and self.last <= (at, end)

    def remove(self) -> None:
        """Take both ends out of the file."""
        self.gone = True
        for edge in (self.start, self.end):
            detach(edge)


def detach(element: Element) -> None:
    """Take an element out of its parent; one without is left alone."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def bookmarks(file: File) -> list[Bookmark]:
    """The bookmarks of all stories, in order of their ends."""
    places: dict[Element, Point] = {}
    for at, strand in enumerate(file.strands):
        places[strand.element] = (at, 0)
        places.update({node.element: (at, node.end) for node in strand.nodes})
    return [found for root in file.roots.values() for found in _within(root, places, file)]


def _within(root: Element, places: dict[Element, Point], file: File) -> Iterator[Bookmark]:
    here: Point = (min((places[one][0] for one in root.iter() if one in places), default=0) - 1, 0)
    opened: dict[str, tuple[str, Element, Point]] = {}
    for one in root.iter():
        here = places.get(one, here)
        name = kind(one)
        if name == "bookmarkStart":
            place = here if _open(one, here, file) else (here[0] + 1, 0)
            opened[attribute(one, "id") or ""] = (attribute(one, "name") or "", one, place)
        elif name == "bookmarkEnd" and (attribute(one, "id") or "") in opened:
            called, start, first = opened.pop(attribute(one, "id") or "")
            yield Bookmark(called, start, one, first, max(here, first))


def _open(mark: Element, here: Point, file: File) -> bool:
    """Whether a mark stands in the paragraph that was begun last, and not between paragraphs."""
    return here[0] >= 0 and file.strands[here[0]].element in mark.iterancestors()


@dataclass(slots=True)
class Numbers:
    """The next free numbers of bookmarks and drawings: nothing in any part of the file has them."""

    file: File
    taken: dict[str, set[int]] = field(default_factory=dict)

    def bookmark(self) -> int:
        """For w:bookmarkStart and its end."""
        return self._next("bookmarkStart")

    def drawing(self) -> int:
        """For wp:docPr."""
        return self._next("docPr")

    def _next(self, name: str) -> int:
        if name not in self.taken:
            self.taken[name] = set(self._known(name))
        taken = self.taken[name]
        number = max(taken, default=0) + 1
        if number > LARGEST:
            number = next(n for n in range(1, LARGEST) if n not in taken)
        taken.add(number)
        return number

    def _known(self, name: str) -> Iterator[int]:
        for root in self.file.roots.values():
            for one in root.iter(f"{{*}}{name}"):
                told = attribute(one, "id") or ""
                yield from (int(told),) if told.isascii() and told.isdecimal() else ()
        pattern = re.compile(_NUMBER % name.encode())
        for entry, content in self.file.members.items():
            if entry not in self.file.roots and entry.lower().endswith(".xml"):
                yield from map(int, pattern.findall(content))


def bound(name: str, number: int, *content: Element) -> tuple[Element, ...]:
    """What stands between the two ends of a bookmark, and these."""
    return w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)
