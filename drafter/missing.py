"""缺数: a fact that is not known yet, and what it refuses to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from drafter.source import Origin, Span


class UndecidedError(Exception):
    """A missing fact was asked to decide something: a condition, a comparison, arithmetic."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.name)
        self.missing = missing


class ComparisonError(TypeError):
    """Two things that do not compare: different units, or a figure and a text. Message and hint are Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True, eq=False)
class Missing:
    """A fact that is not known yet. It prints 【待补：name】 and refuses to decide anything."""

    name: str
    office: str = ""
    period: str = ""
    span: Span | None = None
    """Place of the empty value in a facts file, when it stands there."""
    unknown: bool = False
    """No facts file and no indicator knows the name."""
    fault: str = ""
    """Why it cannot be said, when the fact is there but was used wrongly; then it prints 【有误：name】."""
    hint: str = ""
    asked: str = ""
    """How a template asks for it (事故起数.上年同期, 事实("R&D经费")); empty when only the name is known."""
    others: Callable[[Any], object] | None = field(default=None, compare=False)
    """How to find the same fact of another period; None when nobody knows where it belongs."""
    written: str = ""
    """What stands in the facts file instead of a number that was blotted out (****万元): it prints so, and is missing."""
    entry: str = ""
    """What it is traced by, where its name does not say which item of a list it is of."""

    def __str__(self) -> str:
        if self.written and not self.fault:
            return self.written
        return f"【有误：{self.name}】" if self.fault else f"【待补：{self.name}】"

    def _refuse(self, *_: object) -> bool:
        raise UndecidedError(self)

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse

    def __hash__(self) -> int:
        return hash(self.name)

    def _no(self, *_: object) -> object:
        raise UndecidedError(self)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _no
    __int__ = __float__ = __neg__ = __contains__ = _no

    def __len__(self) -> int:
        raise UndecidedError(self)

    def __iter__(self) -> Iterator[object]:
        raise UndecidedError(self)

    def origin(self) -> Origin:
        """What its visible mark is made of."""
        fact, own = self.entry or self.name, self.name if self.entry else ""
        return Origin(fact, self.span, self.period, self.fault, missing=True, office=self.office, indicator=own)
