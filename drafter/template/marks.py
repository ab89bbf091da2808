"""Marks in rendered output → lines that know their places, and what the values in them tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.diagnostic import Diagnostic, error, warning
from drafter.measure import MEASURES
from drafter.missing import Missing
from drafter.source import BLANKS, Line, Mark, Origin, Span, Text
from drafter.template.scan import END, PLACE, VALUE, Scan

_MARK = re.compile(f"([{PLACE}{VALUE}])(\\d+){END}")
PLAN = "预计"
_OPENING = re.compile(f"(?:[^，。；]*[：、.．）)是])?{PLAN}(：?)")
"""A sentence that opens with 预计, behind its marker or lead-in."""


def read_marks(marked: str, spans: list[Span], values: list[Origin | Missing]) -> Text:
    """Strip the marks into Line.marks; blank lines leave nothing behind.

    A value's own 预计 is left out where the typed words of its clause or the opening of its sentence say it already,
    or where it was said of the same fact in the same part of the sentence.
    """
    reader = _Reader(spans, values)
    position = 0
    found = list(_MARK.finditer(marked))
    for index, mark in enumerate(found):
        reader.add(marked[position : mark.start()], found, index)
        position = mark.end()
        reader.turn(mark[1], int(mark[2]))
    reader.add(marked[position:], found, len(found))
    reader.end_line()
    return tuple(reader.lines)


def without_marks(marked: str) -> str:
    """What plain Jinja would print (law L4)."""
    return _MARK.sub("", marked)


class _Reader:
    """Gathers lines and their marks; `typed` is the sentence so far, with what values printed blanked out."""

    def __init__(self, spans: list[Span], values: list[Origin | Missing]) -> None:
        self.spans = spans
        self.values = values
        self.lines: list[Line] = []
        self.text = ""
        self.typed = ""
        self.by_value = False
        self.planned: set[str] = set()
        """Facts whose 预计 was said since the last 。 or ；."""
        self.marks = [Mark(0, spans[0] if spans else Span("", 1, 1))]

    def turn(self, kind: str, number: int) -> None:
        """What comes next is typed at a place, or printed by a value (0: by a filter's own words)."""
        if number >= len(self.spans if kind == PLACE else self.values):
            return
        self.by_value = kind == VALUE
        if kind == PLACE:
            self.marks.append(Mark(len(self.text), self.spans[number]))
            return
        value = self.values[number]
        origin = value.origin() if isinstance(value, Missing) else value
        self.marks.append(Mark(len(self.text), self.marks[-1].span, origin if number else None))

    def add(self, words: str, marks: list[re.Match[str]], index: int) -> None:
        """The words between the last mark and `marks[index]`; inside a table row a value stays on its line."""
        origin = self.marks[-1].origin
        if self.by_value and origin is None and words == PLAN and self.is_said(self.fact(marks, index)):
            return
        if not self.by_value and not _ENDS.isdisjoint(words):
            self.planned.clear()
        if origin is not None and self.text.lstrip(BLANKS).startswith("|"):
            words = words.replace("\n", " ").rstrip()
        for number, piece in enumerate(words.split("\n")):
            if number:
                self.end_line()
            self.text += piece
            self.typed = self.typed + " " * len(piece) if self.by_value else _sentence(self.typed + piece)

    def fact(self, marks: list[re.Match[str]], index: int) -> str:
        """The fact of the next value, from `marks[index]` on; empty when there is none."""
        coming = (marks[at] for at in range(index, len(marks)))
        numbers = (int(m[2]) for m in coming if m[1] == VALUE and m[2] != "0")
        number = next(numbers, 0)
        value = self.values[number if number < len(self.values) else 0]
        return value.name

    def is_said(self, fact: str) -> bool:
        """Whether 预计 of a fact is said already; from now on it is."""
        known = fact in self.planned or said_already(self.typed)
        self.planned.add(fact)
        return known

    def end_line(self) -> None:
        """Keep the line unless it is blank."""
        line = Line(self.text, tuple(_joined(self.marks))).strip(BLANKS)
        if line.text:
            self.lines.append(line)
        last = self.marks[-1]
        self.text, self.typed, self.marks = "", "", [Mark(0, last.span, last.origin)]
        self.planned.clear()


_ENDS = frozenset("。；！？\n")


def _sentence(words: str) -> str:
    """The words behind the last 。"""
    return words[max(words.rfind(mark) for mark in "。！？") + 1 :]


def said_already(typed: str) -> bool:
    """Whether the typed words of a sentence govern what follows: 预计 in its clause, 预计： in its sentence, 预计 ahead up to a ；.

    Source: official-style 3.3 (预计 once; a sentence that opens 预计： does not repeat it), F12, F17.
    """
    sentence = typed.strip(BLANKS)
    opening = _OPENING.match(sentence)
    governs = opening is not None and (opening[1] != "" or "；" not in sentence[opening.end() :])
    return governs or PLAN in re.split("[，；：]", sentence)[-1]


def _joined(marks: list[Mark]) -> Iterator[Mark]:
    """Marks without those that cover nothing, because the next one starts at the same place."""
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        if following is None or following.start > mark.start:
            yield mark


def findings(text: Text, values: list[Origin | Missing]) -> Iterator[Diagnostic]:
    """Missing facts, faults and units typed twice, at their places in the template."""
    told = {(v.origin().fact, v.fault): v for v in values if isinstance(v, Missing)}
    for line in text:
        pieces = list(line.pieces())
        for before, (piece, mark), following in zip([("", None), *pieces], pieces, [*pieces[1:], None], strict=False):
            if mark is None or mark.origin is None:
                continue
            if mark.origin.missing:
                value = told.get((mark.origin.fact, mark.origin.formula))
                if value is not None:
                    yield lacking(value, mark.span, piece)
            elif following and mark.origin.unit and following[0].startswith(mark.origin.unit):
                yield _twice(mark, piece)
            elif mark.origin.bare and _unitless(before[0], piece, following):
                yield _bare(mark, piece)


def silent(
    asked: Sequence[Missing], tested: Sequence[Missing], values: Sequence[Origin | Missing], found: Scan
) -> Iterator[Diagnostic]:
    """Facts looped over though missing, and names nobody knows that were asked `is 已填`, at their places."""
    told = {v.name for v in values if isinstance(v, Missing)}
    for value in {v.name: v for v in asked if v.name not in told}.values():
        told.add(value.name)
        yield lacking(value, found.find_anywhere(value.name), value.name)
    for value in {v.name: v for v in tested if v.name not in told}.values():
        message = f"没有叫“{value.name}”的事实或指标，按没有填处理"
        hint = value.hint or "写错了就改；没写错就在 指标.yaml 里登记"
        yield warning("T102", message, found.find_anywhere(value.name), hint, value.name)


def lacking(value: Missing, place: Span, quote: str) -> Diagnostic:
    """What is told of a missing fact at its place in the template: T104 misused, T102 unknown, F201 not filled in."""
    if value.fault:
        return error("T104", value.fault, place, value.hint, quote)
    if value.unknown:
        return error("T102", f"没有叫“{value.name}”的事实或指标", place, value.hint, quote)
    office = f"，请{value.office}提供" if value.office else ""
    file = f"{value.period}.yaml" if value.period else "本期事实文件"
    where = f"在 {value.span.file}:{value.span.line} 填上" if value.span else f"在 {file} 里填上"
    return error("F201", f"缺数据：{value.name}{office}", place, value.hint or where, quote)


def _unitless(before: str, piece: str, following: tuple[str, Mark | None] | None) -> bool:
    """Whether a number that brought no unit gets none from the sentence either: 开展督查2，; cells and 第2 need none."""
    after = following[0].lstrip()[:1] if following else ""
    plain = piece.strip("0123456789.,-") == "" and not before.endswith("第")
    return plain and bool(before.strip("| ")) and (not after or not (after in MEASURES or after.isascii()))


_OF_ITEM = re.compile(r"第\d+项的")
"""The name of a field of a list item, which no indicator can have."""


def _bare(mark: Mark, piece: str) -> Diagnostic:
    fact = mark.origin.fact if mark.origin else ""
    own = mark.origin.indicator if mark.origin else ""
    hint = f'在 指标.yaml 登记“{own or fact}”的单位（没有单位的写 单位: ""），或在花括号后面写上单位'
    if _OF_ITEM.search(fact) and not own:
        hint = f"在事实里带着单位写（如 {piece}个），或在花括号后面写上单位"
    return warning("T112", f"“{fact}”印出来没有单位", mark.span, hint, piece)


def _twice(mark: Mark, piece: str) -> Diagnostic:
    unit = mark.origin.unit if mark.origin else ""
    return warning(
        "T107",
        f"单位“{unit}”写了两次：数据自己带单位",
        mark.span,
        f"去掉花括号后面的“{unit}”，或写成 |数",
        piece + unit,
    )
