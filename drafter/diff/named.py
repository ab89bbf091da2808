"""What a figure is called: the fact that printed it, the column of its row, or the words before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafter.diff.passages import Passage
from drafter.diff.tokens import FIGURE, PERIOD, Token, folded

LONGEST = 16
"""Characters of a name that is taken from the words before a figure."""
_BREAK = re.compile(r"[,、。;:!?()“”\"|\n]")
_STOP = re.compile(r"[。;!?\n]")
_TAIL = re.compile(r"(?:完成|控制|达到|达|实现|累计|总共|共计|共|为|约|是|了|到|至|有|的|分别|、|已)+$")
_BASE = re.compile(r"[比较与]\0+")
_HEAD = re.compile(r"^(?:其中|今年以来|全年|年内|截至目前|目前|力争|预计|预期|上半年|下半年)+")
_RELATION = re.compile(
    r"^(?:同比|环比|比上年同期|比上年|较上年同期|较上年|比去年|分别|居全\S?|位居全\S?|列全\S?|占比?|增速|增长|下降|增加|提高|减少|降|增|年均)*$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a passage: its name, how it is written, and whether a fact printed it."""

    name: str
    text: str
    token: Token
    printed: bool
    period: str = ""
    """Of a printed one: the stem of the facts file."""
    of_row: bool = False

    @property
    def numbers(self) -> bool:
        """Whether it only numbers a row."""
        return self.name == "" and not self.printed and self.of_row

    @property
    def key(self) -> tuple[str, str, bool]:
        """What two figures share that say the same thing: name, unit, and whether it is a growth."""
        return self.name, self.token.unit[-1:], bool(self.token.way)


def figures(passage: Passage, tokens: Sequence[Token]) -> list[Figure]:
    """The figures of a passage in order, named."""
    line = folded(passage.line.text)
    columns = dict(passage.columns)
    starts = list(columns)
    found: list[Figure] = []
    subjects = _subjects(line, tokens)
    for token in (t for t in tokens if t.kind == FIGURE):
        subject = next(subjects)
        mark = passage.line.mark_at(token.at)
        origin = mark.origin if mark else None
        column = columns[starts[bisect_right(starts, token.start) - 1]] if starts else subject
        if origin is None:
            found.append(Figure(column, token.text, token, printed=False, of_row=bool(starts)))
        else:
            name = f"{origin.name}{origin.formula and f'·{origin.formula}'}"
            found.append(Figure(name, token.text, token, printed=True, period=origin.period))
    return found


def _subjects(line: str, tokens: Sequence[Token]) -> Iterator[str]:
    """The words before each figure; 同比 alone is put behind what it is said of, after 分别 behind one after another."""
    bare = _without_periods(line, tokens)
    subjects, waiting, end = [""], [""], 0
    listed = [t for t in tokens if t.kind == FIGURE]
    for number, token in enumerate(listed):
        if _STOP.search(line, end, token.start):
            subjects, waiting = [""], []
        raw = _BREAK.split(bare[end : token.start])[-1]
        raw = _BASE.sub("", raw).replace("\0", "").strip()
        words = _HEAD.sub("", _TAIL.sub("", raw))
        end = token.end
        if not _RELATION.match(words):
            subjects.append(words[-LONGEST:])
            waiting = []
        elif raw.endswith("分别"):
            waiting = [f"{subject}{words}" for subject in subjects[-_listed(line, listed, number) :]]
        said = subjects[-1].rstrip("由从") + words if _RELATION.match(words) else subjects[-1]
        yield (waiting.pop(0) if waiting else said)[-2 * LONGEST :]


def _without_periods(line: str, tokens: Sequence[Token]) -> str:
    """The line with words of periods blotted out, as long as it was."""
    pieces, end = [], 0
    for token in (t for t in tokens if t.kind == PERIOD):
        pieces += [line[end : token.start], "\0" * (token.end - token.start)]
        end = token.end
    return "".join([*pieces, line[end:]])


def _listed(line: str, figures: Sequence[Token], first: int) -> int:
    """How many figures are listed from one on: 下降45.5%、50%和3%."""
    at = first + 1
    while at < len(figures) and line[figures[at - 1].end : figures[at].start] in ("、", "和", ",", ""):
        at += 1
    return at - first
