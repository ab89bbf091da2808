"""The facts that a line has spoken of so far: where their words end, and which of them tell of another."""

from __future__ import annotations

from itertools import islice

REACH = 60
"""How many facts back a sentence is followed; a line of thousands is a table that lost its breaks."""


class Near:
    """Keys in the order their words end."""

    def __init__(self) -> None:
        self.ends: dict[str, int] = {}
        self.of: dict[str, str] = {}
        """增收额 → 财政总收入: what tells of another fact, and of which."""

    def keep(self, key: str, end: int, owner: str = "") -> None:
        """The words of a fact end here (anew)."""
        self.ends.pop(key, None)
        self.ends[key] = end
        if owner:
            self.of[key] = owner

    def since(self, start: int) -> list[str]:
        """The keys whose words end behind a place, in order."""
        recent = list(islice(reversed(self.ends.items()), REACH))
        return [key for key, end in reversed(recent) if end > start]

    def first(self, start: int) -> str:
        """The first of them, '' for none."""
        return next(iter(self.since(start)), "")

    def last(self) -> tuple[str, int]:
        """The key whose words end last, and where; ('', -1) for none."""
        return next(reversed(self.ends.items()), ("", -1))

    def owner(self, start: int) -> str:
        """What the words behind a place spoke of last; what tells of another stands for that one."""
        key, end = self.last()
        return self.of.get(key, key) if end > start else ""
