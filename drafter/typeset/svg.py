"""A chart as an SVG picture for HTML: text alone, the same bytes for the same chart, and nothing of it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from html import escape

from drafter.numeral import plain, rounded
from drafter.outline import BAR, LINE, PIE, Chart
from drafter.typeset.geometry import Scale, on_circle, scale
from drafter.typeset.ink import Ink, ink
from drafter.typeset.plot import Plot, plot
from drafter.typeset.told import told
from drafter.unseen import legal

FONT = 12
"""Size of the letters in pixels."""
_GRID, _AXIS, _TEXT = "#D0D0D0", "#595959", "#262626"


def svg(chart: Chart, width: int = 640, height: int = 360) -> str:
    """The chart as an <svg> element of `width` × `height` pixels; what it shows is told in its <desc> too.

    Why scalable: it takes the width of what it stands in (viewBox), and prints sharply.
    """
    drawn = plot(chart)
    body = _KINDS[chart.kind](drawn, Decimal(width), Decimal(height))
    title, about = _words(chart.caption.text), _words(told(chart))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = f' role="img" font-size="{FONT}" fill="{_TEXT}">'
    return f"{head}{style}<title>{title}</title><desc>{about}</desc>{_patterns(drawn)}{''.join(body)}</svg>"


def _words(text: str) -> str:
    return escape(legal(text))


def _at(value: Decimal) -> str:
    return plain(rounded(value, 2))


def _box(x: Decimal, y: Decimal, width: Decimal, height: Decimal, look: str) -> str:
    return f'<rect x="{_at(x)}" y="{_at(y)}" width="{_at(width)}" height="{_at(height)}" {look}/>'


def _rule(x1: Decimal, y1: Decimal, x2: Decimal, y2: Decimal, color: str) -> str:
    return f'<line x1="{_at(x1)}" y1="{_at(y1)}" x2="{_at(x2)}" y2="{_at(y2)}" stroke="{color}"/>'


def _label(x: Decimal, y: Decimal, text: str, anchor: str = "middle", turn: int = 0) -> str:
    turned = f' transform="rotate({turn} {_at(x)} {_at(y)})"' if turn else ""
    return f'<text x="{_at(x)}" y="{_at(y)}" text-anchor="{anchor}"{turned}>{_words(text)}</text>'


def _wide(text: str) -> Decimal:
    """About how wide a text is, in pixels."""
    return sum((Decimal(FONT) if ord(c) > 0x2E7F else Decimal(FONT) * Decimal("0.56") for c in text), Decimal(0))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


_PATTERNS = {
    "wdUpDiag": "M0 8L8 0M-2 2L2 -2M6 10L10 6",
    "wdDnDiag": "M0 0L8 8M6 -2L10 2M-2 6L2 10",
    "pct25": "M2 2h1M6 6h1",
    "dkHorz": "M0 2H8M0 6H8",
}


def _patterns(drawn: Plot) -> str:
    """The patterns that are used. Why the same names in every chart: they are the same patterns."""
    count = len(drawn.categories) if drawn.kind == PIE else len(drawn.series)
    used = dict.fromkeys(one for one in (ink(n) for n in range(count)) if one.pattern)
    made = (
        f'<pattern id="{_name(one)}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="#fff"/><path d="{_PATTERNS[one.pattern]}" stroke="#{one.color}" stroke-width="2"/></pattern>'
        for one in used
    )
    return f"<defs>{''.join(made)}</defs>" if used else ""


def _name(look: Ink) -> str:
    return f"ink-{look.pattern}-{look.color}"


def _fill(look: Ink) -> str:
    return f'fill="{f"url(#{_name(look)})" if look.pattern else f"#{look.color}"}" stroke="#404040" stroke-width="0.5"'


@dataclass(frozen=True, slots=True)
class _Frame:
    """The field between the axes, in pixels, and its value axis."""

    left: Decimal
    top: Decimal
    right: Decimal
    bottom: Decimal
    scale: Scale
    count: int

    @property
    def step(self) -> Decimal:
        """Width of one category."""
        return (self.right - self.left) / max(self.count, 1)

    def y(self, value: Decimal) -> Decimal:
        """Where a value lies."""
        return self.bottom - self.scale.share(value) * (self.bottom - self.top)

    def middle(self, at: int) -> Decimal:
        """The middle of a category."""
        return self.left + self.step * at + self.step / 2


def _frame(drawn: Plot, width: Decimal, height: Decimal, legend: Decimal) -> _Frame:
    axis = scale(drawn.values, zero=drawn.kind == BAR)
    left = max(_wide(plain(tick)) for tick in axis.ticks) + FONT + 6
    below = FONT * 2 if not _is_turned(drawn, width - left) else FONT + min(_longest(drawn), Decimal(FONT * 7))
    return _Frame(left, Decimal(FONT * 2), width - FONT, height - below - legend, axis, len(drawn.categories))


def _longest(drawn: Plot) -> Decimal:
    return max((_wide(_short(name, 12)) for name in drawn.categories), default=Decimal(0))


def _is_turned(drawn: Plot, width: Decimal) -> bool:
    """Whether the names of the categories do not fit side by side."""
    return _longest(drawn) + 4 > width / max(len(drawn.categories), 1)


def _axes(drawn: Plot, frame: _Frame, width: Decimal) -> Iterator[str]:
    ending = "%" if "%" in drawn.form else ""
    for tick in frame.scale.ticks:
        y = frame.y(tick)
        yield _rule(frame.left, y, frame.right, y, _AXIS if tick == 0 else _GRID)
        yield _label(frame.left - 6, y + 4, plain(tick) + ending, "end")
    turned = _is_turned(drawn, width - frame.left)
    every = max(1, int((Decimal(FONT + 2) / frame.step).to_integral_value(ROUND_CEILING))) if turned else 1
    for at, name in list(enumerate(drawn.categories))[::every]:
        place = (frame.middle(at), frame.bottom + FONT + 4)
        yield _label(*place, _short(name, 12), "end", -60) if turned else _label(*place, name)


def _legend(names: Iterable[str], width: Decimal, height: Decimal, look: Callable[[int], str]) -> Iterator[str]:
    """Names with their fills, in rows at the foot."""
    for at, (name, (x, y)) in enumerate(_places(tuple(names), width)):
        top = height - _legend_height(tuple(names), width) + y
        yield _box(x, top - 9, Decimal(18), Decimal(10), look(at))
        yield _label(x + 24, top, _short(name, 16), "start")


def _places(names: tuple[str, ...], width: Decimal) -> list[tuple[str, tuple[Decimal, Decimal]]]:
    found, x, y = [], Decimal(FONT), Decimal(FONT + 4)
    for name in names:
        need = _wide(_short(name, 16)) + 44
        if x + need > width and x > FONT:
            x, y = Decimal(FONT), y + FONT + 6
        found.append((name, (x, y)))
        x += need
    return found


def _legend_height(names: tuple[str, ...], width: Decimal) -> Decimal:
    return _places(names, width)[-1][1][1] + 6 if names else Decimal(0)


def _framed(drawn: Plot, width: Decimal, height: Decimal) -> tuple[_Frame, list[str]]:
    """The field of a chart with axes, and the strings of axes and legend."""
    names = tuple(s.name for s in drawn.series) if len(drawn.series) > 1 else ()
    frame = _frame(drawn, width, height, _legend_height(names, width))
    line = drawn.kind == LINE
    legend = _legend(names, width, height, lambda n: f'fill="#{ink(n).line}"' if line else _fill(ink(n)))
    return frame, [*_axes(drawn, frame, width), *legend]


def _bars(drawn: Plot, width: Decimal, height: Decimal) -> Iterator[str]:
    frame, around = _framed(drawn, width, height)
    yield from around
    each = frame.step * Decimal("0.7") / max(len(drawn.series), 1)
    zero = frame.y(Decimal(0))
    for number, series in enumerate(drawn.series):
        for at, point in enumerate(series.points):
            if point.value is None:
                continue
            x = frame.middle(at) - each * len(drawn.series) / 2 + each * number
            y = frame.y(point.value)
            yield _box(x, min(y, zero), each, abs(zero - y), _fill(ink(number)))
            if drawn.labelled:
                yield _label(x + each / 2, y + FONT + 2 if point.value < 0 else y - 4, point.shown)


def _lines(drawn: Plot, width: Decimal, height: Decimal) -> Iterator[str]:
    frame, around = _framed(drawn, width, height)
    yield from around
    for number, series in enumerate(drawn.series):
        places = [
            None if p.value is None else (frame.middle(at), frame.y(p.value)) for at, p in enumerate(series.points)
        ]
        yield from _line(places, ink(number))
        for at, place in enumerate(places):
            if place is not None:
                yield _mark(place, ink(number))
            if place is not None and drawn.labelled:
                below = 0 if drawn.is_upper(number, at) else FONT + 14
                yield _label(place[0], place[1] - 8 + below, series.points[at].shown)


Place = tuple[Decimal, Decimal]
_DASHES = {"sysDash": "6 3", "lgDash": "12 4", "sysDot": "2 2", "dashDot": "8 3 2 3", "lgDashDot": "12 3 2 3"}


def _line(places: list[Place | None], look: Ink) -> Iterator[str]:
    """The line through the points; it breaks off where one is missing."""
    steps = []
    for before, place in zip([None, *places], places, strict=False):
        if place is not None:
            steps.append(f"{'L' if before else 'M'}{_at(place[0])} {_at(place[1])}")
    dash = f' stroke-dasharray="{_DASHES[look.dash]}"' if look.dash in _DASHES else ""
    yield f'<path d="{"".join(steps)}" fill="none" stroke="#{look.line}" stroke-width="2"{dash}/>'


_MARKS = {"square": "M-4 -4H4V4H-4Z", "triangle": "M0 -5L5 4H-5Z", "diamond": "M0 -5L5 0L0 5L-5 0Z"}


def _mark(place: Place, look: Ink) -> str:
    x, y = _at(place[0]), _at(place[1])
    paint = f'fill="{"#fff" if look.hollow else f"#{look.line}"}" stroke="#{look.line}"'
    if look.mark in _MARKS:
        return f'<path d="{_MARKS[look.mark]}" transform="translate({x} {y})" {paint}/>'
    return f'<circle cx="{x}" cy="{y}" r="4" {paint}/>'


def _pie(drawn: Plot, width: Decimal, height: Decimal) -> Iterator[str]:
    """Slices of the first series, clockwise from the top; what is missing or below 0 has none."""
    parts = [(n, max(p.value or Decimal(0), Decimal(0))) for n, p in enumerate(drawn.series[0].points)]
    whole = sum((value for _, value in parts), Decimal(0))
    legend = _legend_height(drawn.categories, width)
    yield from _legend(drawn.categories, width, height, lambda n: _fill(ink(n)))
    radius = (height - legend - FONT * 5) / 2
    centre = (width / 2, (height - legend) / 2)
    turn = Decimal(0)
    for number, value in parts if whole else ():
        share = value / whole
        if share:
            yield _slice(centre, radius, (turn, share), _fill(ink(number)))
            yield _beside(centre, radius + 10, turn + share / 2, f"{drawn.categories[number]} {percent(share)}")
        turn += share


def percent(share: Decimal) -> str:
    """A share of 1 as 40.5%."""
    return f"{rounded(share * 100, 1):f}%"


def _slice(centre: Place, radius: Decimal, part: tuple[Decimal, Decimal], look: str) -> str:
    turn, share = part
    if share == 1:
        return f'<circle cx="{_at(centre[0])}" cy="{_at(centre[1])}" r="{_at(radius)}" {look}/>'
    ends = (_on(centre, radius, turn), _on(centre, radius, turn + share))
    (x1, y1), (x2, y2) = ((_at(x), _at(y)) for x, y in ends)
    large = int(share > Decimal("0.5"))
    return f'<path d="M{_at(centre[0])} {_at(centre[1])}L{x1} {y1}A{_at(radius)} {_at(radius)} 0 {large} 1 {x2} {y2}Z" {look}/>'


def _on(centre: Place, radius: Decimal, turn: Decimal) -> Place:
    x, y = on_circle(turn)
    return centre[0] + radius * x, centre[1] + radius * y


def _beside(centre: Place, radius: Decimal, turn: Decimal, text: str) -> str:
    x, y = _on(centre, radius, turn)
    side = x - centre[0]
    return _label(x, y + 4, _short(text, 20), "middle" if abs(side) < FONT else "start" if side > 0 else "end")


_KINDS: dict[str, Callable[[Plot, Decimal, Decimal], Iterable[str]]] = {BAR: _bars, LINE: _lines, PIE: _pie}
