"""The keys of a report's facts: each for one figure, none that means something else in a template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from drafter.facts.vocabulary import reserved
from drafter.lift import nouns
from drafter.lift.naming import LONGEST, any_of, identifying

_TOLD = re.compile(f"(?:{any_of({*nouns.CHANGES.values(), *nouns.TOLD})})$")
"""What a key ends with that tells of another figure."""


class Keys:
    """The keys of a report: each for one figure, none that means something else in a template.

    `taken`: names of facts that the period has already; `units`: units of indicators that are registered, whose names
    may be used where the unit is the same.
    """

    def __init__(self, taken: Iterable[str] = (), units: Mapping[str, str] | None = None) -> None:
        self.taken = set(taken)
        self.units = units or {}
        self.numbers: dict[str, int] = {}
        """Names that were numbered, and how far."""
        self.bare: dict[str, str] = {}
        """The name each key was made of, without what widened it."""

    def new(self, name: str, unit: str, wider: Iterable[str] = (), stem: str = "") -> str:
        """A key that is free: the name, the name behind wider words (the sentence's subject, the heading), or numbered.

        `stem`: what the name was made of, where it is not the noun itself.
        """
        words = [identifying(word)[:LONGEST] for word in (name, *wider)]
        first = next((w for w in words if w), "数据")
        for ahead in ("", *words[1:]):
            key = first if first.startswith(ahead) else f"{ahead}{first}"
            if self._free(key, unit) and len(key) <= LONGEST:
                return self._keep(key, stem or first)
        number = self.numbers.get(first, 2)
        while not self._free(f"{first}_{number}", unit):
            number += 1
        self.numbers[first] = number
        return self._keep(f"{first}_{number}", stem or first)

    def _free(self, key: str, unit: str) -> bool:
        return key not in self.taken and not reserved(key) and self.units.get(key, unit) == unit

    def _keep(self, key: str, name: str) -> str:
        self.taken.add(key)
        self.bare[key] = _TOLD.sub("", name) or name
        return key
