"""The hardened Jinja environment: no attributes of Python, no endless loops, and places marked in the output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing as not_there

from drafter.missing import Missing
from drafter.phrases import PhraseError
from drafter.source import Span
from drafter.template.asking import Asking
from drafter.template.scan import END, PLACE, Scan, scan

LOOP_WORDS = ("index", "index0", "first", "last", "length", "revindex")


class BudgetError(Exception):
    """A template ran or printed beyond its limit."""


class FactContext(Context):
    """Names that the template does not set are looked up among the facts; none is silently undefined."""

    def resolve_or_missing(self, key: str) -> Any:
        """The value of a name."""
        if key in self.vars or key in self.parent:
            return super().resolve_or_missing(key)
        state = self.environment.state  # type: ignore[attr-defined]
        return state.lookup.get(key) if state is not None else not_there


class MarkedEnvironment(ImmutableSandboxedEnvironment):
    """Sandbox with our context, dots that see facts only, and counted loops."""

    context_class = FactContext
    intercepted_binops = frozenset(["**", "*", "%"])

    state: Any = None
    spans: list[Span]
    current: Scan | None = None
    dotted: Callable[[object, str], object]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A dot: facts, list items and the counters of a loop; nothing of Python."""
        if isinstance(obj, LoopContext):
            if attribute in LOOP_WORDS:
                return getattr(obj, attribute)
            raise SecurityError(attribute)
        return self.dotted(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Brackets: a position in a list, or the same as a dot."""
        if isinstance(obj, (list, tuple)) and isinstance(argument, int) and not isinstance(argument, bool):
            inside = -len(obj) <= argument < len(obj)
            return obj[argument] if inside else _beyond(obj, argument)
        return self.getattr(obj, str(argument))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Powers and repeated text are refused: they are only ways to run out of memory."""
        numbers = all(isinstance(x, (int, float)) and abs(x) < 10**9 for x in (left, right))
        if operator == "**" or not numbers:
            raise TypeError(operator)
        return super().call_binop(context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only our globals, words that answer, and the template's own macros can be called."""
        from jinja2.runtime import Macro

        return isinstance(obj, (Macro, Asking)) or obj in self.globals.values()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for loop in template.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "_steps", [], [], None, None, lineno=loop.lineno)
            if loop.test is not None and isinstance(loop.target, nodes.Name):
                item = nodes.Name(loop.target.name, "load", lineno=loop.lineno)
                lacks = nodes.Test(item, "_missing", [], [], None, None, lineno=loop.lineno)
                loop.test = nodes.Or(lacks, loop.test, lineno=loop.lineno)
        return template

    def compile(self, source: Any, name: Any = None, filename: Any = None, *args: Any, **named: Any) -> Any:
        """Compile, with the loop counter known whatever filters the caller set."""
        self.filters["_steps"] = self._steps
        self.tests["_missing"] = lambda item: isinstance(item, Missing)
        return super().compile(source, name, filename, *args, **named)

    def _steps(self, items: object) -> Iterable[object]:
        if isinstance(items, Missing) and not items.fault:
            self.state.silent.append(items)
            return _Steps(self, [items])
        if isinstance(items, str) or not hasattr(items, "__iter__"):
            raise PhraseError("{% for %} 要用在列表上，这里不是列表", "列表写成 [{名称: …}, {名称: …}]")
        return self._counted(items)

    def _counted(self, items: Iterable[object]) -> Iterable[object]:
        if isinstance(items, (list, tuple)):
            return _Steps(self, items)
        return _Steps(self, list(items))

    step_limit = 200_000

    def step(self) -> None:
        """One step of a loop. Errors: BudgetError beyond the limit."""
        self.state.steps += 1
        if self.state.steps > self.step_limit:
            raise BudgetError("循环")


def _beyond(items: list[Any] | tuple[Any, ...], position: int) -> Missing:
    origin = getattr(items, "origin", None)
    name = origin.fact if origin else "列表"
    hint = f"“{name}”有{len(items)}项，从0数起；逐项写用 {{% for 项 in {name} %}}"
    return Missing(name, fault=f"“{name}”没有第{position + 1}项", hint=hint)


class _Steps:
    """A sized iterable that counts its steps."""

    def __init__(self, environment: MarkedEnvironment, items: Any) -> None:
        self.environment = environment
        self.items = items

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[object]:
        for item in self.items:
            self.environment.step()
            yield item


class MarkPlaces(Extension):
    """Puts a mark with its place before every line of typed text and before every expression."""

    environment: MarkedEnvironment

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Find the tags and make their punctuation half-width."""
        self.environment.current = scan(source, filename or name or "")
        return self.environment.current.source

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The token stream with marks in its data."""
        found = self.environment.current
        assert found is not None
        segments = iter(found.segments())
        tags = iter(found.tags)
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", self._data(found, segments, token))
                continue
            if token.type == "variable_begin":
                tag = next((t for t in tags if t.opening == "{{"), found.unclosed)
                if tag is not None:
                    yield Token(token.lineno, "data", self.mark(found.span(tag.start)))
            yield token

    def _data(self, found: Scan, segments: Iterator[tuple[int, int]], token: Token) -> str:
        """A data token, each of its lines behind a mark."""
        at = _position(found, segments, token)
        parts = []
        for piece in token.value.splitlines(keepends=True):
            parts.append(self.mark(found.span(at)) + piece)
            at += len(piece)
        return "".join(parts)

    def mark(self, span: Span) -> str:
        """The mark of a place."""
        self.environment.spans.append(span)
        return f"{PLACE}{len(self.environment.spans) - 1}{END}"


def _position(found: Scan, segments: Iterator[tuple[int, int]], token: Token) -> int:
    """Where a data token begins: in the first coming segment that holds it on its line."""
    for start, end in segments:
        at = found.source.find(token.value, start, end)
        while at >= 0 and found.line_of(at) < token.lineno:
            at = found.source.find(token.value, at + 1, end)
        if at >= 0 and found.line_of(at) == token.lineno:
            return at
    return found.starts[min(token.lineno, len(found.starts)) - 1]


class _Loader(BaseLoader):
    """Templates by name below the template folder, through the project's door to the disk."""

    def __init__(self, source: Callable[[str], str | None], folder: str) -> None:
        self.source = source
        self.folder = folder

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Source and file name for Jinja."""
        del environment
        text = self.source(template)
        if text is None:
            raise TemplateNotFound(template)
        return text, f"{self.folder}/{template}", lambda: True


def make(source: Callable[[str], str | None], folder: str, step_limit: int) -> MarkedEnvironment:
    """A fresh environment without any filter, test or global of Jinja's own.

    Why: every escape from Jinja's sandbox so far came through what it offers by default.
    """
    environment = MarkedEnvironment(
        loader=_Loader(source, folder),
        undefined=StrictUndefined,
        extensions=[MarkPlaces],
        keep_trailing_newline=True,
        autoescape=False,
        cache_size=400,
    )
    environment.spans = []
    environment.step_limit = step_limit
    environment.globals = {}
    environment.filters = {}
    environment.tests = {}
    return environment
