"""Typed structure that cannot be right, whatever the facts are: rules on the shape of a report's templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from drafter import chain, check, style, text
from drafter import outline as tree
from drafter.chain import point_at, runs
from drafter.diagnostic import Diagnostic, warning
from drafter.outline import Block, Outline, Paragraph, Point, Section
from drafter.source import Line, Mark, Span
from drafter.style import Marker
from drafter.survey.shape import Loop, Shape
from drafter.text import pipes
from drafter.text.boundary import boundaries

NOWHERE = Span("", 1, 1)
_NO_MARK = Mark(0, NOWHERE)
TEXT_DEPTH = 2
"""Down to this level a heading wants text; a list of （1）… may well be names only."""


class Read:
    """A shape read as rendering reads it, before and after its numbers are given and its chains settled."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.body: Outline = text.read_body(shape.text)[0]

    @cached_property
    def whole(self) -> Outline:
        """The outline that a report would have."""
        return chain.settle(chain.renumber(chain.without_empty(self.body), loops=True))

    def loop_of(self, place: Span | None) -> Loop | None:
        """The innermost loop around a place."""
        around = [loop for loop in self.shape.loops if loop.holds(place)]
        return max(around, key=lambda loop: loop.start, default=None)

    def chains(self) -> Iterator[list[Point]]:
        """Chains of items by section, as typed."""
        every: list[tuple[Block, ...]] = [self.body.blocks, *(s.blocks for _, s in tree.walk(self.body.sections))]
        for blocks in every:
            yield from ([point_at(blocks, at) for at in run] for run in runs(blocks, loops=True))


_PRINTED = ("N111", "T119")
"""Rules of tables and charts that filters print: before a build they are not there."""


def findings(shape: Shape) -> list[Diagnostic]:
    """Everything that is said of a report's typed structure; nothing where a tag is not closed."""
    if not shape.whole:
        return []
    read = Read(shape)
    typed = (found for found in check.structure(read.whole) if found.code not in _PRINTED)
    every = [*typed, *(found for rule in RULES for found in rule.run(read))]
    return list({(one.code, one.span): one for one in reversed(every)}.values())[::-1]


def lone_items(read: Read) -> Iterator[Diagnostic]:
    """T125: a chain of one item, outside of any loop: rendering drops its 一是."""
    kept = {p.span for block in tree.paragraphs(read.whole) for p in block.points}
    for paragraph in tree.paragraphs(read.body):
        for point in paragraph.points:
            if point.span not in kept and re.search(r"\w", point.heading.text + point.text.text):
                yield _told(
                    "T125",
                    f"只有“{_typed(point.marker)}”一项，生成时会去掉这个序数",
                    point.span,
                    "补上下一项；要逐项写列表就放进 {% for %} 里；只有一项就删去序数",
                    _typed(point.marker),
                )


def loop_numbers(read: Read) -> Iterator[Diagnostic]:
    """T126: a marker in a loop that begins with 2 where no 1 stands before it."""
    for sections in _lists(read.body.sections):
        yield from _loop_numbers(read, [(s.marker, s.span) for s in sections])
    for items in read.chains():
        yield from _loop_numbers(read, [(p.marker, p.span) for p in items])


def _loop_numbers(read: Read, markers: list[tuple[Marker, Span | None]]) -> Iterator[Diagnostic]:
    last: dict[tuple[str, str], int] = {}
    seen: set[Span | None] = set()
    for marker, place in markers:
        key = (marker.level.name, marker.noun)
        number, before = marker.number, last.get(key, 0)
        if number > 1 and number != before + 1 and place not in seen and read.loop_of(place):
            first = style.write(Marker(marker.level, 1, marker.noun))
            yield _told(
                "T126",
                f"循环里的序数写的是“{_typed(marker)}”，前面没有上一项",
                place,
                f"循环每转一次都写这一个，写成“{first}”，生成时自动往下数",
                _typed(marker),
            )
        last[key] = number or before + 1
        seen.add(place)


def without_text(read: Read) -> Iterator[Diagnostic]:
    """T127: a marker with nothing behind it, or a heading with neither text nor sections under it."""
    for _, section in tree.walk(read.body.sections):
        words = section.heading.text or "".join(_words(block) for block in section.blocks)
        loop = read.loop_of(section.span)
        if not words.strip():
            yield _told(
                "T127", f"序数“{_typed(section.marker)}”后面没有内容", section.span, "写上标题或文字，或删去序数"
            )
        elif section.marker.level.depth <= TEXT_DEPTH and _is_bare(section):
            heading = f"{_typed(section.marker)}{_shown(section.heading)}"
            where = "循环里只有标题" if loop else "标题下面没有内容："
            hint = "正文也写进循环，放在 {% endfor %} 前面" if loop else "在标题下面写正文，或删去这个标题"
            yield _told("T127", f"{where}“{heading}”", section.span, hint, heading)


