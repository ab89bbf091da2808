"""What making one page knows: the layout, the pictures, and what was printed so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafter.layout.model import Layout
from drafter.source import Origin


@dataclass(slots=True)
class Press:
    """One page being made, from above: numbers its headings, gathers its figures and what is still missing."""

    layout: Layout
    pictures: Mapping[str, bytes]
    targets: tuple[str, ...] = ()
    """Ids of the headings that the lines of the 目录 lead to."""
    figures: int = 0
    missing: dict[str, tuple[Origin, str]] = field(default_factory=dict)
    """Fact → (origin, id of its first place)."""
    _headings: int = 0

    def heading(self) -> str:
        """The id of the next heading."""
        self._headings += 1
        return heading(self._headings)

    def lacks(self, origin: Origin) -> str:
        """Remembers a fact that is missing; the id of its place where it is the first."""
        if origin.fact in self.missing:
            return ""
        place = f"m{len(self.missing) + 1}"
        self.missing[origin.fact] = (origin, place)
        return place


def heading(number: int) -> str:
    """The id of a heading, counted from 1."""
    return f"s{number}"
