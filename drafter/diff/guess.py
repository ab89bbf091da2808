"""Which period a report is about, as its title, headings, file name or first words say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from drafter import period as periods
from drafter.diff.passages import HEAD, SIGNATURE, TITLE, passages
from drafter.diff.stale import said
from drafter.diff.tokens import PERIOD, tokens
from drafter.outline import Outline
from drafter.period import Period

SOON = 10
"""Passages from the start in which a period is looked for."""
_STEM = re.compile(r"\d{4}-\d\d\.\.\d{4}-\d\d|\d{4}[-.年]\d{1,2}(?!\d)月?|\d{4}[QqHh]\d")
_YEAR = re.compile(r"(\d{4}|二[〇○零一二三四五六七八九]{3})年")


def guessed(outline: Outline, file: str = "") -> Period | None:
    """The period that a report is about; None when nothing names one.

    Asked in this order: title, headings of the first level, file name, first passages. A word without a year (9月工作
    总结) takes it from the date under the report, else from the first year that is named.
    """
    found = passages(outline)
    year = _year([p.line.text for p in found if p.kind == SIGNATURE] + [p.line.text for p in found])
    heads = [p.line.text for p in found if p.kind == HEAD and len(p.sections) == 1]
    titles = [p.line.text for p in found if p.kind == TITLE]
    texts = [p.line.text for p in found[:SOON]]
    for text in (*titles, *heads):
        if period := next(_named(text, year), None):
            return period
    if stem := _STEM.search(PurePath(file).stem):
        return periods.read(stem[0])
    return next((p for text in texts for p in _named(text, year)), None)


def _year(texts: list[str]) -> Period | None:
    """The first year that is named, as a period to read other words from."""
    found = next((m for text in texts if (m := _YEAR.search(text))), None)
    return periods.read(found[0]) if found else None


def _named(text: str, year: Period | None) -> Iterator[Period]:
    """The periods that a text names."""
    for token in tokens(text):
        if token.kind != PERIOD:
            continue
        meant = said(token.text, year) if year else periods.read(token.text)
        if isinstance(meant, Period):
            yield meant
        elif meant is not None:
            yield meant.period
