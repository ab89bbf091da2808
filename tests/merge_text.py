"""Merges on plain text: records and files written with figures in braces, and plans carried out on strings.

    发生事故{事故起数:6起}，{同比下降|事故起数·同比:45.5%}。

A figure is {fact:value}; with the words its blank printed before it {words|fact:value}, with a formula {fact·formula:value};
`*` behind { makes it one of the same blank as the figure before. In the file as it stands a figure is {fact:value} where
its bookmark still stands. Lines that begin with | are rows of a table; a line that begins with another one starts a new table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.plan import PARAGRAPH, Insertion, Plan
from drafter.source import Origin, Span
from drafter.trace import Printed, Record, Spot, Traced, name_of

TARGET, PERIOD = "应急管理局/月报", "2022-09"
_FIGURE = re.compile(r"\{(\*?)(?:([^|{}]*)\|)?([^:{}|]+):([^{}]*)\}")


def record(text: str) -> Record:
    """What was generated."""
    figures: dict[str, Traced] = {}
    paragraphs = tuple(_paragraphs(text, figures, {}))
    return Record(TARGET, PERIOD, paragraphs, figures)


def printed(text: str, before: Record) -> list[Printed]:
    """A file that was generated so and edited by hand: {fact:value} where a bookmark still stands."""
    known: dict[str, list[str]] = {}
    for name, value in before.figures.items():
        known.setdefault(_called(value), []).append(name)
    return list(_paragraphs(text, {}, known))


def _called(value: Traced) -> str:
    formula = value.origin.formula
    return f"{value.origin.fact}·{formula}" if formula else value.origin.fact


def _paragraphs(text: str, figures: dict[str, Traced], known: dict[str, list[str]]) -> Iterator[Printed]:
    table = row = -1
    left = {called: list(names) for called, names in known.items()}
    for line in text.split("\n"):
        if not line.startswith("|"):
            row = -1
            yield _paragraph("" if line == "□" else line, figures, left, known)
            continue
        table, row = table + (row < 0), row + 1
        for column, cell in enumerate(line.strip("|").split("|")):
            yield replace(_paragraph(cell.strip(), figures, left, known), cell=(table, row, column))


def _paragraph(
    line: str, figures: dict[str, Traced], left: dict[str, list[str]], known: dict[str, list[str]]
) -> Printed:
    text, spots, at = "", [], 0
    for found in _FIGURE.finditer(line):
        text += line[at : found.start()] + (found[2] or "")
        fact, _, formula = found[3].partition("·")
        name = _name(found[3], figures, left, known)
        if not known:
            blank = len(figures) if found[1] else len(figures) + 1
            origin = Origin(fact, Span("data/应急管理局/2022-09.yaml", len(figures) + 1, 1), PERIOD, formula)
            missing = found[4].startswith("【待补")
            figures[name] = Traced(found[4], replace(origin, missing=missing), blank, found[2] or "")
        spots.append(Spot(name, len(text), len(text) + len(found[4])))
        text += found[4]
        at = found.end()
    return Printed(text + line[at:], tuple(s for s in spots if s.end > s.start))


def _name(called: str, figures: dict[str, Traced], left: dict[str, list[str]], known: dict[str, list[str]]) -> str:
    if not known:
        return name_of(Record(TARGET, PERIOD).key, len(figures) + 1)
    return left[called].pop(0) if left.get(called) else known[called][-1]


def done(plan: Plan, here: Sequence[Printed], now: Record) -> list[str]:
    """The lines of the file when the plan is carried out, figures in {}; the oracle of the tests."""
    gone = {r.at: r for r in plan.removals}
    lines: list[str] = []
    for at, group in _groups(here):
        lines += [_inserted(i, now, plan) for i in plan.insertions if i.before and i.at in at]
        if not any(index in gone for index in at):
            texts = [_edited(index, here[index], plan) for index in at]
            lines.append(_line(group, texts))
        lines += [_inserted(i, now, plan) for i in plan.insertions if not i.before and i.at in at]
    return lines


def _groups(here: Sequence[Printed]) -> Iterator[tuple[list[int], Printed]]:
    index = 0
    while index < len(here):
        at = [index]
        cell = here[index].cell
        while cell and at[-1] + 1 < len(here) and (following := here[at[-1] + 1].cell) and following[:2] == cell[:2]:
            at.append(at[-1] + 1)
        yield at, here[index]
        index = at[-1] + 1


def _line(paragraph: Printed, texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |" if paragraph.cell else texts[0] or "□"


def _inserted(one: Insertion, now: Record, plan: Plan) -> str:
    first = now.paragraphs[one.source]
    if one.what == PARAGRAPH:
        return _shown(first.text, [(s.start, s.end) for s in first.spots]) or "□"
    cells = [first]
    for other in now.paragraphs[one.source + 1 :]:
        if not (other.cell and first.cell and other.cell[:2] == first.cell[:2]):
            break
        cells.append(other)
    return _line(first, [_shown(c.text, [(s.start, s.end) for s in c.spots]) for c in cells])


def _edited(index: int, paragraph: Printed, plan: Plan) -> str:
    """The paragraph after its changes."""
    text, spots = paragraph.text, [(s.start, s.end) for s in paragraph.spots]
    for change in sorted((c for c in plan.changes if c.at == index), key=lambda c: (c.start, c.end), reverse=True):
        new, inside, size = "", [], change.end - change.start
        for piece in change.pieces:
            if piece.name or change.name:
                inside.append((change.start + len(new), change.start + len(new) + len(piece.text)))
            new += piece.text
        grown = len(new) - size
        spots = [(s + grown if s >= change.end else s, e + grown if e >= change.end and s >= change.end else e)
                 for s, e in spots if not (change.start <= s and e <= change.end and s < e)]  # fmt: skip
        spots += inside
        text = text[: change.start] + new + text[change.end :]
    return _shown(text, spots)


def _shown(text: str, spots: list[tuple[int, int]]) -> str:
    for start, end in sorted(spots, reverse=True):
        text = f"{text[:start]}{{{text[start:end]}}}{text[end:]}"
    return text


def conflicts(plan: Plan) -> list[str]:
    """What is told of conflicts, one line each."""
    return [f"{c.kind}：{c.here} ⇐ {c.now}" for c in plan.conflicts]
