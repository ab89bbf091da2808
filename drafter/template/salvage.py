"""What can still be read of a template whose tags do not pair: its {{ }}, each that is sound, at its place."""

from __future__ import annotations

import re
from typing import Any

from drafter.template.scan import Scan, Tag, scan

_SETS = re.compile(r"\{%[-+]?\s*(?:for\s+(.+?)\s+in\b|set\s+([\w\s,]+)|macro\s+\w+\s*\(([^)]*)\))")
"""A tag that sets names."""


def salvaged(environment: Any, source: str, file: str) -> tuple[str, frozenset[str]] | None:
    """(the template with everything but its sound {{ }} blanked out, the names that its tags set).

    None when the template can be parsed as it is, so that nothing is to be salvaged.
    """
    plain = environment.overlay(extensions=[])
    found = scan(source, file)
    if found.unclosed is None and _parses(plain, found.source):
        return None
    kept = [tag for tag in found.tags if tag.opening == "{{" and _parses(plain, found.source[tag.start : tag.end])]
    return _only(found, kept), frozenset(_set_names(found))


def _parses(plain: Any, source: str) -> bool:
    from jinja2 import TemplateSyntaxError

    try:
        plain.parse(source)
    except (TemplateSyntaxError, RecursionError):
        return False
    return True


def _only(found: Scan, kept: list[Tag]) -> str:
    """The source with blanks in place of all but some tags; lines and columns stay."""
    done, at = [], 0
    for tag in kept:
        done += [_blanked(found.source[at : tag.start]), found.source[tag.start : tag.end]]
        at = tag.end
    return "".join([*done, _blanked(found.source[at:])])


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _set_names(found: Scan) -> set[str]:
    names = {"loop"}
    for tag in found.tags:
        said = _SETS.match(found.source, tag.start, tag.end)
        names |= set(re.findall(r"\w+", "".join(filter(None, said.groups())))) if said else set()
    return names
