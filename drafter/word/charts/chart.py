"""word/charts/chartN.xml: a chart of DrawingML with its workbook, so that Word draws it and 编辑数据 works.

Source: ECMA-376 part 1, 21.2 (dml-chart).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from drafter.layout.model import Layout
from drafter.outline import BAR, LINE, PIE
from drafter.typeset.ink import ink
from drafter.typeset.plot import Plot, Point, Series, plot
from drafter.typeset.sheet import Drawing
from drafter.typeset.told import told
from drafter.word.charts import look
from drafter.word.charts.axes import NAMES, NUMBERS, axes
from drafter.word.charts.workbook import reference, text, workbook
from drafter.word.drawing import d, inline, related, said
from drafter.word.element import Element, legal, xml
from drafter.word.parts import Parts
from drafter.word.trace.figures import Figures

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def drawing(item: Drawing, parts: Parts, layout: Layout, figures: Figures | None = None) -> Element:
    """The paragraph of a chart; the chart and its workbook are added to the parts, its values are traced."""
    drawn = plot(item.chart)
    name = parts.put("word/charts/chart{}.xml", b"", _CHART)
    book = parts.add("word/embeddings/chart{}.xlsx", workbook(drawn), _BOOK, "package", of=name)
    parts.fill(name, xml(_space(drawn, layout, book)))
    frame = related(d("c:chart"), "id", parts.relate(name, "chart"))
    words = (item.chart.caption.text or item.chart.kind, told(item.chart))
    made = inline(frame, parts.drawing_id(), (item.width, item.height), words)
    traced = figures or Figures()
    if (value := traced.chart(item.chart, words[1])) is not None:
        made.extend(traced.bound(made[-1], value))
    return made


def _space(drawn: Plot, layout: Layout, book: str) -> Element:
    return d(
        "c:chartSpace",
        d("c:date1904", val=0),
        d("c:lang", val="zh-CN"),
        d("c:roundedCorners", val=0),
        d(
            "c:chart",
            d("c:autoTitleDeleted", val=1),
            d("c:plotArea", d("c:layout"), *_KINDS[drawn.kind](drawn, layout), look.hidden()),
            _legend(layout) if len(drawn.series) > 1 or drawn.kind == PIE else None,
            d("c:plotVisOnly", val=1),
            d("c:dispBlanksAs", val="gap"),
        ),
        look.hidden(),
        look.letters(layout),
        related(d("c:externalData", d("c:autoUpdate", val=0)), "id", book),
    )


def _legend(layout: Layout) -> Element:
    return d("c:legend", d("c:legendPos", val="b"), d("c:overlay", val=0), look.letters(layout))


def _bars(drawn: Plot, layout: Layout) -> Iterator[Element]:
    series = (
        d(
            "c:ser",
            *_named(one, at),
            look.solid(ink(at)),
            d("c:invertIfNegative", val=0),
            _values_shown(drawn, layout, "outEnd"),
            *_data(drawn, at),
        )
        for at, one in enumerate(drawn.series)
    )
    head = (d("c:barDir", val="col"), d("c:grouping", val="clustered"), d("c:varyColors", val=0))
    yield d("c:barChart", *head, *series, d("c:gapWidth", val=60), d("c:overlap", val=0), *_axis_ids())
    yield from axes(drawn, layout)


def _lines(drawn: Plot, layout: Layout) -> Iterator[Element]:
    series = (
        d(
            "c:ser",
            *_named(one, at),
            look.stroke(ink(at)),
            look.mark(ink(at)),
            _values_shown(drawn, layout, "t" if _is_above(drawn, at) else "b"),
            *_data(drawn, at),
            d("c:smooth", val=0),
        )
        for at, one in enumerate(drawn.series)
    )
    head = (d("c:grouping", val="standard"), d("c:varyColors", val=0))
    yield d("c:lineChart", *head, *series, d("c:marker", val=1), *_axis_ids())
    yield from axes(drawn, layout)


def _is_above(drawn: Plot, number: int) -> bool:
    """Whether the labels of a line stand above it: it is the upper one in at least half of its points."""
    upper = [drawn.is_upper(number, at) for at, p in enumerate(drawn.series[number].points) if p.value is not None]
    return sum(upper) * 2 >= len(upper)


def _pie(drawn: Plot, layout: Layout) -> Iterator[Element]:
    """One circle of the first series, each slice with its name and share."""
    slices = (_slice(at) for at in range(len(drawn.categories)))
    series = d("c:ser", *_named(drawn.series[0], 0), *slices, _shares_shown(layout), *_data(drawn, 0))
    yield d("c:pieChart", d("c:varyColors", val=1), series, d("c:firstSliceAng", val=0))


def _slice(at: int) -> Element:
    return d("c:dPt", d("c:idx", val=at), d("c:bubble3D", val=0), look.solid(ink(at)))


_KINDS: dict[str, Callable[[Plot, Layout], Iterator[Element]]] = {BAR: _bars, LINE: _lines, PIE: _pie}


def _axis_ids() -> tuple[Element, Element]:
    return d("c:axId", val=NAMES), d("c:axId", val=NUMBERS)


def _named(series: Series, at: int) -> Iterator[Element]:
    """Number and name of a series."""
    yield d("c:idx", val=at)
    yield d("c:order", val=at)
    names = d("c:strCache", d("c:ptCount", val=1), _name_point(0, series.name))
    yield d("c:tx", d("c:strRef", said("c:f", reference(at + 1, 1)), names))


def _values_shown(drawn: Plot, layout: Layout, place: str) -> Element:
    """The numbers beside the points, as they are written."""
    if not drawn.labelled:
        return _labels((), value=0)
    return _labels((look.letters(layout, look.SMALL), d("c:dLblPos", val=place)), value=1)


def _shares_shown(layout: Layout) -> Element:
    head = (d("c:numFmt", formatCode="0.0%", sourceLinked=0), look.letters(layout), d("c:dLblPos", val="outEnd"))
    return _labels(head, category=1, percent=1, foot=(said("c:separator", " "), d("c:showLeaderLines", val=1)))


def _labels(
    head: Sequence[Element], *, value: int = 0, category: int = 0, percent: int = 0, foot: Sequence[Element] = ()
) -> Element:
    shown = (("LegendKey", 0), ("Val", value), ("CatName", category), ("SerName", 0), ("Percent", percent))
    flags = (d(f"c:show{name}", val=yes) for name, yes in (*shown, ("BubbleSize", 0)))
    return d("c:dLbls", *head, *flags, *foot)


def _data(drawn: Plot, at: int) -> Iterator[Element]:
    """c:cat and c:val: where the cells stand, and what they hold."""
    count = len(drawn.categories)
    names = (_name_point(n, name) for n, name in enumerate(drawn.categories))
    cache = d("c:strCache", d("c:ptCount", val=count), *names)
    yield d("c:cat", d("c:strRef", said("c:f", reference(0, 2, count + 1)), cache))
    series = drawn.series[at]
    points = (_point(n, point, series.form) for n, point in enumerate(series.points))
    numbers = d("c:numCache", said("c:formatCode", legal(series.form)), d("c:ptCount", val=count), *points)
    yield d("c:val", d("c:numRef", said("c:f", reference(at + 1, 2, count + 1)), numbers))


def _name_point(number: int, name: str) -> Element:
    return d("c:pt", said("c:v", text(name)), idx=number)


def _point(number: int, point: Point, usual: str) -> Element | None:
    """A number in the cache; None where there is none."""
    if point.value is None:
        return None
    other = {} if point.form == usual else {"formatCode": legal(point.form)}
    return d("c:pt", said("c:v", _digits(point.value)), idx=number, **other)


def _digits(value: Decimal) -> str:
    return f"{value:f}"
