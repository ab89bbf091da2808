"""Which figures of a file are asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from drafter.tracing.model import STATES, Seen, Traces


@dataclass(frozen=True, slots=True)
class Choice:
    """What every figure that is told has; what is empty asks for nothing."""

    states: Collection[str] = tuple(STATES)
    numbers: tuple[str, ...] = ()
    """As they are shown: 45.5%; one of them is enough."""
    office: str = ""
    section: str = ""
    """The beginning of an address: 二、（一）."""

    def of(self, traces: Traces) -> Iterator[Seen]:
        """The figures, in the order of the file."""
        named = self._named(traces)
        for at, one in enumerate(traces.figures):
            if one.state in self.states and (not self.numbers or at in named) and self._place(one):
                yield one

    def unknown(self, traces: Traces) -> Iterator[str]:
        """The numbers that no figure of a file shows."""
        return (number for number in self.numbers if not _indices(number, traces))

    def _named(self, traces: Traces) -> set[int]:
        return {at for number in self.numbers for at in _indices(number, traces)}

    def _place(self, one: Seen) -> bool:
        return self.office in one.origin.office and one.address.startswith(self.section)


def _indices(number: str, traces: Traces) -> list[int]:
    """The figures that show a number, whole; where none does, those that it is a part of. Why: 5起 is no 15起."""
    wanted = _plain(number)
    said = [_said(one) for one in traces.figures]
    whole = [at for at, ones in enumerate(said) if wanted in ones]
    return whole or [at for at, ones in enumerate(said) if any(wanted in one for one in ones)]


def _said(one: Seen) -> tuple[str, ...]:
    return tuple(_plain(text) for text in (one.text, one.retyped, one.was.wording) if text)


def _plain(text: str) -> str:
    """Without blanks, full width as half width: ４５．５％ is 45.5%."""
    return "".join(unicodedata.normalize("NFKC", text).split())
