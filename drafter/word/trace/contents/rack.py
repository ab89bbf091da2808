"""Lines of a 目录 made and put: the copy of a line that leads elsewhere, and the signs of the field around them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from drafter.word.element import Element, W
from drafter.word.kinds import attribute, child, kind
from drafter.word.trace.adopt import unnumber
from drafter.word.trace.bookmarks import detach
from drafter.word.trace.contents import toc
from drafter.word.trace.contents.toc import Entry, Field

_HELD = ("sectPr", "commentReference", "footnoteReference", "endnoteReference", "commentRangeStart", "commentRangeEnd")
"""What a line does not go with."""


def is_held(entry: Entry) -> bool:
    """Whether a line holds what must not go with it."""
    return any(kind(one) in _HELD for one in entry.paragraph.iter())


def copied(like: Entry, name: str) -> Entry:
    """A line like another one that leads elsewhere, without page: nobody knows it yet."""
    at = [list(like.paragraph.iter()).index(one) for one in like.words]
    paragraph = deepcopy(like.paragraph)
    paragraph.tail = None
    inner = list(paragraph.iter())
    made = Entry(paragraph, [inner[n] for n in at])
    unnumber(paragraph)
    for one in inner:
        if kind(one) in ("bookmarkStart", "bookmarkEnd", "proofErr", *_HELD):
            detach(one)
        elif kind(one) == "hyperlink" and attribute(one, "anchor"):
            one.set(f"{{{W}}}anchor", name)
    for one, found in toc.paged(paragraph):
        code = one.text or ""
        one.text = code[: found.start(1)] + name + code[found.end(1) :]
    for one in _behind(made):
        detach(one)
    return made


def _behind(entry: Entry) -> Iterator[Element]:
    """The page number of a line."""
    inner = list(entry.paragraph.iter())
    last = inner.index(entry.words[-1])
    yield from (one for one in inner[last + 1 :] if kind(one) == "t")


class Rack:
    """The signs of a 目录 lifted out of its first and last line, and put back into those that are first and last then."""

    def __init__(self, of: Field, entries: Sequence[Entry]) -> None:
        self.front: list[Element] = []
        self.back: list[Element] = []
        first, last = entries[0].paragraph, entries[-1].paragraph
        self.stuck = len({one.paragraph.getparent() for one in entries}) != 1
        begin, separate, end = (_run(one) for one in (of.begin, of.separate, of.end))
        opening, closing = _within(separate, first), _within(end, last)
        if opening and any(one is None or one.getparent() is not first for one in (begin, separate)):
            self.stuck = True
        if closing and (end is None or end.getparent() is not last):
            self.stuck = True
        if self.stuck:
            return
        if opening and begin is not None and separate is not None:
            self.front = list(first)[first.index(begin) : first.index(separate) + 1]
        if closing and end is not None:
            self.back = [end]
        for one in (*self.front, *self.back):
            detach(one)

    def close(self, paragraphs: Sequence[Element]) -> None:
        """Put the signs back."""
        at = int(child(paragraphs[0], "pPr") is not None)
        paragraphs[0][at:at] = self.front
        paragraphs[-1].extend(self.back)


def _run(sign: Element | None) -> Element | None:
    return None if sign is None else sign.getparent()


def _within(run: Element | None, paragraph: Element) -> bool:
    return run is not None and paragraph in run.iterancestors()
