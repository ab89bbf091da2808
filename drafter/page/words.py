"""Words and figures: every printed value is an element that tells its fact, period, formula and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from drafter import basis
from drafter.page.looks import FACE
from drafter.page.markup import element, escaped
from drafter.page.press import Press
from drafter.source import Line, Origin
from drafter.typeset.sheet import Run

_ENDS = re.compile("\r\n|\r|\n")


def words(runs: Iterable[Run], press: Press) -> str:
    """Runs one behind another; words in another look have an element of their own."""
    return "".join(
        element("span", inside, class_=FACE + look) if look else inside
        for look, together in groupby(runs, key=lambda run: run.look)
        if (inside := "".join(line(run.line, press) for run in together))
    )


def line(told: Line, press: Press) -> str:
    """A line: typed text as it is, every value with where it comes from."""
    return "".join(_pieces(told, press))


def _pieces(told: Line, press: Press) -> Iterator[str]:
    for text, mark in told.pieces():
        if mark is None or mark.origin is None or not mark.origin.fact or not text:
            yield typed(text)
        else:
            yield _figure(text, mark.origin, press)


def typed(text: str) -> str:
    """Text as HTML; the ends of lines are kept."""
    return "<br>".join(map(escaped, _ENDS.split(text)))


def _figure(text: str, origin: Origin, press: Press) -> str:
    press.figures += 1
    place = origin.span
    return element(
        "span",
        typed(text),
        class_="fact missing" if origin.missing else "fact",
        id=press.lacks(origin) if origin.missing else "",
        tabindex="0",
        title=source(origin),
        data_fact=origin.fact,
        data_period=origin.period,
        data_formula="" if origin.missing else origin.formula,
        data_file=place.file if place else "",
        data_line=str(place.line) if place else "",
        data_cell=place.cell if place else "",
        data_office=origin.office,
    )


def source(origin: Origin) -> str:
    """事实 · 期间 · 公式 and what it is made of · 文件:行 · 责任单位 of a value; of a missing one, that it is missing and who is to be asked."""
    parts = [
        f"{_lack(origin)}：{origin.fact}" if origin.missing else origin.fact,
        origin.period,
        origin.formula if origin.missing else basis.equation(origin) or origin.formula,
        basis.places(origin),
        f"责任单位：{origin.office}" if origin.office else "",
    ]
    return " · ".join(part for part in parts if part)


def _lack(origin: Origin) -> str:
    return "有误" if origin.formula else "还缺"
