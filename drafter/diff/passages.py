"""Passages: what is compared. Headings, paragraphs, items of chains, rows of tables, each with its official address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drafter.outline import Block, Chart, Image, Outline, Paragraph, Section, Table
from drafter.source import Line, Span

TITLE, ADDRESSEE, HEAD, TEXT, ROW, SIGNATURE = "标题", "主送", "节", "段", "行", "落款"
"""Kinds of passages; one is only ever compared with one of its kind."""
SHORT = 16
"""Characters of a heading in the line that names its section."""
_NUMBERED = ("序号", "编号", "排名")
"""Columns that number their rows: they are no figures."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage. `place` is the address of its section (三、（二）), `label` what stands behind it (第2段一是)."""

    kind: str
    line: Line
    place: str = ""
    label: str = ""
    heading: str = ""
    """The heading of its section, short."""
    sections: tuple[int, ...] = ()
    """Numbers of the sections it lies in, from the outermost; sections are numbered from 1 in reading order."""
    above: str = ""
    """Address and heading of the section above its own."""
    marker: str = ""
    """The marker of its section."""
    columns: tuple[tuple[int, str], ...] = ()
    """Of a row: where each cell begins, and the name of what it says; empty for a cell that numbers the row."""

    @property
    def address(self) -> str:
        """The place in official speech: 三、（二）第2段一是."""
        return f"{self.place}{self.label}" if self.place or self.kind not in (TEXT, ROW) else f"开头{self.label}"

    @property
    def title(self) -> str:
        """Address and heading of its section."""
        return f"{self.place}{self.heading}"

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.line.at(0) or Span("", 1, 1)


def passages(outline: Outline) -> list[Passage]:
    """Every passage in reading order; every word of the report is in exactly one."""
    found: list[Passage] = []
    for kind, line in ((TITLE, outline.title), (ADDRESSEE, outline.addressee)):
        if line:
            found.append(Passage(kind, line, label=kind))
    start = _Region("", "", ())
    found += start.blocks(outline.blocks)
    sections = _Sections()
    for section in outline.sections:
        found += sections.passages(section, start)
    signed = outline.signature
    found += [Passage(SIGNATURE, line, label=SIGNATURE) for line in signed if line]
    return found


@dataclass(slots=True)
class _Sections:
    """Numbers the sections as they come."""

    count: int = 0

    def passages(self, section: Section, above: _Region) -> Iterator[Passage]:
        self.count += 1
        path, marker = (*above.sections, self.count), str(section.marker)
        region = _Region(f"{above.place}{marker}", _short(section.heading.text), path, above.title, marker)
        yield from region.section(section)
        for below in section.sections:
            yield from self.passages(below, region)


def _short(words: str) -> str:
    bare = words.rstrip("。：:；")
    return bare if len(bare) <= SHORT else f"{bare[:SHORT]}…"


@dataclass(frozen=True, slots=True)
class _Region:
    """The blocks of one section, or those before the first."""

    place: str
    heading: str
    sections: tuple[int, ...]
    above: str = ""
    marker: str = ""

    @property
    def title(self) -> str:
        """Address and heading."""
        return f"{self.place}{self.heading}"

    def _passage(self, kind: str, line: Line, label: str, columns: tuple[tuple[int, str], ...] = ()) -> Passage:
        return Passage(kind, line, self.place, label, self.heading, self.sections, self.above, self.marker, columns)

    def section(self, section: Section) -> Iterator[Passage]:
        """The heading and the blocks; a run-in heading stands in one passage with the text behind it."""
        first = section.blocks[0] if section.blocks else None
        if section.run_in and isinstance(first, Paragraph):
            yield from self.blocks(section.blocks, section.heading)
        else:
            if section.heading or not section.blocks:
                yield self._passage(HEAD, section.heading, "")
            yield from self.blocks(section.blocks)

    def blocks(self, blocks: tuple[Block, ...], heading: Line | None = None) -> Iterator[Passage]:
        """The passages of blocks; `heading` runs into the first of them."""
        texts = tables = 0
        alone = bool(self.sections) and sum(isinstance(b, Paragraph) for b in blocks) == 1
        for number, block in enumerate(blocks):
            run_in = heading if heading is not None and number == 0 else None
            if isinstance(block, Paragraph):
                texts += 1
                label = f"第{texts}段"
                own = "" if alone and heading is not None else label
                yield from self._paragraph(block, own, "" if alone else label, run_in)
            elif isinstance(block, Image):
                yield self._passage(TEXT, block.caption, "图")
            else:
                tables += 1
                yield from self._table(block, f"表{tables}")

    def _paragraph(self, block: Paragraph, label: str, above: str, heading: Line | None) -> Iterator[Passage]:
        """The text before the items, and the items; `above` stands before the mark of an item."""
        lead = block.lead if heading is None else heading.then(block.lead)
        if lead:
            yield self._passage(TEXT, lead, label)
        for point in block.points:
            mark = str(point.marker).rstrip("，：")
            yield self._passage(TEXT, point.heading.then(point.text), f"{above}{mark}")

    def _table(self, table: Table | Chart, label: str) -> Iterator[Passage]:
        if table.caption:
            yield self._passage(TEXT, table.caption, label)
        names = table.rows[0] if table.rows else ()
        for number, row in enumerate(table.rows, start=1):
            line, starts = _joined(row)
            columns = tuple(zip(starts, _names(names, row), strict=False)) if number > 1 else ()
            yield self._passage(ROW, line, f"{label}第{number}行", columns)


def _joined(row: tuple[Line, ...]) -> tuple[Line, list[int]]:
    """The cells of a row as one line, and where each begins."""
    line, starts = Line(""), []
    for cell in row:
        line = line.then(Line(" | ")) if line else line
        starts.append(len(line))
        line = line.then(cell)
    return line, starts


def _names(heads: tuple[Line, ...], row: tuple[Line, ...]) -> Iterator[str]:
    """What each cell of a row is called: the row's first words and the head of its column."""
    words = next((c.text for h, c in zip(heads, row, strict=False) if c.text and h.text not in _NUMBERED), "")
    for number in range(len(row)):
        head = heads[number].text if number < len(heads) else ""
        yield "" if head in _NUMBERED else words if head == words else f"{words}{head and f'·{head}'}"
