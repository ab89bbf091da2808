"""提纲: the tree of a report; walking, official addresses and renumbering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drafter.source import Line, Span
from drafter.style import Level, Marker, write

EMPTY = Line("")


@dataclass(frozen=True, slots=True)
class Point:
    """分项: one 一是 of a chain. `heading` is its run-in first sentence (empty when none), `text` the rest."""

    marker: Marker
    heading: Line
    text: Line
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A natural paragraph: text before the first chain item, then the items. Never empty of both."""

    lead: Line
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: caption (empty when none) and rows of cells, the first row being the header."""

    caption: Line
    rows: tuple[tuple[Line, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """节: a marker, its heading, its own blocks and the sections under it.

    `run_in`: the first block is a Paragraph that stands on the heading's line. With an empty heading it always does
    (a numbered paragraph without a heading).
    """

    marker: Marker
    heading: Line
    run_in: bool
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report: title, 主送 (with its ：), text before the first section, sections, 署名 and 成文日期."""

    title: Line = EMPTY
    addressee: Line = EMPTY
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    signature: tuple[Line, ...] = ()


def walk(
    sections: tuple[Section, ...], path: tuple[Section, ...] = ()
) -> Iterator[tuple[tuple[Section, ...], Section]]:
    """(sections above, section) in reading order."""
    for section in sections:
        yield path, section
        yield from walk(section.sections, (*path, section))


def paragraphs(outline: Outline) -> Iterator[Paragraph]:
    """Every paragraph in reading order."""
    for block in blocks(outline):
        if isinstance(block, Paragraph):
            yield block


def blocks(outline: Outline) -> Iterator[Block]:
    """Every block in reading order."""
    yield from outline.blocks
    for _, section in walk(outline.sections):
        yield from section.blocks


def address(path: tuple[Section, ...], section: Section, paragraph: int = 0) -> str:
    """The place in official speech: 三、（二）第2段."""
    where = "".join(str(s.marker) for s in (*path, section))
    return f"{where}第{paragraph}段" if paragraph else where


def renumber(outline: Outline, *, loops: bool = False) -> Outline:
    """Every level and chain numbered by position, levels restarting under each parent.

    A typed 一是 begins a new chain and 〇是 counts on. With `loops` (rendering) a run of typed 1s counts on too, since
    a loop types every item 一是; a 1 behind a typed higher number still begins a new chain.
    """
    return replace(
        outline,
        blocks=_renumber_blocks(outline.blocks, loops=loops),
        sections=_renumber_sections(outline.sections, loops=loops),
    )


def _renumber_sections(sections: tuple[Section, ...], *, loops: bool) -> tuple[Section, ...]:
    counts: dict[Level, int] = {}
    done = []
    for section in sections:
        level = section.marker.level
        counts = {row: n for row, n in counts.items() if row.depth <= level.depth}
        counts[level] = counts.get(level, 0) + 1
        done.append(
            replace(
                section,
                marker=replace(section.marker, number=counts[level], written=""),
                blocks=_renumber_blocks(section.blocks, loops=loops),
                sections=_renumber_sections(section.sections, loops=loops),
            )
        )
    return tuple(done)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Where a running chain stands: its row and noun, the last typed number and the last given one."""

    level: Level
    noun: str
    typed: int
    given: int
    span: Span | None = None
    """Template place of the last item: a loop types all its items at one place."""


def _renumber_blocks(blocks: tuple[Block, ...], *, loops: bool) -> tuple[Block, ...]:
    given = {at: n for chain in _chains(blocks, loops=loops) for n, at in enumerate(chain, start=1)}
    done: list[Block] = []
    for b, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            done.append(block)
            continue
        points = [
            replace(p, marker=replace(p.marker, number=given[b, i], written="")) for i, p in enumerate(block.points)
        ]
        done.append(replace(block, points=_last_word(tuple(points), block.points)))
    return tuple(done)


def _next(chain: _Chain | None, point: Point, *, loops: bool, apart: bool) -> _Chain:
    """The chain that an item belongs to: the running one, or a new one (given 1).

    `apart`: other words stand between it and the item before.
    """
    marker, number = point.marker, point.marker.number
    same = chain is not None and (chain.level, chain.noun) == (marker.level, marker.noun)
    if chain is not None and same:
        begins = chain.typed > 1 or not loops or (apart and point.span != chain.span)
        if number != 1 or not begins:
            return replace(chain, typed=number or chain.typed, given=chain.given + 1, span=point.span)
    return _Chain(marker.level, marker.noun, number, 1, point.span)


def _closed(point: Point) -> bool:
    """Whether the item ends as an item does, and not with words that lead on."""
    return (point.heading.text + point.text.text).endswith(("；", "。", ";"))


def _last_word(points: tuple[Point, ...], typed: tuple[Point, ...]) -> tuple[Point, ...]:
    """首先 其次 再次 最后: the last item keeps a typed 最后; between them, 再次 repeats."""
    if not points or points[-1].marker.level.numerals != "词":
        return points
    words = [replace(p, marker=replace(p.marker, number=min(p.marker.number, 3))) for p in points]
    if typed[-1].marker.number == 4 and len(words) > 1:
        words[-1] = replace(words[-1], marker=replace(words[-1].marker, number=4))
    return tuple(words)


def settle(outline: Outline) -> Outline:
    """What rendering leaves of chains: a lone item loses its 一是, ends are made alike, the last ； becomes 。."""
    return replace(
        outline,
        blocks=_settle_blocks(outline.blocks),
        sections=_settle_sections(outline.sections),
    )


def _settle_sections(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections settled; of items （1）…；（2）…； joined by ； the last one ends with 。"""
    done = [_settle_section(s) for s in sections]
    for at, section in enumerate(done):
        following = done[at + 1] if at + 1 < len(done) else None
        is_last = following is None or following.marker.level != section.marker.level
        before = done[at - 1] if at else None
        if is_last and before is not None and _joined(before) and _joined(section):
            done[at] = _ended_section(section)
    return tuple(done)


