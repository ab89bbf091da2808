"""What changed, section by section; what was added or dropped whole is told in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from drafter.diff import wording
from drafter.diff.compare import ADDED, DROPPED, WORDING, Pair
from drafter.diff.passages import HEAD, ROW, TEXT, Passage

OUTSIDE = "开头和落款"
MANY = 5
"""So many passages added or dropped one behind another are told in one row."""
_WORDS = {ADDED: "新增", DROPPED: "删去"}
Key = tuple[str, tuple[int, ...]]
"""Which report and which of its sections."""


def rows(pairs: Sequence[Pair]) -> Iterator[str]:
    """The changes of every section, below its address and heading, with a blank line before it."""
    sections = _Sections(pairs)
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(sections.title(pair), []).append(pair)
    for title, members in groups.items():
        shown = list(sections.shown(members))
        if shown:
            yield ""
            yield title
            yield from (f"  {row}" for row in shown)


class _Sections:
    """Which section of the earlier report became which, and which were added or dropped whole."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.became: dict[tuple[int, ...], Passage] = {}
        for pair in sorted(pairs, key=lambda p: p.passage.kind != HEAD):
            if pair.before and pair.after:
                self.became.setdefault(pair.before.sections, pair.after)
        self.members: dict[tuple[str, int], list[Pair]] = {}
        for pair in pairs:
            for state, passage in ((ADDED, pair.after), (DROPPED, pair.before)):
                for number in passage.sections if passage else ():
                    self.members.setdefault((state, number), []).append(pair)
        self.whole = {
            key
            for key, pairs_of in self.members.items()
            if len(pairs_of) > 1 and {p.state for p in pairs_of} == {key[0]}
        }

    def title(self, pair: Pair) -> str:
        """Address and heading of the section that a change is told under, as the later report has it."""
        passage, alone = pair.passage, self.is_alone(pair)
        path = passage.sections[:-1] if alone else passage.sections
        found = self.became.get(path) if pair.state == DROPPED and path else None
        if found is not None:
            return found.title
        title = passage.above if alone else passage.title
        return f"原{title}" if pair.state == DROPPED and path else title or OUTSIDE

    def is_alone(self, pair: Pair) -> bool:
        """Whether an added or dropped passage is a section of its own below another one: （1）……；"""
        path = pair.passage.sections
        return pair.state in _WORDS and len(path) > 1 and len(self.members[pair.state, path[-1]]) == 1

    def outer(self, pair: Pair) -> int | None:
        """The outermost section that was added or dropped whole with a passage."""
        return next((n for n in pair.passage.sections if (pair.state, n) in self.whole), None)

    def shown(self, members: list[Pair]) -> Iterator[str]:
        """The rows of one section."""
        alone = [p for p in members if self.outer(p) is None]
        if _is_new(alone):
            yield from (row for p in alone if p.state not in _WORDS for row in self.labelled(p))
            yield f"正文重写：{_size(alone, DROPPED, '原')}，{_size(alone, ADDED, '现')}"
            alone = []
        yield from self.wholes(members)
        for (state, kind), group in groupby(alone, key=lambda p: (p.state, p.passage.kind)):
            run = list(group)
            if state in _WORDS and kind in (TEXT, ROW) and len(run) >= MANY:
                yield self.run(state, run)
            else:
                yield from (row for p in run for row in self.labelled(p))

    def wholes(self, members: list[Pair]) -> Iterator[str]:
        """A row for each section that was added or dropped whole and begins here."""
        for pair in members:
            number = self.outer(pair)
            if number is not None and self.members[pair.state, number][0] is pair:
                pairs = self.members[pair.state, number]
                yield f"{_WORDS[pair.state]}整节：{len(pairs)}段，{_characters(pairs)}字"

    def run(self, state: str, run: list[Pair]) -> str:
        """Passages that were added or dropped one behind another."""
        old = "原" if state == DROPPED else ""
        unit = "行" if run[0].passage.kind == ROW else "段"
        reach = f"{old}{self.label(run[0])}至{self.label(run[-1])}"
        return f"{reach} {_WORDS[state]}：{len(run)}{unit}，{_characters(run)}字"

    def label(self, pair: Pair) -> str:
        """Where a passage stands in what it is told under."""
        passage = pair.passage
        if self.is_alone(pair):
            return f"{passage.marker}{passage.label}"
        return "标题" if passage.kind == HEAD else passage.label

    def labelled(self, pair: Pair) -> Iterator[str]:
        """The changes of a passage, each with its label; 原 where only the earlier report has it."""
        label = self.label(pair)
        old = "原" if pair.state == DROPPED and label else ""
        yield from (f"{old}{label} {row}" if label else row for row in _rows(pair))


def _is_new(members: list[Pair]) -> bool:
    """Whether nothing but the heading of a section stayed."""
    states = [p.state for p in members if p.passage.kind != HEAD and p.passage.sections]
    return set(states) == set(_WORDS) and len(states) >= MANY - 1


def _size(members: list[Pair], state: str, word: str) -> str:
    pairs = [p for p in members if p.state == state]
    return f"{word}{len(pairs)}段{_characters(pairs)}字"


def _characters(pairs: list[Pair]) -> int:
    return sum(len(p.passage.line) for p in pairs)


def _rows(pair: Pair) -> Iterator[str]:
    """What became of a passage, a line for each change; nothing when it stayed."""
    if pair.moved and pair.before:
        yield f"移动：原在{pair.before.address}"
    if pair.state in _WORDS:
        yield f"{_WORDS[pair.state]}：{wording.shortened(pair.passage.line.text)}"
    for change in pair.figures:
        yield f"{change.name}：{change.before} → {change.after}".removeprefix("：")
    if pair.state == WORDING:
        yield from wording.rows(pair)
