"""The values of a chart: as they were generated, as its part holds them, as they would be drawn now."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from decimal import Context, Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Protocol

from drafter.numeral import parse
from drafter.trace import Traced

_DIGITS = Context(prec=15)
"""Office programs keep numbers in binary: 8.3 may be written 8.3000000000000007."""
LONGEST = 60
"""Characters of a text that may be a number."""


class Cells(Protocol):
    """What a chart shows, category by category."""

    @property
    def words(self) -> tuple[str, ...]:
        """Names of series and categories."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers."""


def texts(values: Sequence[Traced], shown: Cells) -> list[str]:
    """What stands in a chart for each value that it was generated with; empty where nothing does.

    Equal numbers are said as they were generated: 2.10亿元, for which the part holds 2.1.
    """
    words = set(shown.words)
    found = [one.text if one.text in words or one.origin.missing else "" for one in values]
    wanted = [at for at, one in enumerate(found) if not one and _number(values[at].text) is not None]
    ours = [_number(values[at].text) for at in wanted]
    theirs = [_decimal(one) for one in shown.numbers]
    for i, j in _paired(ours, theirs):
        same = ours[i] == theirs[j]
        found[wanted[i]] = values[wanted[i]].text if same else shown.numbers[j]
    return found


def _paired(ours: Sequence[Decimal | None], theirs: Sequence[Decimal | None]) -> list[tuple[int, int]]:
    """Pairs of indexes: in order where there are as many, else by what is equal, and what stands between in order."""
    if len(ours) == len(theirs):
        return [(at, at) for at in range(len(ours))]
    pairs: list[tuple[int, int]] = []
    for what, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what in ("equal", "replace"):
            pairs += zip(range(a, b), range(c, d), strict=False)
    return pairs


def _number(text: str) -> Decimal | None:
    """The value that a chart draws for a text."""
    found = parse(text) if len(text) <= LONGEST else None
    return None if found is None else _DIGITS.plus(found.value)


def _decimal(text: str) -> Decimal | None:
    try:
        return _DIGITS.plus(Decimal(text))
    except InvalidOperation:
        return None


def beside(before: Sequence[Traced], now: Sequence[Traced]) -> list[Traced | None]:
    """For every value the one that would be drawn now: of the same fact, period and formula, in order."""
    free: dict[tuple[str, str, str], deque[Traced]] = defaultdict(deque)
    for one in now:
        free[_key(one)].append(one)
    return [free[_key(one)].popleft() if free[_key(one)] else None for one in before]


def _key(value: Traced) -> tuple[str, str, str]:
    origin = value.origin
    return (origin.fact, origin.period, "" if origin.missing else origin.formula)
