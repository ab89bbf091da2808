"""Bookmarks that another program set wrong are put back around the text that they were written for.

LibreOffice (7.4, measured) takes a character off the end of every bookmark behind a comment in the same paragraph, at
each save, until the end lies before the beginning. The text itself is whole: it stands where the bookmark began.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from drafter.trace import Record
from drafter.word.trace.bookmarks import Bookmark, bookmarks, detach
from drafter.word.trace.file import File
from drafter.word.trace.runs import atoms
from drafter.word.trace.strand import Strand

Move = tuple[Bookmark, int, int]
"""A bookmark, and the range of its paragraph that it belongs around."""
_SPREAD = 2
"""Paragraphs that a figure may cover: a hand pressed Enter in it. An end that stands farther off was put there by no
hand."""


def heal(file: File, record: Record) -> None:
    """Mend what can be mended, in place."""
    broken = _broken(file, record)
    if not broken:
        return
    moves: dict[int, list[Move]] = defaultdict(list)
    for mark in bookmarks(file):
        wanted, at = broken.get(mark.name.upper(), ""), mark.first[0]
        if not wanted or at < 0:
            continue
        taken = [(s.start, s.end) for s in file.strands[at].spots if s.name not in broken]
        taken += [(start, end) for _, start, end in moves[at]]
        begin = _begins(file.strands[at].text, mark, wanted, taken)
        if begin >= 0:
            moves[at].append((mark, begin, begin + len(wanted)))
        elif mark.last[0] - at >= _SPREAD:
            mark.remove()
    for at, wanted_moves in moves.items():
        _move(file.strands[at], wanted_moves)
    file.read()


def _broken(file: File, record: Record) -> dict[str, str]:
    """Bookmark → the text it was written for, where it is another one now, once or nowhere in the file."""
    standing: dict[str, list[str]] = {}
    for strand in file.strands:
        for spot in strand.spots:
            standing.setdefault(spot.name, []).append(strand.text[spot.start : spot.end])
    values = ((name, value.text) for name, value in record.figures.items() if not value.drawn and value.text)
    return {name: text for name, text in values if text not in standing.get(name, [""])}


def _begins(text: str, mark: Bookmark, wanted: str, taken: Sequence[tuple[int, int]]) -> int:
    """Where the text stands that a bookmark was written for: where it begins or, turned round, where it ends; -1 for nowhere."""
    first, spread = mark.first[1], mark.last[0] > mark.first[0]
    last = first if spread else mark.last[1]
    for at in (first, last) if wanted.startswith(text[first:last]) else (last,) if first < last else ():
        end = at + len(wanted)
        free = not any(begin < end and at < stop for begin, stop in taken)
        if text.startswith(wanted, at) and free and not _goes_on(text, at, end) and not _DIGIT.search(text[first:at]):
            return at
    return -1


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a number stands there that is longer than what was written: a hand typed digits beside it."""
    before, behind = _DIGIT.match(text[start - 1 : start]), _DIGIT.match(text[end : end + 1])
    return bool((before and _DIGIT.match(text[start])) or (behind and _DIGIT.match(text[end - 1])))


_DIGIT = re.compile("[0-9０-９]")


def _move(strand: Strand, moves: Sequence[Move]) -> None:
    """Put bookmarks around ranges of a paragraph."""
    found = atoms(strand, {edge for _, start, end in moves for edge in (start, end)})
    for mark, start, end in moves:
        inside = [one.run for one in found if start <= one.start < one.end <= end]
        if inside:
            detach(mark.start)
            detach(mark.end)
            inside[0].addprevious(mark.start)
            inside[-1].addnext(mark.end)
