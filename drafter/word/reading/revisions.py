"""Tracked changes of the text, counted as a person sees them: what touches and is of one kind is one change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from drafter.word.element import Element
from drafter.word.kinds import SKIPPED, branch, child, kind, properties

_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_ROWS = {"tr": ("trPr", {"ins": "ins", "del": "del"}), "tc": ("tcPr", {"cellIns": "ins", "cellDel": "del"})}
"""Rows and cells: their properties, and the marks there that change all within."""
_OF_MARKS = {name: name for name in _CHANGES}
_WORDS = frozenset(("t", "delText", "m:t", "a:t"))
_SIGNS = frozenset(("tab", "ptab", "br", "cr", "sym", "noBreakHyphen"))
_UNREAD = SKIPPED.difference(_CHANGES, _WORDS)
"""Properties: a change of looks alone changes no text."""


@dataclass(frozen=True, slots=True)
class Revisions:
    """How many insertions, deletions and moves of text."""

    inserted: int
    deleted: int
    moved: int

    @property
    def total(self) -> int:
        return self.inserted + self.deleted + self.moved

    def __add__(self, other: Revisions) -> Revisions:
        both = (self.inserted + other.inserted, self.deleted + other.deleted, self.moved + other.moved)
        return Revisions(*both)


NONE = Revisions(0, 0, 0)


def revisions(parent: Element) -> Revisions:
    """The tracked changes of a story; the end of a paragraph is text, too. A move has two ends and counts once."""
    if next(parent.iter(*(f"{{*}}{name}" for name in (*_CHANGES, "cellIns", "cellDel"))), None) is None:
        return NONE
    count = Counter(change for change, _ in groupby(_changes(parent)))
    return Revisions(count["ins"], count["del"], max(count["moveFrom"], count["moveTo"]))


def _changes(parent: Element) -> Iterator[str]:
    """For every piece of text and every end of a paragraph, in order: the change it is part of, or ''.

    Why a stack and no recursion: nesting is as deep as a file likes.
    """
    stack = [(parent, "", iter(parent), "")]
    while stack:
        element, called, children, change = stack[-1]
        one = next(children, None)
        if one is None:
            stack.pop()
            if called == "p":
                yield _mark(element) or change
            continue
        name = kind(one)
        if name in _SIGNS or (name in _WORDS and one.text):
            yield change
        elif name not in _UNREAD and (name == "p" or len(one)):
            inner = branch(one) if name == "mc:AlternateContent" else one
            stack.append((inner, name, iter(inner), _within(name, one) or change))


def _within(name: str, element: Element) -> str:
    """The change that an element makes of all within: tracked text, a row or a cell that came or went."""
    if name in _CHANGES:
        return name
    if name not in _ROWS:
        return ""
    says, marks = _ROWS[name]
    return _marked(properties(element, says), marks)


def _mark(paragraph: Element) -> str:
    """The change that made or took away the end of a paragraph."""
    return _marked(child(properties(paragraph, "pPr"), "rPr"), _OF_MARKS)


def _marked(says: Element | None, marks: dict[str, str]) -> str:
    return next((marks[name] for e in (says if says is not None else ()) if (name := kind(e)) in marks), "")
