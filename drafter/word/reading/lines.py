"""The visible text of a story in reading order, as lines that know their paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from drafter.outline import LEFTWARD, UPWARD
from drafter.source import BLANKS, Line, Mark, Span
from drafter.word.element import MOST_COLUMNS, Element
from drafter.word.kinds import child, found, number, properties, switch, texts, value
from drafter.word.reading.numbering import Counter
from drafter.word.reading.ours import TITLE
from drafter.word.reading.pipes import alone, escaped, joined
from drafter.word.reading.stylesheet import Given, given
from drafter.word.reading.words import EMBEDDED, STRUCK, Story, Words
from drafter.word.refusals import refusal

_LOOSE = ("r", "t", "hyperlink", "fldSimple", "m:oMath", "m:oMathPara", "m:r", "txbxContent")
"""What may stand between paragraphs and is a paragraph of its own then."""
_BLOCKS = frozenset(("p", "tbl", "altChunk", "subDoc", *_LOOSE))
MAX_CHARACTERS = 1_000_000
"""Characters of one story; a thousand pages have half of that."""
_OFFSET = itemgetter(0)
_GONE = ("del", "moveFrom")
"""Marks of a paragraph that a tracked change took away."""
_DROPPED = ("drop", "margin")
"""首字下沉: Word sets the first character in a paragraph of its own."""


@dataclass(slots=True)
class _Open:
    """A paragraph while it is read; without its mark it goes on in the following one."""

    words: Words
    starts: list[tuple[int, int]] = field(default_factory=list)
    """(offset, paragraph number) where the text of each paragraph begins."""
    number: str = ""
    role: str = ""
    """What the paragraph is in a file that drafter wrote."""
    cut: bool = False
    """Whether the mark was deleted: then the number is that of the paragraph that follows."""


class Reader:
    """One pass over one story: a body, a header, a footnote."""

    def __init__(self, story: Story, counter: Counter) -> None:
        self.story = story
        self.counter = counter
        self.open: _Open | None = None
        self.plain = counter.numbering.placed(Given(), None).list_id is None
        """Whether a paragraph that says nothing has no number."""
        self.ours = story.ours
        self.frames = 0
        """How many tables that only frame their text are open."""
        self.uncounted: list[int] = []
        """Paragraphs whose automatic number could not be worked out."""
        self.numbers: dict[Element, int] | None = None
        """Paragraph → its number, for who asks where an element stands."""

    def read(self, parent: Element) -> Iterator[Line]:
        """The lines of paragraphs and tables below an element that may wrap them; empty ones are left out.

        Errors: DraftError D104 for more than anybody writes: numbers and merged cells make much of a small file.
        """
        length = 0
        for line in self.blocks(found(parent, _BLOCKS)):
            if line:
                length += len(line)
                if length > MAX_CHARACTERS:
                    raise refusal("D104", self.story.name, "文字超过100万字")
                if self.ours is None or not self.ours.takes(line):
                    yield line

    def blocks(self, blocks: Iterable[tuple[str, Element]]) -> Iterator[Line]:
        for name, element in blocks:
            if name == "p":
                yield from self.paragraph(element)
            elif name == "tbl":
                yield from self.closed()
                yield from self.table(element)
            elif name in EMBEDDED:
                self.story.leave_out(EMBEDDED[name])
            else:
                self.loose(element)
                yield from self.closed()
        yield from self.closed()

    def paragraph(self, element: Element) -> list[Line]:
        """The lines of a paragraph (line breaks part it), then those of the text boxes it holds."""
        if not len(element) and self.open is None and self.plain:
            self.story.paragraphs += 1
            return []
        says = properties(element, "pPr")
        now = self.begin(value(says, ("pStyle",)) if says is not None else None)
        if self.numbers is not None:
            self.numbers[element] = self.story.paragraphs
        if self.ours is not None:
            now.role = self.ours.role(now.words.style, element)
        before = len(now.words.pieces)
        now.words.gather(element)
        mark = _mark(says) if says is not None else ""
        if mark != "cut" and not (mark == "hidden" and len(now.words.pieces) == before):
            self.count(now, says, before)
        now.cut = mark == "cut"
        return [] if mark else self.closed()

    def begin(self, style: str | None) -> _Open:
        """The paragraph that is gathered now: a new one, or the one whose mark is gone."""
        self.story.paragraphs += 1
        if self.open is None:
            self.open = _Open(Words(self.story))
        self.open.words.style = style
        self.open.starts.append((self.open.words.length, self.story.paragraphs))
        return self.open

    def loose(self, element: Element) -> None:
        """A run that stands in no paragraph."""
        self.begin(None).words.gather([element])

    def count(self, now: _Open, says: Element | None, before: int) -> None:
        """Counts a paragraph of a list; its number goes in front, or where it stands behind words of another one."""
        if says is None and self.plain:
            return
        place = self.counter.numbering.placed(given(says), now.words.style)
        if place.list_id is None:
            return
        written = self.counter.next(place)
        if written is None:
            self.uncounted.append(self.story.paragraphs)
        elif before and not now.cut:
            now.words.pieces.insert(before, written)
            now.words.length += len(written)
        else:
            now.number = written

    def closed(self) -> list[Line]:
        """The lines of the paragraph that is open, which ends here."""
        now, self.open = self.open, None
        if now is None:
            return []
        lines = self.parts(now)
        if now.number:
            at = next((at for at, line in enumerate(lines) if line), 0)
            lines[at] = _numbered(now.number, lines[at], Span(self.story.name, now.starts[0][1], 1))
        if self.ours is not None:
            lines = self.ours.kept(now.role, lines, now.starts[0][1])
        fields, self.story.fields = self.story.fields, []
        for box in now.words.boxes:
            lines.extend(self.blocks(found(box, _BLOCKS)))
        self.story.fields = fields
        return lines

    def parts(self, now: _Open) -> list[Line]:
        """The text of a paragraph, parted at its line breaks; each piece knows its paragraph and column."""
        lines, at = [], 0
        words = "".join(now.words.pieces)
        for text in words.split("\n") if now.role != TITLE else [words.replace("\n", "")]:
            bare = text.lstrip(BLANKS)
            start, end = at + len(text) - len(bare), at + len(text)
            lines.append(Line(bare.rstrip(BLANKS), self.marks(now.starts, start, end)))
            at = end + 1
        return lines

    def marks(self, starts: list[tuple[int, int]], start: int, end: int) -> tuple[Mark, ...]:
        """The marks of a piece of a paragraph. Why by bisection: joined paragraphs and line breaks can both be many."""
        at = bisect_right(starts, start, key=_OFFSET) - 1 if len(starts) > 1 else 0
        offset, number = starts[at]
        first = Mark(0, Span(self.story.name, number, start - offset + 1))
        until = bisect_left(starts, end, key=_OFFSET) if len(starts) > 1 else 1
        others = (Mark(offset - start, Span(self.story.name, number, 1)) for offset, number in starts[at + 1 : until])
        return (first, *others)

    def table(self, element: Element) -> Iterator[Line]:
        """Pipe rows; merged cells are followed by empty ones, so that rows keep their columns. A frame is its text.

        In a file that drafter wrote they are followed by < and ^, as they were typed.
        """
        rows = [self.row(row) for _, row in found(element, ("tr",))]
        owned = self.ours is not None and self.ours.frames(element)
        if owned or _is_frame(rows, framed=self.frames > 0):
            self.frames += 1
            for cell in (cell for row in rows for cell in row.cells):
                yield from self.blocks(found(cell, _BLOCKS))
            self.frames -= 1
        else:
            yield from (self.pipes(row) for row in rows if row.cells)

    def row(self, element: Element) -> _Row:
        """A row without what a tracked change took away; text that stands there all the same is told."""
        says = child(element, "trPr")
        gone = child(says, "del") is not None
        kept: list[Element] = []
        for _, cell in found(element, ("tc",)):
            if gone or child(properties(cell, "tcPr"), "cellDel") is not None:
                self.struck(cell)
            else:
                kept.append(cell)
        return _Row(says, kept)

    def struck(self, cell: Element) -> None:
        """Tells of a cell that is gone when there is text in it that is not."""
        if left := texts(cell):
            self.story.texts += left
            self.story.leave_out(STRUCK)

    def pipes(self, row: _Row) -> Line:
        first = Mark(0, Span(self.story.name, self.story.paragraphs + 1, 1))
        pieces = [Line("|" + _empty(row.says, "gridBefore"), (first,))]
        for cell in row.cells:
            says = properties(cell, "tcPr")
            text, beside = self.cell(cell), ""
            if self.ours is not None:
                below = value(says, ("vMerge",)) not in (None, "restart")
                text, beside = (Line(UPWARD), UPWARD) if below else (text, LEFTWARD)
            pieces += [_BLANK, text, Line(" |" + f" {beside} |" * _more_columns(says))]
        return joined([*pieces, Line(_empty(row.says, "gridAfter"))])

    def cell(self, element: Element) -> Line:
        """The text of a cell on one line, with its | escaped; a nested table is read as text."""
        inner = [line for line in self.blocks(found(element, _IN_CELL)) if line]
        if len(inner) < 2:
            return alone(inner[0]) if inner else _EMPTY
        return joined([part for line in inner for part in (_BLANK, escaped(line))][1:])


_IN_CELL = _BLOCKS - {"tbl"}
_EMPTY, _BLANK = Line(""), Line(" ")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its properties and its cells."""

    says: Element | None
    cells: list[Element]


