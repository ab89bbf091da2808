"""What a refresh does, told: step by step, conflict by conflict, and the words of a hand that speak of another period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter import period as periods
from drafter import tracing
from drafter.diagnostic import Diagnostic, note, warning
from drafter.diff import stale
from drafter.period import Period
from drafter.plan import Plan
from drafter.refresh import words
from drafter.refresh.model import ADDED, CHANGED, LEFT, REWORDED, TAKEN, Step, short
from drafter.trace import OBJECT
from drafter.word.trace.file import File

FAR = 1_000_000
"""Behind all that stands in a paragraph."""
Row = tuple[tuple[int, int], Step]
"""(place, what is done there)."""


@dataclass(slots=True)
class Telling:
    """A plan in words, at places of the file as it stands before anything is done."""

    file: File
    plan: Plan
    sight: tracing.Sight = field(init=False)

    def __post_init__(self) -> None:
        plan = self.plan
        words = {*(c.at for c in plan.conflicts), *(r.at for r in plan.rewordings), *(u.at for u in plan.updates)}
        blocks = {*(i.at for i in plan.insertions), *(r.at for r in plan.removals), *plan.typed}
        self.sight = tracing.sight(self.file, words | blocks)

    def conflicts(self) -> tuple[Diagnostic, ...]:
        """The findings."""
        where, place = self.sight.where_is, self.sight.span_of
        return tuple(words.finding(c, where(c.at, c.start), place(c.at, c.start)) for c in self.plan.conflicts)

    def handwritten(self, earlier: Period | None, later: Period) -> Iterator[Diagnostic]:
        """R211: what a hand wrote for the earlier period, paragraph by paragraph; nothing where it is the same period."""
        if earlier is None or earlier == later:
            return
        for at in self.plan.typed:
            text = _bare(self.file.strands[at].text)
            where = self.sight.where_is(at, 0) or "这一段"
            left = stale.words(text, earlier, later)
            named = f"里面有{'、'.join(f'“{word}”' for word in left)}，" if left else ""
            message = f"{where}是手写或手改的，{named}说的是上一份的事：“{short(text)}”"
            hint = f"逐句核对，改成{periods.name(later)}的" if left else "逐句核对，改成这一期的"
            yield (warning if left else note)("R211", message, self.sight.span_of(at, 0), hint)

    def steps(self) -> tuple[Step, ...]:
        """What is done and left, in order of the text."""
        rows = (*self._changed(), *self._come_and_gone(), *self._left())
        return tuple(step for _, step in sorted(rows, key=lambda row: row[0]))

    def _changed(self) -> Iterator[Row]:
        where = self.sight.where_is
        for one in self.plan.updates:
            value = self.plan.record.figures.get(one.name)
            if one.before:
                fact = value.origin.fact if value else ""
                step = Step(CHANGED, where(one.at, one.start), _bare(one.before), _bare(one.after), fact)
                yield (one.at, one.start), step
        for word in self.plan.rewordings:
            kind = ADDED if not word.before else TAKEN if not word.after else REWORDED
            step = Step(kind, where(word.at, word.start), _bare(word.before), _bare(word.after))
            yield (word.at, word.start), step

    def _come_and_gone(self) -> Iterator[Row]:
        where = self.sight.where_is
        for new in self.plan.insertions:
            if new.text.strip():
                place = f"{where(new.at, 0)}{'之前' if new.before else '之后'}"
                yield (new.at, -1 if new.before else FAR), Step(ADDED, place, "", _bare(new.text))
        for gone in self.plan.removals:
            text = " | ".join(self.file.strands[at].text for at in self._row(gone.at))
            if text.strip():
                yield (gone.at, 0), Step(TAKEN, where(gone.at, 0), _bare(text), "")

    def _left(self) -> Iterator[Row]:
        for left in self.plan.conflicts:
            where = self.sight.where_is(left.at, left.start)
            yield (left.at, left.start), Step(LEFT, where, _bare(left.here), _bare(left.now))

    def _row(self, at: int) -> Iterator[int]:
        """The paragraphs that go with one: those of its row."""
        cell = self.file.strands[at].cell
        yield at
        while cell and at + 1 < len(self.file.strands) and (other := self.file.strands[at + 1].cell):
            if other[:2] != cell[:2]:
                return
            at += 1
            yield at


def _bare(text: str) -> str:
    """A text to be told: without the mark that a list of values begins its next one with."""
    return text.replace(OBJECT, "（图）").lstrip("、，；和")
