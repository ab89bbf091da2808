"""意见: what is wrong, where, and what to do; one line for people, one object for tools."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from drafter.source import Span


class Severity(Enum):
    """How bad: an error stops publication, a warning wants a look, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def word(self) -> str:
        """The word a clerk reads."""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `also` names other places that belong to it (the first of two duplicate keys)."""

    code: str
    severity: Severity
    message: str
    span: Span
    hint: str = ""
    quote: str = ""
    also: tuple[tuple[Span, str], ...] = ()

    def line(self) -> str:
        """`文件:行:列: 代码 说明` with other places and the hint behind it, safe for any terminal.

        What does not stop publication says so: `代码 提醒：…`, `代码 说明：…`.
        """
        others = "".join(f"（{words}{span}）" for span, words in self.also)
        hint = f" ➜ {self.hint}" if self.hint else ""
        word = "" if self.severity is Severity.ERROR else f"{self.severity.word}："
        return visible(f"{self.span}: {self.code} {word}{self.message}{others}{hint}")

    def as_json(self) -> dict[str, str | int]:
        """The JSON contract of diagnostics (design, section 4)."""
        others = "".join(f"（{words}{span}）" for span, words in self.also)
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": visible(self.message + others),
            "file": self.span.file,
            "line": self.span.line,
            "column": self.span.column,
            "quote": visible(self.quote),
            "hint": visible(self.hint),
        }


class DraftError(Exception):
    """There is no draft at all; carries what is to be told."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("；".join(d.line() for d in diagnostics))
        self.diagnostics = diagnostics


def error(code: str, message: str, span: Span, hint: str = "", quote: str = "") -> Diagnostic:
    """A diagnostic that stops publication."""
    return Diagnostic(code, Severity.ERROR, message, span, hint, quote)


def warning(code: str, message: str, span: Span, hint: str = "", quote: str = "") -> Diagnostic:
    """A diagnostic that wants a person's look."""
    return Diagnostic(code, Severity.WARNING, message, span, hint, quote)


def note(code: str, message: str, span: Span, hint: str = "", quote: str = "") -> Diagnostic:
    """A diagnostic that only tells."""
    return Diagnostic(code, Severity.NOTE, message, span, hint, quote)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def each_once(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings without the remarks whose place has an error of the same code: a cell is told once."""
    found = list(findings)
    errors = {(d.code, d.span) for d in found if d.severity is Severity.ERROR}
    return [d for d in found if d.severity is Severity.ERROR or (d.code, d.span) not in errors]


def visible(text: str) -> str:
    """The text with control, direction and line-breaking characters shown as ␛-like signs.

    Why: a fact's name must not be able to steer the terminal or forge a line of output.
    """
    return "".join(_shown(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"}


def _shown(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else f"<U+{code:04X}>"


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` most looks like, or an empty string."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return found[0] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """你是不是想写…: the suggestion for a misspelt word, empty when nothing is near."""
    near = closest(word, known)
    return f"你是不是想写“{near}”？" if near and near != word else ""