def same_turns(read: Read) -> Iterator[Diagnostic]:
    """T128: a loop whose body asks for nothing of its item: every turn writes the same."""
    for loop in read.shape.loops:
        if not loop.varies:
            name = loop.names[0] if loop.names else "项"
            message = f"循环里没有用到“{name}”，每一遍写出来都一样"
            yield _told("T128", message, loop.start, f"写上 {{{{ {name}.名称 }}}} 这样的空，或去掉循环")


def too_early(read: Read) -> Iterator[Diagnostic]:
    """T129: a section before the first one of a higher level that the report also has."""
    tops = read.body.sections
    highest = min((s.marker.level.depth for s in tops), default=0)
    told: set[str] = set()
    for section in tops:
        marker = section.marker
        if marker.level.depth > highest and marker.level.name not in told:
            told.add(marker.level.name)
            above = next(s.marker for s in tops if s.marker.level.depth == highest)
            yield _told(
                "T129",
                f"“{_typed(marker)}”前面还没有“{above.level.name}”，别处有",
                section.span,
                f"在前面补上“{above.level.name}”一层的标题，或改用“{above.level.name}”",
                _typed(marker),
            )


def half_typed(read: Read) -> Iterator[Diagnostic]:
    """T130: what looks like a marker at the start of a line and is none as it is typed: 三）, （三, 一."""
    for line in read.shape.text:
        found = next(style.sections(line.text), None)
        if found is None or found[0] or pipes.is_row(line) or style.read(line.text) or not style.is_loose(found[1]):
            continue
        right = style.write(found[1])
        hint = f"写成“{right}”；不是序数就在前面加几个字"
        yield _told("T130", f"“{found[1].written}”不是完整的序数，生成时只当文字", line.at(0), hint, found[1].written)


def stray_carets(read: Read) -> Iterator[Diagnostic]:
    """T131: a ^ that does not stand right behind a marker: it would be printed."""
    for line in _pieces_of(read.body):
        for found in re.finditer(r"(?<![0-9A-Za-z])\^|\^(?![0-9])", line.text):
            mark = line.mark_at(found.start())
            if mark is not None and mark.origin is None:
                message = "“^”没有紧跟在序数后面，会原样印出来"
                hint = "“^”只表示序数后面不是标题，如 （一）^正文；别处的删去"
                yield _told("T131", message, line.at(found.start()), hint, "^")


def inside_lines(read: Read) -> Iterator[Diagnostic]:
    """T132: a section marker in the middle of a line, which a template reads as text."""
    lines = read.shape.text
    every = boundaries(["" if pipes.is_row(line) else line.text for line in lines])
    for line, markers in zip(lines, every, strict=True):
        for start, marker, _ in markers:
            if start and not (line.mark_at(start) or _NO_MARK).origin:
                message = f"行中间的“{_typed(marker)}”不会另起一节，生成时只当文字"
                yield _told("T132", message, line.at(start), "在它前面换行", line.text[start : start + 10])


def _is_bare(section: Section) -> bool:
    """Whether it is a heading and nothing else; one that ends as a sentence does is a short paragraph."""
    return not section.blocks and not section.sections and section.heading.text[-1:] not in "。；！？"


@dataclass(frozen=True, slots=True)
class Rule:
    """One code and the function that finds it."""

    code: str
    run: Callable[[Read], Iterator[Diagnostic]]


RULES = (
    Rule("T125", lone_items),
    Rule("T126", loop_numbers),
    Rule("T127", without_text),
    Rule("T128", same_turns),
    Rule("T129", too_early),
    Rule("T130", half_typed),
    Rule("T131", stray_carets),
    Rule("T132", inside_lines),
)


def _told(code: str, message: str, place: Span | None, hint: str, quote: str = "") -> Diagnostic:
    return warning(code, message, place or NOWHERE, hint, quote)


def _typed(marker: Marker) -> str:
    return marker.written or style.write(marker)


def _shown(line: Line) -> str:
    """The words of a line, blanks as they stand in the template."""
    return "".join(f"{{{{ {mark.origin.fact} }}}}" if mark and mark.origin else piece for piece, mark in line.pieces())


def _lists(sections: tuple[Section, ...]) -> Iterator[tuple[Section, ...]]:
    """Every list of sections under one parent."""
    yield sections
    for section in sections:
        yield from _lists(section.sections)


def _words(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.lead.text + "".join(p.heading.text + p.text.text for p in block.points)
    return "|"


def _pieces_of(outline: Outline) -> Iterator[Line]:
    """Every stretch of text of an outline."""
    for _, section in tree.walk(outline.sections):
        yield section.heading
    for paragraph in tree.paragraphs(outline):
        yield paragraph.lead
        yield from (line for p in paragraph.points for line in (p.heading, p.text))
