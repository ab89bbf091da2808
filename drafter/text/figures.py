"""Charts and images as text: a chart is a pipe table whose caption says so, an image is `![说明](路径)` on its own line.

What makes a line a chart's caption or an image is typed; a fact may stand between the marks and forges none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.outline import CHARTS, Chart, Image, Table
from drafter.source import Line
from drafter.text.tree import fact_in, unescaped

MOST_SERIES = 255
"""Series that Word and Excel draw in one chart."""
WITH_TABLE = "附表"
_KIND = re.compile(rf"图.{{0,80}}?[（(](?P<kind>{'|'.join(CHARTS)})(?P<table>[，,、]\s?{WITH_TABLE})?[）)]")


def is_caption(line: Line) -> bool:
    """Whether a line says that the rows below it are a chart: 图1 各月税收收入（柱状图）, the marks being typed."""
    return _kind(line) is not None


def _kind(line: Line) -> re.Match[str] | None:
    found = _KIND.fullmatch(line.text)
    if found is None or fact_in(line, 0, 1) or fact_in(line, found.start("kind") - 1, len(line)):
        return None
    return found


def chart(table: Table) -> Chart | None:
    """The chart that a table with such a caption is; None when there is nothing to draw (no row, no second column)."""
    found = _kind(table.caption)
    wide = max((len(row) for row in table.rows), default=0)
    if found is None or len(table.rows) < 2 or not 2 <= wide <= MOST_SERIES + 1:
        return None
    caption = table.caption.cut(0, found.start("kind") - 1).strip()
    return Chart(found["kind"], caption, table.rows, table.unit, found["table"] is not None)


def as_table(told: Chart) -> Table:
    """The table that a chart is in text: its caption ends with the kind."""
    kind = f"（{told.kind}，{WITH_TABLE}）" if told.table else f"（{told.kind}）"
    return Table(told.caption.then(Line(kind)), told.rows, told.unit)


_OPEN, _BETWEEN, _WIDTH = "![", "](", "{宽="
_CLOSED = re.compile(r"\)(?:[ \u3000]?[{｛]\s?宽\s?[=＝:：](?P<width>[^{}｛｝]{0,20})[}｝])?$")


def image(line: Line) -> Image | None:
    r"""The image that a line is: `![说明](路径)`, perhaps with `{宽=12厘米}` behind it; None for any other line.

    A typed \] in the caption is ].
    """
    middle = _middle(line) if line.text.startswith(_OPEN) else None
    closed = _CLOSED.search(line.text, middle or 0)
    if middle is None or closed is None or closed.start() < middle + 2:
        return None
    typed = ((0, 2), (middle, middle + 2), (closed.start(), closed.start() + 1))
    if any(fact_in(line, *place) for place in typed) or (closed["width"] is not None and fact_in(line, *_tail(closed))):
        return None
    path = line.text[middle + 2 : closed.start()].strip()
    if not path or "](" in path:
        return None
    caption = unescaped(line.cut(2, middle).strip(), "]")
    return Image(caption, path, (closed["width"] or "").strip(), line.at(0))


def _tail(closed: re.Match[str]) -> tuple[int, int]:
    return closed.start() + 1, closed.end()


def _middle(line: Line) -> int | None:
    """Where the typed ]( between caption and path stands."""
    places = (m.start() for m in re.finditer(r"(?<!\\)\]\(", line.text))
    return next((at for at in places if fact_in(line, at, at + 2) is None), None)


def image_lines(told: Image) -> Iterator[str]:
    """An image as its line."""
    caption = told.caption.text.replace("]", "\\]")
    caption += " " if caption.endswith("\\") else ""
    yield f"{_OPEN}{caption}{_BETWEEN}{told.path})" + (f"{_WIDTH}{told.width}}}" if told.width else "")


_MENTION = re.compile(r"[!！]\s?[\[［【][^\]］】]*[\]］】]\s?[(（][^)）]*[)）]")


def mention(line: Line) -> tuple[int, str] | None:
    """(offset, text) of an image in a line that is more than it: it is printed as text (T111)."""
    found = _MENTION.search(line.text)
    return (found.start(), found[0]) if found and image(line) is None else None
