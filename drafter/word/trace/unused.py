"""Parts that nothing in the file uses any more go: the chart of a drawing that went, its workbook with old figures.

Only what an element led to before the edit and none does now: what a hand left in the file stays.
"""

from __future__ import annotations

from collections.abc import Mapping

from drafter.word.element import R
from drafter.word.trace.file import File
from drafter.word.trace.members import drop
from drafter.word.trace.transplant import entry, leads, rows

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
        for row in [row for row in rows(file, part) if row.get("Id") in keys and _is_drawn(str(row.get("Type")))]:
            target = leads(part, row) and entry(file, leads(part, row))
            if target:
                _sweep(file, target, gone)


def _is_drawn(sort: str) -> bool:
    return sort.rpartition("/")[2] in _SORTS


def _sweep(file: File, target: str, gone: Mapping[str, frozenset[str]]) -> None:
    """A part goes where nothing leads to it, and then what it alone led to."""
    if any(_leads_to(file, part, target, gone) for part in file.members if not part.lower().endswith(".rels")):
        return
    found = [(leads(target, row), str(row.get("Type"))) for row in rows(file, target)]
    drop(file, target)
    for name, sort in found:
        beyond = entry(file, name) if name and _is_drawn(sort) else None
        if beyond:
            _sweep(file, beyond, gone)


def _leads_to(file: File, part: str, target: str, gone: Mapping[str, frozenset[str]]) -> bool:
    lost = gone.get(part, frozenset())
    return any(
        (to := leads(part, row)) and entry(file, to) == target and str(row.get("Id")) not in lost
        for row in rows(file, part)
    )
