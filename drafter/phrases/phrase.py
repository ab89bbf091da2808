"""Phrases: wording made of pieces that know their figures, and what every filter needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafter.figure import Figure
from drafter.missing import ComparisonError, Missing
from drafter.numeral import Number, plain, rounded
from drafter.source import Basis, Origin


class PhraseError(Exception):
    """A filter was used on something it cannot say; the message and hint are Chinese, ready to show."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


Piece = tuple[str, Origin | Missing | None]
"""A text and what printed it: a filter itself (None), a fact, or one that is not known yet (in a table)."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """Wording made of pieces: text typed by the filter (no origin) and figures with theirs."""

    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return "".join(text for text, _ in self.pieces)

    def __eq__(self, other: object) -> bool:
        """Whether the pieces are equal. Errors: ComparisonError with a number or text ({% if 起数|数 == 6 %})."""
        if isinstance(other, Phrase):
            return self.pieces == other.pieces
        if callable(other):
            return False
        raise ComparisonError(f"“{self}”是写好的文字，不能再比较", "直接比较数据，不用过滤器，如 事故起数 > 6")

    def __hash__(self) -> int:
        return hash(self.pieces)


Said = Phrase | Missing


def amount(
    figure: Figure, number: Number | None, *, formula: str = "", key: str = "本期", estimate: bool = True
) -> Said:
    """A number with its unit, as written unless the indicator fixes its decimals: 6起, 60.20亿元, 2800余人.

    `estimate` False leaves 预计 out.
    """
    if number is None:
        return figure.lacks(key)
    words, unit = printed(figure, number)
    ahead = PLAN if estimate and figure.estimate and key == "本期" else ()
    return Phrase((*ahead, (words + unit, figure.origin(formula, unit))))


PLAN: tuple[tuple[str, Origin | None], ...] = (("预计", None),)
"""预计 as a piece of its own: what stands around it may say it already."""
_PER_CENT = ("%", "个百分点")


def printed(figure: Figure, number: Number) -> tuple[str, str]:
    """(digits, unit): as written, in the unit it was typed in; or rounded once to the indicator's decimals."""
    typed = figure.unit if figure.unit in _PER_CENT else number.unit or figure.unit
    places = figure.indicator.decimals
    if places is None or not number.written.lstrip("-").replace(",", "").replace(".", "").isdigit():
        return number.written, typed
    found = rounded(number.value, places)
    return (f"{found:,f}" if "," in number.written else f"{found:f}"), figure.unit


def digits(figure: Figure, number: Number) -> str:
    """The digits in the figure's own unit: as printed, converted where another unit was typed."""
    words, unit = printed(figure, number)
    if unit == figure.unit:
        return words
    about, more = number.hints
    return about + plain(number.value) + more


def value(item: object) -> Said:
    """A figure as it is printed by itself."""
    if isinstance(item, Missing):
        return item
    found = one_figure(item)
    if found.value is None and found.growth is not None:
        raise PhraseError(f"“{found.name}”只有增幅，没有本期数", f"写 {{{{ {found.name}|增减 }}}} 或补上本期")
    return amount(found, found.value)


def one_figure(item: object) -> Figure:
    """The item as a figure. Errors: PhraseError when it is none."""
    if isinstance(item, Figure):
        return item
    if isinstance(item, Phrase):
        hint = "一个数只用一个过滤器；要别的写法，看括号里的选项，或分开写"
        raise PhraseError(f"前面的过滤器已经写成文字“{short(item)}”，后面不能再接", hint)
    raise PhraseError(
        f"“{short(item)}”不是数据，这个过滤器用不上", "它要用在数据（有数的事实）上，或用在 [数据, 数据] 这样的列表上"
    )


def short(item: object) -> str:
    """The item for a message: short, and nothing of Python."""
    origin = getattr(item, "origin", None)
    if isinstance(origin, Origin):
        return origin.fact
    if not isinstance(item, (str, int, Phrase)):
        return "列表" if isinstance(item, (list, tuple)) else "这一项"
    text = "".join(words for words, _ in item.pieces) if isinstance(item, Phrase) else str(item)
    return text if len(text) <= 20 else text[:20] + "…"


def several(item: object) -> list[Figure] | Missing:
    """One figure or a list of them; the first missing one stands for all."""
    items = sequence(item)
    for one in items:
        if isinstance(one, Missing):
            return one
    return [one_figure(one) for one in items]


def sequence(item: object) -> Sequence[object]:
    """The items of a list, or the item alone. Errors: PhraseError when the list is empty."""
    items: Sequence[object] = item if isinstance(item, (list, tuple)) else [item]
    if not items:
        raise PhraseError("列表是空的，没有数据可说", "先问 {% if 列表 is 已填 %}")
    return items


def joined(words: str, phrases: list[Phrase], *, between: bool = False) -> Phrase:
    """`words` (if any) in front of the phrases, or between them."""
    pieces: list[Piece] = [] if between or not words else [(words, None)]
    for index, phrase in enumerate(phrases):
        if between and index:
            pieces.append((words, None))
        pieces.extend(phrase.pieces)
    return Phrase(tuple(pieces))


def shared(said: Sequence[Phrase]) -> Phrase:
    """One phrase that says the same of several figures (均下降50%): its values know what all of them are made of."""
    first, *others = said
    if any(len(one.pieces) != len(first.pieces) for one in others):
        return first
    columns = zip(*(one.pieces for one in said), strict=True)
    return Phrase(tuple(_of_all(column) for column in columns))


def _of_all(column: Sequence[Piece]) -> Piece:
    words, own = column[0]
    origins = [origin for _, origin in column if isinstance(origin, Origin)]
    if not isinstance(own, Origin) or len(origins) < 2:
        return words, own
    return words, replace(own, basis=tuple(one for origin in origins for one in _named(origin)))


def _named(origin: Origin) -> Iterator[Basis]:
    """What a value is made of, under the name of its fact."""
    for what, written, place in origin.basis:
        yield what if what.startswith(origin.name) else f"{origin.name}{what}", written, place


def planned(figure: Figure, said: Phrase) -> Phrase:
    """The wording of an estimate, with 预计 in front."""
    return Phrase((*PLAN, *said.pieces)) if figure.estimate else said


def flat(figure: Figure, words: str, formula: str, uses: tuple[str, ...] = (), beside: Iterable[Basis] = ()) -> Phrase:
    """Words without a number (持平) that still come from a figure."""
    return Phrase(((words, figure.origin(formula, "", uses, beside)),))
