"""A copy for review: every derived figure has a Word comment that says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from drafter import basis
from drafter.trace import Spot, Traced
from drafter.word.element import Element
from drafter.word.trace.comments import SOURCES, Comments
from drafter.word.trace.file import File, open_file
from drafter.word.trace.strand import Strand

Figure = tuple[Spot, Traced]
_INITIALS = "出处"


def annotated(data: bytes) -> bytes:
    """A traced .docx with a comment at every derived figure and every chart; figures of one blank share one.

    A figure in the head of the first page has its comment at the first paragraph of the text. Errors: as of `open_file`.
    """
    file = open_file(data, "docx")
    comments = Comments(file)
    for strand in file.strands:
        for figures in _together(file, strand):
            _comment(comments, strand, figures)
    return file.saved()


def _together(file: File, strand: Strand) -> Iterator[list[Figure]]:
    """The derived figures of a paragraph, those of one blank together."""
    record = file.record.figures if file.record else {}
    known = [(spot, record[spot.name]) for spot in strand.printed.spots if spot.name in record]
    for _, group in groupby(known, key=lambda one: one[1].blank or one[0].name):
        found = [one for one in group if one[1].drawn or basis.formula(one[1].origin)]
        if found:
            yield found


def _comment(comments: Comments, strand: Strand, figures: Sequence[Figure]) -> None:
    words = told([traced for _, traced in figures])
    first, last = _ends(strand, figures[0][0].start, figures[-1][0].end)
    if not comments.add(words, first, last, SOURCES, _INITIALS):
        beginning = comments.file.strands[0].element
        comments.add(words, beginning, beginning, SOURCES, _INITIALS)


def _ends(strand: Strand, start: int, end: int) -> tuple[Element, Element]:
    """The first and the last element of a range of text."""
    inside = [node.element for node in strand.nodes if node.start < end and node.end > start]
    return (inside[0], inside[-1]) if inside else (strand.element, strand.element)


def told(values: Sequence[Traced]) -> str:
    """What a comment says: of one figure line by line, of several a line for each, of a chart its places."""
    if values[0].drawn:
        return f"出处：图中的数\n{basis.sources(value.origin for value in values[0].drawn)}"
    if len(values) > 1:
        return "\n".join(("出处：", *map(_line, values)))
    origin = values[0].origin
    lines = (f"出处：{basis.called(origin)}", basis.equation(origin), basis.places(origin))
    return "\n".join(line for line in lines if line)


def _line(value: Traced) -> str:
    origin = value.origin
    said = " ".join((basis.called(origin), basis.equation(origin)))
    where = basis.places(origin)
    return f"{value.text}：{said}（{where}）" if where else f"{value.text}：{said}"