def _is_frame(rows: list[_Row], *, framed: bool) -> bool:
    """Whether a table only frames what stands in it: one cell, or one column with more in a cell than one paragraph.

    In a frame every table of one column is one; a cell that is a head is none. Why: titles, forms and pages of
    offices are set in such tables, and a section in a pipe row would be none.
    """
    if any(len(row.cells) > 1 for row in rows):
        return False
    return framed or _is_box(rows) or any(_is_page(cell) for row in rows for cell in row.cells)


def _is_box(rows: list[_Row]) -> bool:
    """Whether a table is one cell, neither a head nor beside columns that are left out."""
    says = rows[0].says if len(rows) == 1 else None
    return len(rows) == 1 and not (
        switch(says, ("tblHeader",)) or _empty(says, "gridBefore") or _empty(says, "gridAfter")
    )


def _is_page(cell: Element) -> bool:
    """Whether a cell holds a table, or more than one paragraph with text."""
    filled = 0
    for name, block in found(cell, ("p", "tbl")):
        filled += next(found(block, ("t", "txbxContent", "tbl")), None) is not None
        if name == "tbl" or filled > 1:
            return True
    return False


def _mark(says: Element) -> str:
    """Whether a paragraph goes on in the following one: 'cut' (tracked deletion, dropped capital), 'hidden', or ''."""
    if value(says, ("framePr",), "dropCap") in _DROPPED:
        return "cut"
    mark = child(says, "rPr")
    if mark is None:
        return ""
    if any(child(mark, name) is not None for name in _GONE):
        return "cut"
    return "hidden" if switch(mark, ("vanish",)) or switch(mark, ("specVanish",)) else ""


def _numbered(written: str, text: Line, place: Span) -> Line:
    """The line with its automatic number, which stands at column 1; the text keeps its own columns.

    Why the blank: behind 1. a figure would read as one number (1.2022年).
    """
    blank = " " if written[-1:] in (".", "．") and text.text[:1].isdecimal() else ""
    first = Mark(0, place)
    if not text:
        return Line(written.strip(), (first,))
    front = f"{written}{blank}"
    return Line(front + text.text, (first, *(Mark(m.start + len(front), m.span) for m in text.marks)))


def _more_columns(looks: Element | None) -> int:
    """How many columns a cell covers beside its own."""
    return _columns(number(value(looks, ("gridSpan",))), 1) if looks is not None else 0


def _columns(wanted: int | None, own: int) -> int:
    return min(max((wanted or own) - own, 0), MOST_COLUMNS - own)


def _empty(says: Element | None, side: str) -> str:
    """Empty cells for the columns a row leaves out at a side."""
    return "  |" * _columns(number(value(says, (side,))), 0) if says is not None else ""