def _joined(section: Section) -> bool:
    """Whether it is a numbered paragraph without heading that ends with ；"""
    only = section.blocks[0] if len(section.blocks) == 1 and not section.sections else None
    return isinstance(only, Paragraph) and not only.points and only.lead.text.endswith("；")


def _ended_section(section: Section) -> Section:
    only = section.blocks[0]
    assert isinstance(only, Paragraph)
    return replace(section, blocks=(Paragraph(_ended(only.lead, "。")),))


def _settle_section(section: Section) -> Section:
    return replace(
        section,
        blocks=_settle_blocks(section.blocks),
        sections=_settle_sections(section.sections),
    )


def _settle_blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    done = list(blocks)
    for chain in _chains(blocks, loops=False):
        _settle_chain(done, chain)
    return tuple(done)


def _chains(blocks: tuple[Block, ...], *, loops: bool) -> list[list[tuple[int, int]]]:
    """The chains of a section as lists of (block, point) positions; text before an item ends the running chain."""
    chains: list[list[tuple[int, int]]] = []
    running: _Chain | None = None
    apart = False
    for b, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        if block.lead and block.points:
            running = None
        apart = apart or not block.points
        for p, point in enumerate(block.points):
            running = _next(running, point, loops=loops, apart=apart)
            apart = not _closed(point)
            if running.given == 1:
                chains.append([])
            chains[-1].append((b, p))
    return chains


def _settle_chain(blocks: list[Block], chain: list[tuple[int, int]]) -> None:
    points = [_point(blocks, at) for at in chain]
    if len(points) == 1:
        _drop_lone(blocks, chain[0])
        return
    ends = _ends([p.heading.text + p.text.text for p in points])
    for at, point, end in zip(chain, points, ends, strict=True):
        _put(blocks, at, replace(point, text=_ended(point.text, end)))


def _ends(texts: list[str]) -> list[str]:
    """The mark each item ends with: all ； and a last 。, or all 。; '' leaves an item alone.

    Source: GB/T 15834-2011 A.5, B.1.4 (items joined by ； hold no 。).
    """
    body = texts[:-1]
    if not any(t and t[-1] in "；。;" for t in texts):
        return ["" for _ in texts]
    full = any("。" in t[:-1] for t in body) or any(t.endswith("。") for t in body)
    middle = "。" if full else "；"
    return [middle for _ in body] + ["。"]


_ENDS = "。；;，,、"


def _ended(line: Line, end: str) -> Line:
    if not end or not line.text.rstrip(_ENDS) or (line.text.endswith(end) and line.text[-2] not in _ENDS):
        return line
    if line.text[-1] in _ENDS:
        return line.cut(0, len(line.text.rstrip(_ENDS))).then(Line(end))
    if line.text[-1] in "！？…：”）":
        return line if line.text[-1] != "）" else line.then(Line(end))
    return line.then(Line(end))


def _drop_lone(blocks: list[Block], at: tuple[int, int]) -> None:
    block = blocks[at[0]]
    assert isinstance(block, Paragraph)
    point = block.points[at[1]]
    if len(block.points) > 1 or point.marker.noun or point.marker.number > 1:
        return
    words = point.heading.then(point.text)
    if write(replace(point.marker, number=2)) in words.text:
        return
    if words.text.endswith(("；", ";")):
        words = _ended(words, "。")
    blocks[at[0]] = Paragraph(block.lead.then(words))


def _point(blocks: list[Block], at: tuple[int, int]) -> Point:
    block = blocks[at[0]]
    assert isinstance(block, Paragraph)
    return block.points[at[1]]


def _put(blocks: list[Block], at: tuple[int, int], point: Point) -> None:
    block = blocks[at[0]]
    assert isinstance(block, Paragraph)
    points = (*block.points[: at[1]], point, *block.points[at[1] + 1 :])
    blocks[at[0]] = replace(block, points=points)
