"""Rules of numbering: sequence, form of markers, levels and chains. Source: official-style 2.3, 2.4, 2.5."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from drafter import outline as tree
from drafter.chain import Lists, is_excerpt, plain_lines, point_at, runs
from drafter.check.captions import references
from drafter.check.charts import charts
from drafter.check.tables import captions, rows
from drafter.diagnostic import Diagnostic, error, note, warning
from drafter.outline import Image, Outline, Paragraph, Point, Section
from drafter.source import Line, Span
from drafter.style import LEVELS, Level, Marker, is_canonical, is_mistyped, write

NOWHERE = Span("", 1, 1)


def sequence(outline: Outline) -> Iterator[Diagnostic]:
    """N101: numbers of one level under one parent run on by one, in markers of one kind.

    An excerpt may begin anywhere, a list may go on from the part before (1–3, 4–6), an annex begins anew.
    """
    yield from _sequence(outline.sections, Lists(is_excerpt(outline), plain_lines(outline.blocks)), top=True)


def _sequence(sections: tuple[Section, ...], lists: Lists, *, top: bool) -> Iterator[Diagnostic]:
    last: dict[Level, int] = {}
    for section in sections:
        level, number = section.marker.level, section.marker.number
        last = {row: n for row, n in last.items() if row.depth <= level.depth}
        expected = lists.expected(section.marker, last.get(level, 0), top=top)
        if number not in (expected, 0):
            yield _out_of_sequence(section.marker, expected, section.span)
        elif is_mistyped(section.marker):
            yield _mistyped("N101", "序数", section.marker, section.span)
        last[level] = number or expected
        lists.take(section, last[level])
        yield from _sequence(section.sections, lists, top=False)


def _out_of_sequence(marker: Marker, expected: int, span: Span | None) -> Diagnostic:
    right = write(Marker(marker.level, expected, marker.noun))
    found = marker.written or write(marker)
    return error(
        "N101",
        f"序数“{found}”应为“{right}”",
        span or NOWHERE,
        "核对有没有漏掉或重复的一节，或用 drafter fmt 重排",
        found,
    )


def _mistyped(code: str, what: str, marker: Marker, span: Span | None) -> Diagnostic:
    """A marker of another kind than those before and behind it."""
    said = f"{what}“{marker.written}”应为“{write(marker)}”，前后用的都是这一种"
    return error(code, said, span or NOWHERE, "改成同一种序数，或用 drafter fmt 一次改好", marker.written)


def form(outline: Outline) -> Iterator[Diagnostic]:
    """N102: a marker typed otherwise than the table writes it: (一), 1、, １．"""
    for marker, span in _markers(outline):
        if not is_canonical(marker) and not is_mistyped(marker):
            yield note(
                "N102",
                f"序数“{marker.written}”规范写法是“{write(marker)}”",
                span or NOWHERE,
                "改成规范写法，或用 drafter fmt 一次改好",
                marker.written,
            )


def _markers(outline: Outline) -> Iterator[tuple[Marker, Span | None]]:
    for _, section in tree.walk(outline.sections):
        yield section.marker, section.span
    for paragraph in tree.paragraphs(outline):
        for point in paragraph.points:
            yield point.marker, point.span


def chains(outline: Outline) -> Iterator[Diagnostic]:
    """N103: items of a chain run on by one from 一是, all of one kind; one from an earlier page may begin anywhere."""
    for run in _runs(outline):
        for before, point in pairwise(run):
            expected = before.marker.number + 1
            if point.marker.level.numerals != "词" and point.marker.number not in (expected, 0):
                yield _out_of_chain(point.marker, expected, point.span)
            elif is_mistyped(point.marker):
                yield _mistyped("N103", "分项", point.marker, point.span)


def _out_of_chain(marker: Marker, expected: int, span: Span | None) -> Diagnostic:
    right = write(Marker(marker.level, expected, marker.noun))
    found = marker.written or write(marker)
    return error("N103", f"分项“{found}”应为“{right}”", span or NOWHERE, "核对有没有漏掉或重复的一项", found)


def _runs(outline: Outline) -> Iterator[list[Point]]:
    """Chains by section."""
    for blocks in (outline.blocks, *(s.blocks for _, s in tree.walk(outline.sections))):
        for run in runs(blocks, loops=False):
            yield [point_at(blocks, at) for at in run]


def skips(outline: Outline) -> Iterator[Diagnostic]:
    """N104: a level is passed over; 一、 straight to 1. is accepted."""
    for path, section in tree.walk(outline.sections):
        above = path[-1].marker.level.depth if path else 0
        depth = section.marker.level.depth
        if path and depth > above + 1 and (above, depth) != (1, 3):
            wanted = LEVELS[above].name
            yield warning(
                "N104",
                f"“{section.marker}”前面缺一层“{wanted}”",
                section.span or NOWHERE,
                "补上中间一层，或改用上一层序数",
                str(section.marker),
            )


def mixed_kinds(outline: Outline) -> Iterator[Diagnostic]:
    """N105: some parts go on with （一） and others straight with 1."""
    kinds = [(s, s.sections[0].marker.level) for s in outline.sections if s.sections and s.marker.level.depth == 1]
    for section, kind in kinds[1:]:
        if kind != kinds[0][1]:
            yield warning(
                "N105",
                f"“{section.marker}”下用“{kind.name}”，前面的部分用“{kinds[0][1].name}”",
                section.span or NOWHERE,
                "各部分的第二层用同一种序数",
                str(section.marker),
            )


def heading_marks(outline: Outline) -> Iterator[Diagnostic]:
    """N106: a heading alone on its line ends with ； ： or ，

    One that ends with ， before a paragraph may be a heading of two lines; nothing is said of it.
    """
    for _, section in tree.walk(outline.sections):
        marks = "；：;:" if section.blocks else "；：，、;:,"
        if section.heading and not section.run_in and section.heading.text[-1] in marks:
            yield error(
                "N106",
                f"标题末尾不用“{section.heading.text[-1]}”",
                section.span or NOWHERE,
                "去掉标题末尾的标点",
                section.heading.text,
            )


def lone_child(outline: Outline) -> Iterator[Diagnostic]:
    """N107: a level with one section only: a 一 without a 二."""
    for _, section in tree.walk(outline.sections):
        only = section.sections[0] if len(section.sections) == 1 else None
        if only is not None and only.marker.number <= 1:
            yield warning(
                "N107",
                f"“{section.marker}”下只有“{only.marker}”一节",
                only.span or NOWHERE,
                "补上下一节，或去掉这一层序数",
                str(only.marker),
            )


def chain_ends(outline: Outline) -> Iterator[Diagnostic]:
    """N108: items of one chain end differently, or a chain joined by ； holds a 。 inside an item."""
    for run in _runs(outline):
        ends = {_last(p) for p in run[:-1]} & {"；", "。"}
        if len(ends) > 1:
            yield warning(
                "N108", "同一串分项有的用；有的用。", run[0].span or NOWHERE, "统一成；或统一成。", str(run[0].marker)
            )
        elif ends == {"；"} and any("。" in (p.heading.text + p.text.text)[:-1] for p in run[:-1]):
            yield warning(
                "N108", "用；隔开的分项里面又有。", run[0].span or NOWHERE, "分项都改用。隔开", str(run[0].marker)
            )


def _last(point: Point) -> str:
    words = (point.heading.text + point.text.text).rstrip("”")
    return words[-1:]


_LEFTOVER = re.compile(
    r"[{｛]\s*[\u4e00-\u9fff][^{}｛｝\n]{0,20}[}｝](?!\})|[\[【（(](?:待填|待定|待核)[^\]】）)]{0,12}[\]】）)]|"
    r"【待补：[^】]*】|【有误：[^】]*】|\{\{|\}\}|\{%|(?<![A-Za-z0-9])[xX×]{2,}(?![A-Za-z0-9])|\*{2,}"
)


def leftovers(outline: Outline) -> Iterator[Diagnostic]:
    """H101: what must not leave the office: 【待补】, xx, **, braces. A missing fact's own mark is told as F201."""
    for line in _lines(outline):
        for found in _LEFTOVER.finditer(line.text):
            mark = line.mark_at(found.start())
            if mark is not None and mark.origin is not None and mark.origin.missing:
                continue
            yield error(
                "H101", f"还有没填的内容“{found[0]}”", line.at(found.start()) or NOWHERE, "填上内容再报送", found[0]
            )


