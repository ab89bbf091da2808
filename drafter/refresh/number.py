"""序数 after a merge: what came or went leaves 一、三、; they are counted anew where they were in order before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from drafter import canonical
from drafter.plan import Change, Piece
from drafter.trace import Printed

LONGEST = 12
"""Characters of a marker; a larger change is none of numbering."""


def in_order(paragraphs: Sequence[Printed]) -> bool:
    """Whether numbering the text anew would change nothing."""
    return not list(renumbered(paragraphs))


def renumbered(paragraphs: Sequence[Printed]) -> Iterator[Change]:
    """The changes of markers that put the text in order; none where it cannot be done marker by marker."""
    lines = [
        (at, p.text) for at, p in enumerate(paragraphs) if p.cell is None and p.text.strip() and "\n" not in p.text
    ]
    source = "\n".join(text.strip() for _, text in lines) + "\n"
    done = canonical.formatted(source, (canonical.NUMBERS,))
    if done == source:
        return
    found = done.rstrip("\n").split("\n")
    if len(found) != len(lines):
        return
    for (at, text), new in zip(lines, found, strict=True):
        if text.strip() != new:
            yield from _changes(at, paragraphs[at], new)


def _changes(at: int, paragraph: Printed, new: str) -> Iterator[Change]:
    front = len(paragraph.text) - len(paragraph.text.lstrip())
    matcher = SequenceMatcher(None, paragraph.text.strip(), new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        start, end = a + front, b + front
        inside = any(s.start < end and start < s.end for s in paragraph.spots)
        if what != "equal" and not inside and max(b - a, d - c) <= LONGEST:
            yield Change(at, start, end, (Piece(new[c:d]),) if d > c else ())
