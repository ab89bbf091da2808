"""Where the bookmarks of figures stand in a file; those that are no figures of its report are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from drafter.diagnostic import Diagnostic, note, warning
from drafter.source import Span
from drafter.trace import OBJECT, Printed, Record

SHORT = 20
"""Characters of a figure that a message says."""


@dataclass(slots=True)
class Standing:
    """A bookmark as it stands: the paragraphs it covers, by index, and its text in all of them."""

    at: int
    start: int
    text: str
    last: int
    end: int
    """Where it ends in its last paragraph."""

    def before(self, paragraphs: Sequence[Printed]) -> str:
        """The text of its paragraph in front of it."""
        return paragraphs[self.at].text[: self.start]

    def behind(self, paragraphs: Sequence[Printed]) -> str:
        """The text behind it."""
        return paragraphs[self.last].text[self.end :]


@dataclass(slots=True)
class Standings:
    """All bookmarks of figures in a file, by their names in capitals: Word compares them without regard to case."""

    found: dict[str, list[Standing]] = field(default_factory=dict)

    @staticmethod
    def of(paragraphs: Sequence[Printed]) -> Standings:
        """Read them from the paragraphs; what goes on in the next paragraph is one."""
        standings = Standings()
        for at, paragraph in enumerate(paragraphs):
            for spot in paragraph.spots:
                standings.add(spot.name.upper(), Standing(at, spot.start, paragraph.of(spot), at, spot.end), paragraphs)
        return standings

    def add(self, name: str, one: Standing, paragraphs: Sequence[Printed]) -> None:
        known = self.found.setdefault(name, [])
        if known and one.start == 0 and _goes_on(known[-1], one.at, paragraphs):
            known[-1].text += f"\n{one.text}"
            known[-1].last, known[-1].end = one.at, one.end
        else:
            known.append(one)

    def first(self, name: str) -> Standing | None:
        """Where a figure stands: at the first bookmark of its name."""
        return next(iter(self.found.get(name.upper(), ())), None)


def _goes_on(one: Standing, at: int, paragraphs: Sequence[Printed]) -> bool:
    """Whether a bookmark that reaches the end of its paragraph goes on in a later one, nothing standing between."""
    return one.end == len(paragraphs[one.last].text) and not any(p.text for p in paragraphs[one.last + 1 : at])


def strangers(
    record: Record, standings: Standings, address: Callable[[Standing], str], span: Callable[[Standing], Span]
) -> Iterator[Diagnostic]:
    """R102: figures pasted from another report's file, and second copies of a figure."""
    known = {name.upper() for name in record.figures}
    for name, found in standings.found.items():
        own = name in known
        for one in found[1:] if own else found:
            yield (_copied if own else _pasted)(address(one), _short(one.text), span(one))


def _copied(where: str, text: str, span: Span) -> Diagnostic:
    message = f"{where}的“{text}”是复制的：同一个数字前面已有一处，这一处没有跟着查"
    return note("R102", message, span, "自己核对这一处", text)


def _pasted(where: str, text: str, span: Span) -> Diagnostic:
    message = f"{where}的“{text}”是从别的报告或别的一期粘贴来的，不是这份报告的数字，出处保证不了"
    return warning("R102", message, span, "核对它是不是这一期的数；要用就写进模板，重新生成", text)


def _short(text: str) -> str:
    bare = text.replace(OBJECT, "（图）")
    return bare if len(bare) <= SHORT else f"{bare[:SHORT]}…"
