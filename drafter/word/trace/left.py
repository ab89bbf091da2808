"""What a file still holds besides its text that is for nobody outside: tracked changes and comments."""

from __future__ import annotations

from dataclasses import dataclass

from drafter.word.kinds import attribute, kind
from drafter.word.reading.revisions import NONE, revisions
from drafter.word.trace.file import open_file
from drafter.word.trace.parts import parsed, related


@dataclass(frozen=True, slots=True)
class Left:
    """What is left in a file."""

    revisions: int = 0
    authors: tuple[str, ...] = ()
    """Of every comment."""


def left(data: bytes, name: str) -> Left:
    """What is left in a file. Errors: as of `open_file`."""
    file = open_file(data, name)
    changes = sum((revisions(root) for root in file.roots.values()), NONE).total
    roots = (parsed(file, entry) for entry in related(file, "comments", file.main))
    authors = (attribute(one, "author") or "" for root in roots for one in root if kind(one) == "comment")
    return Left(changes, tuple(authors))