def _lines(outline: Outline) -> Iterator[Line]:
    yield from (outline.title, outline.addressee)
    for _, section in tree.walk(outline.sections):
        yield section.heading
    for block in tree.blocks(outline):
        if isinstance(block, Paragraph):
            yield block.lead
            yield from (piece for p in block.points for piece in (p.heading, p.text))
        elif isinstance(block, Image):
            yield block.caption
        else:
            yield from (cell for row in block.rows for cell in row)
    yield from outline.signature


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: its code, the function, and whether it also makes sense on a draft that was just numbered."""

    code: str
    run: Callable[[Outline], Iterator[Diagnostic]]
    on_drafts: bool


RULES = (
    Rule("N101", sequence, on_drafts=False),
    Rule("N102", form, on_drafts=False),
    Rule("N103", chains, on_drafts=False),
    Rule("N104", skips, on_drafts=True),
    Rule("N105", mixed_kinds, on_drafts=True),
    Rule("N106", heading_marks, on_drafts=True),
    Rule("N107", lone_child, on_drafts=True),
    Rule("N108", chain_ends, on_drafts=True),
    Rule("N111", references, on_drafts=True),
    Rule("N112", rows, on_drafts=True),
    Rule("T119", charts, on_drafts=True),
    Rule("T119", captions, on_drafts=True),
    Rule("H101", leftovers, on_drafts=True),
)


def structure(outline: Outline) -> list[Diagnostic]:
    """Findings on a draft whose numbers were just given."""
    return [d for rule in RULES if rule.on_drafts for d in rule.run(outline)]


def file_rules(outline: Outline) -> list[Diagnostic]:
    """Findings on a finished text, in reading order."""
    found = [d for rule in RULES for d in rule.run(outline)]
    return sorted(found, key=lambda d: (d.span.line, d.span.column))
