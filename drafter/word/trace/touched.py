"""Paragraphs of a file that hold something of a hand beside text: they are never taken away."""

from __future__ import annotations

from drafter.trace import OBJECT
from drafter.word.element import Element
from drafter.word.kinds import SKIPPED, attribute, kind
from drafter.word.trace.file import File
from drafter.word.trace.strand import Strand

_HANDS = frozenset((
    "commentRangeStart", "commentReference", "footnoteReference", "endnoteReference", "ins", "del", "moveFrom", "moveTo",
    "sdt", "permStart", "fldSimple",
))  # fmt: skip
_OURS = ("_Toc", "_GoBack", "_MainText", "_D", "_Hlk", "OLE_LINK")
"""How bookmarks begin that nobody made by hand: Word leaves _Hlk and OLE_LINK behind where somebody copied."""


def touched(file: File) -> frozenset[int]:
    """Indices of paragraphs with comments, notes, tracked changes, controls, bookmarks or drawings of a hand."""
    return frozenset(at for at, strand in enumerate(file.strands) if _is_touched(strand))


def _is_touched(strand: Strand) -> bool:
    if OBJECT in strand.text:
        covered = {n for spot in strand.spots for n in range(spot.start, spot.end)}
        if any(sign == OBJECT and at not in covered for at, sign in enumerate(strand.text)):
            return True
    return any(_by_hand(one) for one in strand.element.iterdescendants())


def _by_hand(one: Element) -> bool:
    name = kind(one)
    if name == "bookmarkStart":
        return not (attribute(one, "name") or "_D").startswith(_OURS)
    return name in _HANDS and (name in ("ins", "del") or name not in SKIPPED)
