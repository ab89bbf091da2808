"""Several years of one report: which paragraphs they share, and what facts of an older year a newer template asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from drafter.lift.fact import Fact

_TAG = re.compile(r"\{\{ ([^{}]*) \}\}")
_NAME = re.compile(r"[^\W\d]\w*")
_NUMBERED = re.compile(r"_[0-9]+$")


@dataclass(frozen=True, slots=True)
class Aligned:
    """An older year beside the template of a newer one."""

    facts: tuple[Fact, ...]
    """The facts of the older year by the names of the template."""
    left: tuple[Fact, ...]
    """Facts that the template does not ask for."""
    shared: frozenset[int]
    """Numbers (from 0) of the template's lines that the older year has too, figures and dates apart."""
    own: tuple[str, ...]
    """Lines of the older year's own template that the newer one has not."""


def aligned(template: Sequence[str], facts: Sequence[Fact], older: Sequence[str], told: Sequence[Fact]) -> Aligned:
    """The older year's lines and facts laid beside a newer template's; both as `lift` gave them.

    Lines match when nothing but figures and dates differs; what matching lines call a figure is the same figure, and
    so is what has the same name and unit elsewhere, unless several have that name: 投资_2 of one year may be 投资_3 of
    another. Nothing is guessed beyond that.
    """
    names, old = {f.key: f for f in facts}, {f.key: f for f in told}
    ours, theirs = [_bones(line, names) for line in template], [_bones(line, old) for line in older]
    same = list(_same([b for b, _ in ours], [b for b, _ in theirs]))
    known: dict[str, Fact] = {}
    for here, there in same:
        for key, other in zip(ours[here][1], theirs[there][1], strict=True):
            if names[key].unit == old[other].unit or not old[other].value:
                known.setdefault(other, replace(old[other], key=key))
    taken = {fact.key for fact in known.values()}
    for key, fact in old.items():
        alike = key not in known and key not in taken and key in names and names[key].unit == fact.unit
        if alike and not _shared_out(key, names, old):
            known[key] = fact
    matched = {there for _, there in same}
    return Aligned(
        tuple(known[key] for key in old if key in known),
        tuple(fact for key, fact in old.items() if key not in known),
        frozenset(here for here, _ in same),
        tuple(line for number, line in enumerate(older) if number not in matched and line.strip()),
    )


def _shared_out(key: str, *years: dict[str, Fact]) -> bool:
    """Whether a name stands for a place in the report rather than for what it counts."""
    others = (_NUMBERED.sub("", other) for year in years for other in year if other != key)
    return _NUMBERED.search(key) is not None or any(o.endswith(key) or key.endswith(o) for o in others)


def _bones(line: str, facts: dict[str, Fact]) -> tuple[str, tuple[str, ...]]:
    """A template line without the names of its facts, and these in order; options of filters count as words."""
    keys: list[str] = []

    def bare(tag: re.Match[str]) -> str:
        def name(found: re.Match[str]) -> str:
            if found[0] not in facts:
                return found[0]
            keys.append(found[0])
            return "＃"

        return "{{ " + _NAME.sub(name, tag[1]) + " }}"

    return _TAG.sub(bare, line), tuple(keys)


def _same(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int]]:
    for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if ours[block.a + step].strip():
                yield block.a + step, block.b + step
