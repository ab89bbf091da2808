"""The rows of a 表格 and what they answer: records, named things, departments, ranked rows, figures, texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from drafter.figure import OPERANDS, Figure, Indicator, Rank, operand
from drafter.missing import Missing
from drafter.numeral import Number, parse, rounded
from drafter.phrases import arithmetic
from drafter.phrases.arithmetic import FALLS, RISES, Change
from drafter.phrases.member import Member
from drafter.phrases.phrase import PhraseError, short
from drafter.phrases.target import completion
from drafter.phrases.words import WORDS
from drafter.source import Basis

NAME = "名称"
PLACED = "位次"
_STEP = re.compile(r"(?<!\d)\.|\.(?!\d)")


def steps(path: str) -> list[str]:
    """The names that a column asks one after the other: 财政收入.增幅 → 财政收入, 增幅; PM2.5浓度 is one name."""
    return [step.strip() for step in _STEP.split(path)]


@dataclass(frozen=True, slots=True)
class Named:
    """A row that stands under its name in a mapping: 云岭镇: {财政收入: …}."""

    name: str
    item: object

    def get(self, name: str) -> object:
        """Its name, or a field of it; a figure is called by its key, 1月 and not 序列的1月."""
        if isinstance(self.item, Figure):
            return self.name if name == NAME else of_figure(self.item, name)
        found = getattr(self.item, "get", None)
        return self.name if name == NAME and NAME not in fields(self.item) else found(name) if found else None

    def __iter__(self) -> Iterator[str]:
        own = fields(self.item)
        return iter(own if NAME in own else (NAME, *own))


def rows(item: object) -> tuple[object, ...]:
    """The rows of a list, or of a mapping of named things. Errors: PhraseError for anything else, and for nothing."""
    found: Iterable[object] = ()
    if isinstance(item, (list, tuple)):
        found = item
    elif isinstance(item, (Figure, str)) or not hasattr(item, "get"):
        hint = f"写成 {{{{ {item.name}.其中|表格 }}}}" if isinstance(item, Figure) and item.parts else _HINT
        name = item.name if isinstance(item, Figure) else short(item)
        raise PhraseError(f"“{name}”不是列表，列不成表格", hint)
    else:
        found = _named(item)
    if not (told := tuple(found)):
        raise PhraseError("列表是空的，没有可列成表格的", "先问 {% if 列表 is 已填 %}")
    return told


_HINT = '表格用于列表事实、[数据, 数据]、部门表、数据.其中，例：{{ 重点项目|表格(列=["名称", "总投资"]) }}'


def _named(group: object) -> Iterable[object]:
    ask: Callable[[str], object] = group.get  # type: ignore[attr-defined]
    values = {name: ask(name) for name in fields(group)}
    if all(isinstance(value, (Figure, Missing)) for value in values.values()):
        return (Named(name, value) if isinstance(value, Figure) else value for name, value in values.items())
    if any(isinstance(value, (Figure, str, tuple)) for value in values.values()):
        raise PhraseError(f"“{short(group)}”的各项不是一类，列不成表格", _HINT)
    return (value if isinstance(value, Missing) else Named(name, value) for name, value in values.items())


def fields(item: object) -> tuple[str, ...]:
    """The names that a row answers to, in order; none where it does not tell (a department)."""
    if isinstance(item, Figure):
        known = tuple(key for key, field in OPERANDS.items() if getattr(item, field) is not None)
        return (NAME, *known, *((PLACED,) if item.rank else ()))
    if isinstance(item, Member):
        return tuple(name for name in item if name != "占比" or item.share is not None)
    if isinstance(item, str):
        return () if hasattr(item, "own") else (NAME,)
    return tuple(item) if hasattr(item, "__iter__") else ()


def every_field(told: Iterable[object]) -> tuple[str, ...]:
    """The fields of all rows, in the order of the first one; of figures those that none of them lacks."""
    every = tuple(told)
    figures = [row for row in every if isinstance(row, Figure)]
    found = dict.fromkeys(name for row in every for name in fields(row))
    if len(figures) < len(every):
        return tuple(found)
    return tuple(k for k in found if k == "本期" or not any(isinstance(of_figure(f, k), Missing) for f in figures))


def ask(row: object, path: str) -> object:
    """What a row says of a column; None where it knows no such field. Errors: PhraseError."""
    first, *others = steps(path)
    found = _first(row, first)
    for key in others:
        found = _below(found, key) if found is not None else None
    return found


def _first(row: object, key: str) -> object:
    if isinstance(row, Missing):
        return row.name if key == NAME else row
    if isinstance(row, Figure):
        return of_figure(row, key)
    answer: Callable[[str], object] | None = getattr(row, "own", getattr(row, "get", None))
    if answer is None:
        return row if isinstance(row, str) and key == NAME else None
    found = answer(key)
    unknown = found is None or (isinstance(found, Missing) and found.unknown)
    return of_figure(row.figure, key) if unknown and isinstance(row, Member) and key in OF_FIGURES else found


def _below(item: object, key: str) -> object:
    if isinstance(item, Missing):
        return item
    if isinstance(item, Figure):
        return of_figure(item, key)
    answer: Callable[[str], object] | None = getattr(item, "get", None)
    return answer(key) if answer else None


def of_figure(figure: Figure, key: str) -> object:
    """What a figure says of an operand, a note, a part, its place, or what follows from its operands; else None."""
    if key in _DERIVED and getattr(figure, OPERANDS.get(key, ""), None) is None:
        return _DERIVED[key](figure)
    if key in OPERANDS:
        return operand(figure, key)
    if key in WORDS:
        return WORDS[key](figure)
    return next((part for part in figure.parts if part.name == key), None)


def _growth(key: str, run: Callable[..., Change | Missing]) -> Callable[[Figure], object]:
    """A growth as a figure: as given, else computed to one decimal; None where there is no such rate (由亏转盈)."""

    def grown(figure: Figure) -> object:
        if getattr(figure, OPERANDS[key]) is not None:
            return operand(figure, key)
        found = run(figure, decimals=1)
        if isinstance(found, Missing):
            return found
        sign = -1 if found.case in FALLS else 1
        rate = found.case in _RATES or (found.points and found.case in RISES | FALLS)
        amount = Decimal(100) if found.case == "归零" else found.amount
        return _derived(figure, key, sign * rounded(amount, 1), found) if rate else NOTHING

    return grown


NOTHING = "—"
"""What stands in a cell that nothing can be said in."""
_RATES = frozenset(("增", "降", "平", "近平", "均零", "归零"))


def _derived(figure: Figure, key: str, value: Decimal, change: Change) -> Figure:
    unit = figure.indicator.points if change.points else "%"
    hint = change.hint if change.hint == "约" else ""
    indicator = Indicator(f"{figure.name}{key}", unit, kind="比率", office=figure.office)
    return Figure(
        indicator,
        figure.period,
        Number(value, f"{hint}{value:f}"),
        span=figure.span,
        formula=key,
        entry=figure.entry_of(key),
        sources=_sources(figure, "环比" if key.startswith("环比") else "同比"),
    )


def _sources(figure: Figure, formula: str) -> Callable[[str], tuple[Basis, ...]]:
    """What follows from a figure by a formula is made of what the formula uses."""
    return lambda key: figure.origin(formula).basis if key == "本期" else ()


def _ranked(rank: Rank) -> Callable[[str], tuple[Basis, ...]]:
    return lambda key: rank.basis if key == "本期" else ()


def _place(figure: Figure) -> object:
    if figure.rank is None:
        return figure.lacks(PLACED)
    indicator = Indicator(f"{figure.name}{PLACED}", kind="个数", unitless=True)
    words = f"{'并列' if figure.rank.tied else ''}{figure.rank.place}"
    number = Number(Decimal(figure.rank.place), words)
    return Figure(
        indicator,
        figure.period,
        number,
        span=figure.rank.span or figure.span,
        formula=PLACED,
        entry=figure.entry_of(PLACED),
        sources=_ranked(figure.rank),
    )


def _done(figure: Figure) -> object:
    """完成率 as a figure; nothing where the target is none to measure by."""
    try:
        said = completion(figure)
    except PhraseError:
        return NOTHING
    if isinstance(said, Missing):
        return said
    number = parse(said.pieces[-1][0])
    assert number is not None
    indicator = Indicator(f"{figure.name}完成率", "%", kind="比率", office=figure.office)
    return Figure(
        indicator,
        figure.period,
        replace(number, unit=""),
        span=figure.span,
        formula="完成率",
        entry=figure.entry_of("完成率"),
        sources=_sources(figure, "完成率"),
    )


_DERIVED: dict[str, Callable[[Figure], object]] = {
    "增幅": _growth("增幅", arithmetic.yearly),
    "同比": _growth("增幅", arithmetic.yearly),
    "环比增幅": _growth("环比增幅", arithmetic.chained),
    "环比": _growth("环比增幅", arithmetic.chained),
    PLACED: _place,
    "完成率": _done,
}
"""Keys that follow from others where nobody gave them."""
OF_FIGURES = frozenset((*OPERANDS, *WORDS, *_DERIVED, "其中"))
"""What may stand behind the dot of a figure."""
