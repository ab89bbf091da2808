"""Directions turned by hand: the figure still is 5%, but 下降 in front of it has become 增长."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from drafter.diagnostic import Diagnostic, warning
from drafter.merge.beside import DOWN, UP
from drafter.source import Span
from drafter.trace import Printed
from drafter.tracing.model import SAME, STALE, Seen
from drafter.tracing.spots import Standing, Standings

_CLAUSE = re.compile(r"[，。；：、！？,;:\s]")


def turned(
    figures: Iterable[Seen], standings: Standings, paragraphs: Sequence[Printed], span: Callable[[Standing], Span]
) -> Iterator[Diagnostic]:
    """R104 for every figure that nobody edited whose direction is another one than was generated."""
    for one in figures:
        here = standings.first(one.bookmark)
        if here is None or one.state not in (SAME, STALE) or one.was.drawn:
            continue
        before = _CLAUSE.split(here.before(paragraphs))[-1]
        found = _opposite(one.was.lead, before)
        if found is not None:
            message = f"{one.address}的“{one.text}”没有改，前面的“{found[0]}”改成了“{found[1]}”"
            hint = f"生成时是“{one.was.wording}”，核对是升是降"
            yield warning("R104", message, span(here), hint, before)


def _opposite(lead: str, before: str) -> tuple[str, str] | None:
    """The word that was generated in front of a figure and the one that contradicts it now."""
    for one, other in ((UP, DOWN), (DOWN, UP)):
        was, now = one.search(lead), other.search(before)
        if was and now and not other.search(lead) and not one.search(before):
            return was[0], now[0]
    return None
