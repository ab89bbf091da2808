"""Marks in rendered output → lines that know their places, and what the values in them tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.diagnostic import Diagnostic, error, warning
from drafter.figure import Missing
from drafter.source import BLANKS, Line, Mark, Origin, Span, Text
from drafter.template.scan import END, PLACE, VALUE, Scan

_MARK = re.compile(f"([{PLACE}{VALUE}])(\\d+){END}")


def read_marks(marked: str, spans: list[Span], values: list[Origin | Missing]) -> Text:
    """Strip the marks into Line.marks; blank lines leave nothing behind."""
    lines: list[Line] = []
    text, marks = "", [Mark(0, spans[0] if spans else Span("", 1, 1))]

    def end_line() -> None:
        nonlocal text, marks
        line = Line(text, tuple(_joined(marks))).strip(BLANKS)
        if line.text:
            lines.append(line)
        last = marks[-1]
        text, marks = "", [Mark(0, last.span, last.origin)]

    position = 0
    for found in [*_MARK.finditer(marked), None]:
        words = marked[position : found.start() if found else len(marked)]
        if marks[-1].origin is not None and text.lstrip(BLANKS).startswith("|"):
            words = words.replace("\n", " ").rstrip()
        pieces = words.split("\n")
        for index, piece in enumerate(pieces):
            if index:
                end_line()
            text += piece
        if found is None:
            break
        position = found.end()
        number = int(found[2])
        if number >= len(spans if found[1] == PLACE else values):
            continue
        if found[1] == PLACE:
            marks.append(Mark(len(text), spans[number]))
        else:
            value = values[number]
            origin = value.origin() if isinstance(value, Missing) else value
            marks.append(Mark(len(text), marks[-1].span, origin if number else None))
    end_line()
    return tuple(lines)


def _joined(marks: list[Mark]) -> Iterator[Mark]:
    """Marks without those that cover nothing, because the next one starts at the same place."""
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        if following is None or following.start > mark.start:
            yield mark


def findings(text: Text, values: list[Origin | Missing]) -> Iterator[Diagnostic]:
    """Missing facts, faults and units typed twice, at their places in the template."""
    told = {(v.name, v.fault): v for v in values if isinstance(v, Missing)}
    for line in text:
        pieces = list(line.pieces())
        for (piece, mark), following in zip(pieces, [*pieces[1:], None], strict=True):
            if mark is None or mark.origin is None:
                continue
            if mark.origin.missing:
                value = told.get((mark.origin.fact, mark.origin.formula))
                if value is not None:
                    yield _lacking(value, mark.span, piece)
            elif following and mark.origin.unit and following[0].startswith(mark.origin.unit):
                yield _twice(mark, piece)


def silent(asked: Sequence[Missing], values: Sequence[Origin | Missing], found: Scan) -> Iterator[Diagnostic]:
    """Facts looped over though missing, and names nobody knows that were asked `is 已填`, at their places."""
    printed = {v.name for v in values if isinstance(v, Missing)}
    for value in {v.name: v for v in asked if v.name not in printed}.values():
        place = found.find_anywhere(value.name)
        if not value.unknown:
            yield _lacking(value, place, value.name)
        else:
            message = f"没有叫“{value.name}”的事实或指标，按没有填处理"
            yield warning("T102", message, place, value.hint or "写错了就改；没写错就在 指标.yaml 里登记", value.name)


def _lacking(value: Missing, place: Span, quote: str) -> Diagnostic:
    if value.fault:
        return error("T104", value.fault, place, value.hint, quote)
    if value.unknown:
        return error("T102", f"没有叫“{value.name}”的事实或指标", place, value.hint, quote)
    office = f"，请{value.office}提供" if value.office else ""
    file = f"{value.period}.yaml" if value.period else "本期事实文件"
    where = f"在 {value.span.file}:{value.span.line} 填上" if value.span else f"在 {file} 里填上"
    return error("F201", f"缺数据：{value.name}{office}", place, value.hint or where, quote)


def _twice(mark: Mark, piece: str) -> Diagnostic:
    unit = mark.origin.unit if mark.origin else ""
    return warning(
        "T107",
        f"单位“{unit}”写了两次：数据自己带单位",
        mark.span,
        f"去掉花括号后面的“{unit}”，或写成 |数",
        piece + unit,
    )
