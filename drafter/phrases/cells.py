"""Columns of a 表格: which unit they share, how their cells print, what they add up to. Exact Decimals only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from drafter.figure import GROWTHS, OPERANDS, Figure
from drafter.measure import converted
from drafter.missing import Missing
from drafter.phrases import rollup
from drafter.phrases.fields import NOTHING, OF_FIGURES, PLACED, steps
from drafter.phrases.number import convert, number_only, with_unit
from drafter.phrases.phrase import Phrase, PhraseError, Piece, amount, short
from drafter.source import Origin

Pieces = tuple[Piece, ...]
_IN_HEAD = re.compile(r"[（(]([^（）()]+)[）)]\s*$")
_TYPED = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, the field it shows, what every row has there (None: nothing that concerns it)."""

    head: str
    path: str
    values: tuple[object, ...]
    unit: str | None = None
    """The unit its head or the table says, so that no cell does; None: every figure prints its own."""
    of_table: bool = False
    """The unit is that of the table."""
    bare: bool = False
    """Another column tells the units."""
    places: int | None = None
    """小数 of its amounts."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures."""
        return tuple(value for value in self.values if isinstance(value, Figure))

    def cell(self, value: object) -> Pieces:
        """A cell as pieces that know their facts. Errors: PhraseError for what is no cell."""
        if value is None:
            return ((NOTHING, None),)
        if isinstance(value, Missing):
            return ((str(value), value),)
        if isinstance(value, Figure):
            return self.number(value)
        if isinstance(value, Phrase):
            return value.pieces
        if isinstance(value, str):
            origin = getattr(value, "origin", None)
            return ((str(value), origin),) if isinstance(origin, Origin) else ((typed(value), None),)
        if isinstance(value, int):
            return ((str(value), None),)
        if isinstance(value, (list, tuple)):
            return self._list(value)
        hint = f"列里写成 {self.path}.名称，点后面是其中的一项"
        raise PhraseError(f"“{self.head}”一列的“{short(value)}”是一组事实，写不进一格", hint)

    def _list(self, values: Sequence[object]) -> Pieces:
        own = replace(self, unit=None)
        said = [piece for value in values for piece in ((("、", None), *own.cell(value)))]
        return tuple(said[1:]) or ((NOTHING, None),)

    def number(self, figure: Figure) -> Pieces:
        """A figure, in the column's unit without saying it."""
        said = self._said(figure)
        if isinstance(said, Missing):
            return ((str(said), said),)
        if self.unit is None:
            return _plainly(said.pieces)
        *ahead, (words, origin) = said.pieces
        return (*ahead, *_plainly(((words.removesuffix(self.unit), origin),), unit=False))

    def _said(self, figure: Figure) -> Phrase | Missing:
        rounds = self.places is not None and not figure.indicator.is_count and not figure.indicator.is_rate
        places = self.places if rounds and figure.formula != PLACED else None
        if self.unit is not None and figure.unit != self.unit:
            return convert(figure, self.unit, places)
        if places is not None:
            return with_unit(figure, places)
        return amount(figure, figure.value) if self.unit is None and not self.bare else number_only(figure)

    def total(self, label: str, *, named: bool) -> Pieces:
        """The cell of the row that adds up; `named`: the template asks for this column outright.

        Errors: PhraseError where a column that was named does not add up.
        """
        try:
            found = self._sum(named=named)
        except PhraseError:
            if named:
                raise
            return ((NOTHING, None),)
        if isinstance(found, Missing):
            return ((f"【待补：{label}】", found),)
        pieces = self.number(found)
        return tuple((text, replace(o, formula="表格") if isinstance(o, Origin) else o) for text, o in pieces)

    def _sum(self, *, named: bool) -> Figure | Missing:
        """The sum of its figures, missing when one of them is. Errors: PhraseError where there is no sum."""
        told = [value for value in self.values if value is not None]
        figures = self.figures
        plain = all(isinstance(value, (Figure, Missing)) for value in told) and (figures or (named and told))
        if not plain or any(f.indicator.is_rate or f.formula in _ORDINAL for f in figures):
            raise PhraseError(f"“{self.head}”一列不能合计", "合计里只写总量和个数的列，不写比率、位次和文字")
        for value in told:
            if isinstance(value, Missing):
                return value
        for figure in figures:
            if figure.value is None:
                return figure.lacks("本期")
        found = rollup.total(figures)
        assert isinstance(found, Figure)
        return replace(found, indicator=replace(found.indicator, name=f"{self.head}合计"))


_ORDINAL = frozenset((PLACED, "排名"))
"""Formulas of figures that say a place."""


def _plainly(pieces: Pieces, *, unit: bool = True) -> Pieces:
    """Pieces of a cell: a number there needs no unit beside it, and says none where its head does."""
    made: list[Piece] = []
    for text, origin in pieces:
        kept = origin
        if isinstance(origin, Origin):
            kept = replace(origin, bare=False, unit=origin.unit if unit else "")
        made.append((text, kept))
    return tuple(made)


def typed(text: str) -> str:
    r"""Words that the template or a filter typed, as a cell holds them: | is \|, and no line ends in it."""
    return _TYPED.sub(" ", text.strip()).replace("|", "\\|")


def measured(column: Column, unit: str, *, beside: bool) -> Column:
    """The column with the unit that its head, the table or all its figures say; `beside`: another column tells units.

    A unit in brackets behind a head that was given counts where the figures convert to it.
    """
    figures = column.figures
    if not figures:
        return column
    said = _IN_HEAD.search(column.head)
    if said and _convert(figures, said[1].strip()):
        return replace(column, unit=said[1].strip())
    if unit and _convert(figures, unit):
        return replace(column, unit=unit, of_table=True)
    units = {figure.unit for figure in figures}
    shared = units.pop() if len(units) == 1 else None
    if beside and column.path in OF_FIGURES and not any(f.indicator.is_rate and _is_growth(f) for f in figures):
        return replace(column, bare=True)
    if not shared:
        return replace(column, unit=shared)
    return replace(column, unit=shared, head=f"{column.head}（{shared}）")


def _is_growth(figure: Figure) -> bool:
    """Whether a rate follows from the figure of its row (增幅, 完成率), whose unit is not its own."""
    return bool(figure.formula) and figure.formula not in OPERANDS.keys() - GROWTHS


def _convert(figures: Sequence[Figure], unit: str) -> bool:
    return all(f.unit and converted(Decimal(1), f.unit, unit) is not None for f in figures)


def headed(head: str, path: str) -> str:
    """The head of a column: as given, else its field, that of a figure behind the figure's name (财政收入增幅)."""
    if head:
        return head
    *before, last = steps(path)
    if not before:
        return last or "本期"
    if last == "本期":
        return before[-1]
    return f"{before[-1]}{last}" if last in OF_FIGURES else last
