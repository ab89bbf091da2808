"""Parts beside the text that come along with what is put in: charts with their workbooks, pictures."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from drafter.word.element import Element, R, xml
from drafter.word.kinds import kind
from drafter.word.trace.bookmarks import Numbers
from drafter.word.trace.file import File
from drafter.word.trace.parts import declare, free, is_outside, leads, no_rows, relate, relative, rels_of, rows, type_of

_ATTRIBUTES = (f"{{{R}}}id", f"{{{R}}}embed", f"{{{R}}}link", f"{{{R}}}pict")


@dataclass(slots=True)
class Transplant:
    """Brings parts of one file into another; a part that is asked for again is the one that was brought."""

    now: File
    """Where the parts come from."""
    file: File
    """Where they go."""
    numbers: Numbers
    brought: dict[str, str] = field(default_factory=dict)

    def settle(self, copied: Element, source: str, part: str) -> None:
        """Make what stands in a copy lead to parts of the file. `source`, `part`: entries it was in and is put into."""
        for one in list(copied.iter()):
            for name in _ATTRIBUTES:
                if (key := one.get(name)) is not None:
                    self._lead(one, name, key, source, part)
            if kind(one).endswith("}docPr"):
                one.set("id", str(self.numbers.drawing()))

    def _lead(self, one: Element, name: str, key: str, source: str, part: str) -> None:
        row = next((row for row in rows(self.now, source) if row.get("Id") == key), None)
        found = None if row is None else self._related(row, source, part)
        if found is None:
            del one.attrib[name]
        else:
            one.set(name, found)

    def _related(self, row: Element, source: str, part: str) -> str | None:
        """The id by which a part of the file is related to what a relationship led to; None where that is not there."""
        sort = str(row.get("Type"))
        if is_outside(row):
            return relate(self.file, part, sort, str(row.get("Target")), outside=True)
        there = leads(self.now, source, row)
        return None if there is None else relate(self.file, part, sort, self.bring(there))

    def bring(self, there: str) -> str:
        """The entry in the file that has the content of one of the other file, and all that this is related to."""
        if there not in self.brought:
            content = self.now.members[there]
            content_type, own = type_of(self.now, there)
            found = self._same(there, content) if not rows(self.now, there) else None
            self.brought[there] = found or free(self.file, there)
            if found is None:
                self.file.members[self.brought[there]] = content
                declare(self.file, self.brought[there], content_type, own=own)
                self._along(there, self.brought[there])
        return self.brought[there]

    def _same(self, there: str, content: bytes) -> str | None:
        """A picture that the file has already."""
        if "/media/" not in there:
            return None
        ending = there.rpartition(".")[2]
        return next((n for n, known in self.file.members.items() if known == content and n.endswith(ending)), None)

    def _along(self, there: str, here: str) -> None:
        """The relationships of a part that was brought, under their ids."""
        found = rows(self.now, there)
        if not found:
            return
        root = no_rows()
        for row in found:
            made, beyond = deepcopy(row), leads(self.now, there, row)
            if beyond is not None:
                made.set("Target", relative(self.bring(beyond), here))
            if beyond is not None or is_outside(row):
                root.append(made)
        self.file.members[rels_of(here)] = xml(root)
