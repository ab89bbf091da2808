"""Parts that nothing in the file uses any more go: the chart of a drawing that went, its workbook with old figures.

Only what an element led to before the edit and none does now: what a hand left in the file stays.
"""

from __future__ import annotations

from collections.abc import Mapping

from drafter.word.element import R
from drafter.word.trace.file import File
from drafter.word.trace.parts import drop, leads, rows, sort_of

_SORTS = ("chart", "image", "package", "oleObject", "chartStyle", "chartColorStyle", "themeOverride", "chartUserShapes")
"""Relationships of drawings, by the last word of their types."""
Used = Mapping[str, frozenset[str]]
"""Entry of a story → the relationships that its elements name."""


def used(file: File) -> Used:
    """What the stories lead to."""
    return {
        name: frozenset(
            str(told) for one in root.iter() for key, told in one.attrib.items() if str(key).startswith(f"{{{R}}}")
        )
        for name, root in file.roots.items()
    }


def drop_unused(file: File, before: Used) -> None:
    """Take the parts out that only elements led to that are gone."""
    now = used(file)
    gone = {name: keys - now[name] for name, keys in before.items() if name in now}
    for part, keys in gone.items():
        for row in [row for row in rows(file, part) if row.get("Id") in keys and sort_of(row) in _SORTS]:
            target = leads(file, part, row)
            if target is not None:
                _sweep(file, target, gone)


def _sweep(file: File, target: str, gone: Mapping[str, frozenset[str]]) -> None:
    """A part goes where nothing leads to it, and then what it alone led to."""
    if any(_leads_to(file, part, target, gone) for part in file.members if not part.lower().endswith(".rels")):
        return
    found = [leads(file, target, row) for row in rows(file, target) if sort_of(row) in _SORTS]
    drop(file, target)
    for beyond in found:
        if beyond is not None and beyond in file.members:
            _sweep(file, beyond, gone)


def _leads_to(file: File, part: str, target: str, gone: Mapping[str, frozenset[str]]) -> bool:
    lost = gone.get(part, frozenset())
    return any(leads(file, part, row) == target and str(row.get("Id")) not in lost for row in rows(file, part))
