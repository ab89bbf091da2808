"""What a template asks of the facts, found without running it: names, what is asked of each, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drafter.source import Span
from drafter.template.asks import LIST, VALUE

if TYPE_CHECKING:
    from drafter.template.render import Templates

ITEM = "*"
"""In a path: any item of a list."""


@dataclass(frozen=True, slots=True)
class Use:
    """One asking: `asked` (本期, 同比, 目标, 位次, 列表, 已填…) of a fact, or of what its path leads to.

    `path` holds the dots below the name, with ITEM for an item of a list; `period` and `department` are what 期(…)
    and 部门(…) were given; `maybe` says that it stands in a branch that is not always taken.
    """

    name: str
    asked: str = VALUE
    path: tuple[str, ...] = ()
    period: str = ""
    department: str = ""
    maybe: bool = False
    span: Span = field(default=Span("", 1, 1), compare=False)

    @property
    def is_list(self) -> bool:
        """Whether the fact must be a list: it is looped over, counted, or one of its items is asked."""
        return self.path[:1] == (ITEM,) or (not self.path and self.asked == LIST)


@dataclass(frozen=True, slots=True)
class Need:
    """All that templates ask of one fact; `maybe` when nothing asks for it for certain."""

    name: str
    period: str
    department: str
    uses: tuple[Use, ...]

    @property
    def maybe(self) -> bool:
        """Whether it is only asked for in branches that need not be taken."""
        return all(use.maybe for use in self.uses)

    @property
    def span(self) -> Span:
        """Where it is asked for first."""
        return self.uses[0].span

    @property
    def asked(self) -> tuple[str, ...]:
        """What is asked of the fact itself, each once, in order."""
        return tuple(dict.fromkeys(use.asked for use in self.uses if not use.path))

    @property
    def fields(self) -> tuple[tuple[str, ...], ...]:
        """The paths that are asked for below it, each once, in order."""
        return tuple(dict.fromkeys(use.path for use in self.uses if use.path))

    @property
    def is_list(self) -> bool:
        """Whether it is used as a list."""
        return any(use.is_list for use in self.uses)


def of_section(templates: Templates, name: str, own: Collection[str]) -> tuple[Use, ...]:
    """What a section and all that it includes ask for; nothing when it is not there or cannot be parsed.

    `own` are the names that are no facts (期间, 单位…). Errors: DraftError when a file cannot be read.
    """
    source = templates.source(name)
    return () if source is None else of_text(templates, source, f"{templates.folder}/{name}", own)


def of_text(
    templates: Templates, source: str, file: str, own: Collection[str], first: Span | None = None
) -> tuple[Use, ...]:
    """The same of a template given as text; `first` is where it begins when it stands inside another file."""
    from drafter.template.walk import Walk

    walk = Walk(templates.environment, own)
    walk.template(source, file)
    return tuple(replace(use, span=first) if first else use for use in walk.uses)


def gathered(uses: Iterable[Use]) -> tuple[Need, ...]:
    """The uses by fact, in the order in which the facts are first asked for."""
    found: dict[tuple[str, str, str], list[Use]] = {}
    for use in uses:
        found.setdefault((use.department, use.period, use.name), []).append(use)
    return tuple(Need(name, period, department, tuple(all_)) for (department, period, name), all_ in found.items())
