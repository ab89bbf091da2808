"""Well-formed reports made up at random, which know their own units: the truth that reading is measured against.

A report is a list of paragraphs, a paragraph a list of pieces: text, or a marker with its level. Joined with line ends
or with nothing, it says where each unit starts. All shapes of the style occur: stand-alone headings, run-in and colon
headings, numbered paragraphs without a heading, lists joined by ；, chains of every family, 一、→1., numbering that goes
on across sections, paragraphs between sections, a glossary at the end; and sentences hold what looks like a marker and
is none (一、二、三产业, 3.15, 第三条第（二）项, quoted chains).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from tests.made_words import ITEM, LEADS, NOUNS, PARTS, TERMS, Maker, Mark, chinese

HALF = str.maketrans("，；：（）！", ",;:()!")
STRAIGHT = str.maketrans("“”", '""')
Piece = str | Mark

Truth = list[tuple[int, int | str]]
"""(offset of the marker, level) in reading order."""


@dataclass(slots=True)
class Report:
    """Paragraphs; `joined` gives the text and the truth about it."""

    paragraphs: list[list[Piece]] = field(default_factory=list)
    indent: str = ""
    folded: bool = False
    straight: bool = False

    def joined(self, by: str) -> tuple[str, Truth]:
        text, truth = "", []
        for paragraph in self.paragraphs:
            text += (by if text else "") + self.indent
            for piece in paragraph:
                if isinstance(piece, Mark):
                    truth.append((len(text), piece.level))
                text += piece if isinstance(piece, str) else piece.text
        text = text.translate(HALF) if self.folded else text
        return text.translate(STRAIGHT) if self.straight else text, truth


# ---- chains ---------------------------------------------------------------------------------------------------------


def family(m: Maker, count: int) -> list[Mark]:
    """The markers of a chain of one family."""
    kind = m.r.choices(("是", "要", "首", "第", "其"), (70, 8, 8, 8, 4))[0]
    if kind == "首":
        return [
            Mark(ITEM, w + "，")
            for w in (["首先", "其次", "再次", "最后"] if count > 3 else ["首先", "其次", "最后"][:count])
        ]
    shape = {"是": "{}是", "要": "{}要", "第": "第{}，", "其": "其{}，"}[kind]
    return [Mark(ITEM, shape.format(chinese(n))) for n in range(1, count + 1)]


def chain(m: Maker) -> list[Piece]:
    """A whole chain in one paragraph: clauses joined by ； or sentences, some with a lead sentence."""
    marks = family(m, m.r.randint(2, 6))
    style = m.r.choice(("；", "。", "lead"))
    pieces: list[Piece] = []
    for number, mark in enumerate(marks, start=1):
        last = number == len(marks)
        if style == "lead":
            pieces += [mark, m.heading() + "。" + m.prose(1, 2)]
        else:
            pieces += [mark, "，".join(m.clause() for _ in range(m.r.randint(1, 3))) + ("。" if last else style)]
    return pieces


def chain_paragraphs(m: Maker) -> Iterator[list[Piece]]:
    """A chain whose items are paragraphs of their own: 一是, or 亮点一：."""
    count = m.r.randint(2, 5)
    named = m.r.random() < 0.2
    word = m.r.choice(("亮点", "举措", "问题"))
    marks = [Mark(ITEM, f"{word}{chinese(n)}：") for n in range(1, count + 1)] if named else family(m, count)
    for mark in marks:
        yield [mark, m.heading() + "。" + m.prose(1, 3)]


# ---- sections -------------------------------------------------------------------------------------------------------


def text_block(m: Maker) -> Iterator[list[Piece]]:
    """Text below a heading: prose, a chain behind a lead-in, or a chain in paragraphs."""
    kind = m.r.random()
    if kind < 0.6:
        for _ in range(m.r.randint(1, 2)):
            yield [m.prose()]
    elif kind < 0.85:
        yield [m.prose(0, 1) + m.one(LEADS) + m.r.choice(("：", "：", "，")), *chain(m)]
    else:
        yield from chain_paragraphs(m)


def run_in(m: Maker, level: int) -> list[Piece]:
    """What stands behind a marker on its line: a heading sentence with text, a colon heading, or text without heading."""
    kind = m.r.random()
    if kind < 0.6:
        return [m.heading() + "。" + m.prose(1, 3)]
    if kind < 0.7 and level == 2:
        return [m.one(NOUNS) + "方面：" + m.prose(1, 2)]
    if kind < 0.85:
        return [m.heading() + "。" + m.r.choice(("", m.one(LEADS) + "：")), *chain(m)]
    if level > 2 and m.dot != "、" and not m.gap and m.r.random() < 0.1:
        return [f"{m.r.randint(2020, 2026)}年，{m.clause()}。" + m.prose(0, 1)]
    return [m.clause() + "，" + m.clause() + "。" + m.prose(0, 2)]


def listed(m: Maker, level: int, first: int, count: int) -> Iterator[list[Piece]]:
    """Numbered paragraphs joined by ；, the last one ending in 。."""
    for at, number in enumerate(m.numbers(first, count), start=1):
        yield [
            m.mark(level, number),
            "，".join(m.clause() for _ in range(m.r.randint(1, 2))) + ("。" if at == count else "；"),
        ]


def below(m: Maker, level: int, first: int = 1) -> Iterator[list[Piece]]:
    """Units of one level in one shape, with what stands below them."""
    count = m.r.randint(2, {2: 7, 3: 5, 4: 3}[level])
    if m.r.random() < 0.01:
        count = m.r.randint(10, 130 if level == 3 else 24)
    shape = m.r.choice(("alone", "run-in", "run-in", "list" if level > 2 else "alone"))
    if shape == "list":
        yield from listed(m, level, first, count)
        return
    for number in m.numbers(first, count):
        mark = m.mark(level, number)
        deeper = count < 10 and level < 4 and m.r.random() < (0.35 if level == 2 else 0.2)
        if shape == "run-in":
            yield [mark, *run_in(m, level)]
        else:
            yield [mark, m.heading()]
            if not deeper or m.r.random() < 0.3:
                yield from text_block(m)
        if deeper:
            yield from below(m, level + 1)


def section(m: Maker, number: int, first: int) -> Iterator[list[Piece]]:
    """A level-1 section: heading, perhaps an opening paragraph, then （一）, 1. or plain text."""
    yield [m.mark(1, number), m.one(PARTS)]
    if m.r.random() < 0.4:
        yield [m.prose()]
    kind = m.r.random()
    if kind < 0.6:
        yield from below(m, 2, first)
    elif kind < 0.8:
        yield from below(m, 3, 1)
    else:
        yield from text_block(m)
    if m.r.random() < 0.2:
        yield [m.r.choice(("回顾一年来的工作，", "同时，我们也清醒看到，", "面对新形势新任务，")) + m.prose(1, 2)]


def glossary(m: Maker) -> Iterator[list[Piece]]:
    """名词解释 that counts from 1. again."""
    yield [m.r.choice(("名词解释", "附件：名词解释", "政府工作报告名词解释"))]
    for number in range(1, m.r.randint(6, 24)):
        year = "2026年" if number > 9 and m.dot != "、" and not m.gap and m.r.random() < 0.05 else ""
        word = m.one(TERMS)
        yield [m.mark(3, number), f"{year}“{word}”：指{m.clause()}，{m.clause()}。"]


def opening(m: Maker) -> Iterator[list[Piece]]:
    yield [f"清源县{m.one(NOUNS)}{m.r.choice(('工作总结', '情况报告', '2022年工作总结', '工作汇报'))}"]
    if m.r.random() < 0.3:
        yield [f"（2022年{m.r.randint(1, 12)}月{m.r.randint(1, 28)}日）"]
    if m.r.random() < 0.4:
        yield ["县人民政府："]
    for _ in range(m.r.randint(0, 2)):
        yield [m.prose(1, 3)]
    if m.r.random() < 0.4:
        yield ["现将有关情况报告如下。"]


def closing(m: Maker) -> Iterator[list[Piece]]:
    if m.r.random() < 0.3:
        yield ["以上报告，请审议。"]
    if m.r.random() < 0.4:
        yield ["清源县" + m.one(NOUNS) + "领导小组办公室"]
        yield [f"2022年{m.r.randint(1, 12)}月{m.r.randint(1, 28)}日"]
    if m.r.random() < 0.25:
        yield from glossary(m)


@cache
def made(seed: int) -> Report:
    """A report of 500 to 30,000 characters; the same seed gives the same one."""
    m = Maker(seed)
    report = Report(list(opening(m)), m.indent, m.folded, m.straight)
    first = 1
    for number in range(1, m.r.randint(3, 6) if m.r.random() < 0.98 else 13):
        part = list(section(m, number, first))
        report.paragraphs += part
        seconds = [p for paragraph in part for p in paragraph if isinstance(p, Mark) and p.level == 2]
        first = first + len(seconds) if m.goes_on else 1
    report.paragraphs += closing(m)
    return report
