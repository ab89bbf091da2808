"""What rendering leaves of chains: ends made alike, lone items without 一是, empty items gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from drafter.chain.runs import At, point_at, runs, words
from drafter.outline import EMPTY, Block, Outline, Paragraph, Point, Section, walk
from drafter.source import Line
from drafter.style import write


def settle(outline: Outline) -> Outline:
    """What rendering leaves of chains: a lone item loses its 一是, ends are made alike, the last ； becomes 。."""
    blocks = _settle_blocks(outline.blocks, outline.sections)
    return replace(outline, blocks=blocks, sections=_settle_sections(outline.sections))


def _settle_sections(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections settled; of items （1）…；（2）…； joined by ； the last one ends with 。"""
    done = [
        replace(s, blocks=_settle_blocks(s.blocks, s.sections), sections=_settle_sections(s.sections)) for s in sections
    ]
    for at, section in enumerate(done):
        following = done[at + 1] if at + 1 < len(done) else None
        is_last = following is None or following.marker.level != section.marker.level
        if is_last and at and _joined(done[at - 1]) and _joined(section):
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


def _settle_blocks(blocks: tuple[Block, ...], below: tuple[Section, ...]) -> tuple[Block, ...]:
    done = list(blocks)
    lone: list[At] = []
    for chain in runs(blocks, loops=False):
        if len(chain) == 1:
            lone += [at for at in chain if _is_droppable(point_at(done, at), below)]
        else:
            _settle_chain(done, chain)
    for b, i in sorted(lone, reverse=True):
        _drop(done, b, i)
    return tuple(done)


def _settle_chain(blocks: list[Block], chain: list[At]) -> None:
    points = [point_at(blocks, at) for at in chain]
    last = _cut_tail(points[-2], points[-1])
    ends = _ends([words(p) for p in points])
    if last is not None:
        points[-1], ends[-1] = last, ""
    for at, point, end in zip(chain, points, ends, strict=True):
        _put(blocks, at, _closed_with(point, end, inside=_has_next(blocks, at)))


def _closed_with(point: Point, end: str, *, inside: bool) -> Point:
    """The item with its closing mark; one that is all heading keeps none unless another item stands behind it."""
    if point.text or not inside:
        return replace(point, text=_ended(point.text, end))
    return replace(point, heading=_ended(point.heading, end))


def _has_next(blocks: list[Block], at: At) -> bool:
    block = blocks[at[0]]
    return isinstance(block, Paragraph) and at[1] + 1 < len(block.points)


def _cut_tail(before: Point, last: Point) -> Point | None:
    """The last item with its ； made 。 where words behind the loop follow it: that ； was typed where the others' was."""
    place = before.text.at(len(before.text) - 1) if before.text else None
    if place is None or before.span != last.span:
        return None
    text = last.text
    for offset, character in enumerate(text.text[:-1]):
        if character in "；;" and text.at(offset) == place:
            return replace(last, text=text.cut(0, offset).then(Line("。")).then(text.cut(offset + 1)))
    return None


def _ends(texts: list[str]) -> list[str]:
    """The mark each item ends with: all ； and a last 。, or all 。; '' leaves an item alone.

    Source: GB/T 15834-2011 A.5, B.1.4 (items joined by ； hold no 。).
    """
    body = texts[:-1]
    if any(t and t[-1] in "；。;" for t in texts):
        full = any("。" in t[:-1] for t in body) or any(t.endswith("。") for t in body)
        return ["。" if full else "；" for _ in body] + ["。"]
    for mark in "，、":
        if all(t.endswith(mark) for t in texts):
            return ["" for _ in body] + ["。"]
    return ["" for _ in texts]


_ENDS = "。；;，,、"


def _ended(line: Line, end: str) -> Line:
    """The line with this closing mark instead of its own."""
    bare = line.text.rstrip(_ENDS)
    if not end or not bare or line.text == bare + end:
        return line
    if line.text != bare:
        return line.cut(0, len(bare)).then(Line(end))
    return line if bare[-1] in "！？…：”" else line.then(Line(end))


def _is_droppable(point: Point, below: tuple[Section, ...]) -> bool:
    """Whether a lone item loses its marker: only 一是 does, and not where 二是 stands in its words or in a section below."""
    marker = point.marker
    if marker.level.name != "一是" or marker.number != 1 or write(replace(marker, number=2)) in words(point):
        return False
    return not any(_goes_on(section.blocks, point) for _, section in walk(below))


def _goes_on(blocks: tuple[Block, ...], point: Point) -> bool:
    """Whether a chain in these blocks begins with the number behind the point's."""
    firsts = (point_at(blocks, chain[0]).marker for chain in runs(blocks, loops=False))
    return any(m.level == point.marker.level and m.number == point.marker.number + 1 for m in firsts)


def _drop(blocks: list[Block], b: int, i: int) -> None:
    """Put a lone item's words behind what stands before it, closed by 。 where they ended with ；"""
    block = blocks[b]
    assert isinstance(block, Paragraph)
    point = block.points[i]
    said = point.heading.then(point.text)
    if said.text.endswith(("；", ";")):
        said = _ended(said, "。")
    if i == 0:
        blocks[b] = Paragraph(block.lead.then(said), block.points[1:])
        return
    before = block.points[i - 1]
    joined = replace(before, text=before.text.then(said))
    blocks[b] = replace(block, points=(*block.points[: i - 1], joined, *block.points[i + 1 :]))


def without_empty(outline: Outline) -> Outline:
    """The outline without items and paragraphs that have no words: a marker with nothing behind it leaves nothing."""
    return replace(
        outline,
        blocks=tuple(_withwords(outline.blocks)),
        sections=tuple(_section_withwords(s) for s in outline.sections),
    )


def _section_withwords(section: Section) -> Section:
    sections = tuple(_section_withwords(s) for s in section.sections)
    return replace(section, blocks=tuple(_withwords(section.blocks)), sections=sections)


def _withwords(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            yield block
            continue
        points = tuple(p for p in block.points if p is not block.points[-1] or re.search(r"\w", words(p)))
        if block.lead or points or (number == 0 and not block.points):
            yield replace(block, lead=block.lead or EMPTY, points=points)


def _put(blocks: list[Block], at: At, point: Point) -> None:
    block = blocks[at[0]]
    assert isinstance(block, Paragraph)
    points = (*block.points[: at[1]], point, *block.points[at[1] + 1 :])
    blocks[at[0]] = replace(block, points=points)
