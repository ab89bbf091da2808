"""How series and slices look, so that they are told apart in black and white too: fills, dashes, marks. One table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """The look of one series: a plain fill of `color`, or a `pattern` of that colour on white; line and mark of a line."""

    color: str
    """RRGGBB."""
    pattern: str = ""
    """A preset pattern of DrawingML; empty: plain."""
    dash: str = "solid"
    """A preset dash of DrawingML."""
    mark: str = "circle"
    """circle, square, triangle or diamond."""
    hollow: bool = False
    """Whether the mark is white inside."""

    @property
    def line(self) -> str:
        """The colour of a line: never too light to be seen."""
        return self.color if self.color not in LIGHT else "2E75B6"


LIGHT = ("BDD7EE",)
INKS = (
    Ink("1F4E79"),
    Ink("BDD7EE", dash="sysDash", mark="square"),
    Ink("7F7F7F", dash="lgDash", mark="triangle"),
    Ink("1F4E79", "wdUpDiag", "sysDot", "diamond"),
    Ink("404040", dash="dashDot", hollow=True),
    Ink("7F7F7F", "wdDnDiag", "lgDashDot", "square", hollow=True),
    Ink("1F4E79", "pct25", "solid", "triangle", hollow=True),
    Ink("404040", "dkHorz", "sysDash", "diamond", hollow=True),
)
"""In the order of the series; the ninth looks like the first."""


def ink(number: int) -> Ink:
    """The look of a series or slice, counted from 0."""
    return INKS[number % len(INKS)]
