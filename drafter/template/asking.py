"""Words that print by themselves and answer when a template asks them: 部门, 部门("财政局").财政总收入."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drafter.missing import Missing


class Asking(str):
    """A word of the template; called, it answers. Nothing else that is not a global can be called."""

    __slots__ = ("answer",)
    answer: Callable[..., Any]

    def __new__(cls, text: str, answer: Callable[..., Any]) -> Asking:
        word = super().__new__(cls, text)
        word.answer = answer
        return word

    def __call__(self, *names: object) -> Any:
        """The answer to texts, and to a Missing as it is (quotes were forgotten).

        Why only texts: a figure or a list as a name is a slip, told as a text.
        """
        return self.answer(*(name if isinstance(name, Missing) else str(name) for name in names))
