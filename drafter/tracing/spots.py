"""Where the bookmarks of figures stand in a file; those that are no figures of its report are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from drafter.diagnostic import Diagnostic, note, warning
from drafter.merge.beside import widened
from drafter.source import Span
from drafter.trace import OBJECT, Printed, Record, Traced

SHORT = 20
"""Characters of a figure that a message says."""
MOST = 5
"""Figures of a paragraph that it names."""


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

    def widen(self, text: str, before: str, behind: str) -> None:
        """Take in what adjoins it; `text` is that of its paragraph, `before` and `behind` were generated beside it."""
        self.start, self.end = widened(text, self.start, self.end, before, behind)
        self.text = text[self.start : self.end]


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

    def widen(self, record: Record, paragraphs: Sequence[Printed]) -> None:
        """Figures take in the digits that a hand typed beside their bookmarks: 1 in front of 6起 makes 16起."""
        for generated in record.paragraphs:
            for spot in generated.spots:
                for one in self.found.get(spot.name.upper(), ()):
                    if one.at == one.last:
                        one.widen(paragraphs[one.at].text, generated.text[: spot.start], generated.text[spot.end :])

    def first(self, name: str) -> Standing | None:
        """Where a figure stands: at the first bookmark of its name."""
        return next(iter(self.found.get(name.upper(), ())), None)

    def of_figure(self, name: str, value: Traced) -> Standing | None:
        """Where a figure stands; None where its bookmark is gone, or holds nothing any more."""
        found = self.first(name)
        return found if found is not None and (found.text.strip() or not value.text.strip()) else None


def _goes_on(one: Standing, at: int, paragraphs: Sequence[Printed]) -> bool:
    """Whether a bookmark that reaches the end of its paragraph goes on in a later one, nothing standing between."""
    return one.end == len(paragraphs[one.last].text) and not any(p.text for p in paragraphs[one.last + 1 : at])


def strangers(
    record: Record, standings: Standings, address: Callable[[Standing], str], span: Callable[[Standing], Span]
) -> Iterator[Diagnostic]:
    """R102: figures pasted from another report's file, and second copies of a figure; a paragraph is told once."""
    known = {name.upper() for name in record.figures}
    told: dict[tuple[bool, int], list[Standing]] = {}
    for name, found in standings.found.items():
        own = name in known
        for one in found[1:] if own else found:
            told.setdefault((own, one.at), []).append(one)
    for (own, _), ones in told.items():
        ones.sort(key=lambda one: one.start)
        yield (_copied if own else _pasted)(address(ones[0]), _named(ones), span(ones[0]))


def _copied(where: str, texts: str, span: Span) -> Diagnostic:
    message = f"{where}的{texts}是复制的：同一个数字前面已有一处，这一处没有跟着查"
    return note("R102", message, span, "自己核对这一处", texts)


def _pasted(where: str, texts: str, span: Span) -> Diagnostic:
    message = f"{where}的{texts}是从别的报告或别的一期粘贴来的，不是这份报告的数字，出处保证不了"
    return warning("R102", message, span, "核对它是不是这一期的数；要用就写进模板，重新生成", texts)


def _named(ones: Sequence[Standing]) -> str:
    """“5起”“3人”等7处"""
    more = f"等{len(ones)}处" if len(ones) > MOST else ""
    return "".join(f"“{_short(one.text)}”" for one in ones[:MOST]) + more


def _short(text: str) -> str:
    bare = text.replace(OBJECT, "（图）")
    return bare if len(bare) <= SHORT else f"{bare[:SHORT]}…"
