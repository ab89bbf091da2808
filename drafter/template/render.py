"""Section templates: sandboxed Jinja whose every piece of output knows its place; render → Text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Protocol

from drafter import phrases
from drafter.diagnostic import Diagnostic, DraftError, Severity, did_you_mean, error
from drafter.figure import OPERANDS, Figure, operand
from drafter.missing import Missing
from drafter.source import Origin, Span, Text
from drafter.template.marks import findings, read_marks, silent, without_marks
from drafter.template.scan import END, VALUE, scan

if TYPE_CHECKING:
    import jinja2

STEP_LIMIT = 200_000
"""Loop steps one section may take."""
OUTPUT_LIMIT = 2_000_000
"""Characters one section may print."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Lines of one section, and what was found; `missing` are the facts that were asked for and are not known."""

    text: Text
    diagnostics: tuple[Diagnostic, ...]
    missing: tuple[Missing, ...]
    plain: str = ""
    """All that was printed, blank lines and blanks around lines included."""


class Lookup(Protocol):
    """Where names are looked up; both answer with a Missing rather than raise."""

    def get(self, name: str) -> object:
        """The value of a name."""

    def period(self, said: str) -> object:
        """The facts of another period (期)."""


@dataclass(slots=True)
class _State:
    """One rendering: where names are looked up, and what its value marks mean."""

    lookup: Lookup
    values: list[Origin | Missing] = field(default_factory=lambda: [Origin("", None)])
    """By mark number; number 0 ends a value inside an expression."""
    silent: list[Missing] = field(default_factory=list)
    """Facts that were asked for without being printed: looped over, or in a list behind the first missing one."""
    tested: list[Missing] = field(default_factory=list)
    """Names that nobody knows and that were asked `is 已填`."""
    steps: int = 0
    pieces: list[str] = field(default_factory=list)


class Templates:
    """All templates of a project. `load` gives the text of a project-relative file, None when there is none."""

    def __init__(self, load: Callable[[str], str | None], folder: str = "templates") -> None:
        self.load = load
        self.folder = folder
        self.compiled: dict[tuple[str, str], tuple[list[Diagnostic], Any]] = {}

    @cached_property
    def environment(self) -> Any:
        """The hardened Jinja environment, made on first use."""
        return _environment(self)

    def source(self, name: str) -> str | None:
        """Text of a template by its name below the template folder; None when there is none or it lies outside."""
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name:
            return None
        return self.load(f"{self.folder}/{name}")

    def check(self, name: str) -> list[Diagnostic]:
        """What can be said of a section without facts. Errors: DraftError when it cannot be read."""
        from drafter.template import faults

        source = self.source(name)
        return [] if source is None else faults.problems(self.environment, source, f"{self.folder}/{name}")

    def check_text(self, source: str, first: Span) -> list[Diagnostic]:
        """The same of a template given as text, which begins at `first` inside another file."""
        from drafter.template import faults

        return _moved(faults.problems(self.environment, source, first.file), first)

    def render(self, name: str, lookup: Lookup) -> Rendered:
        """Render one section. Errors: DraftError when there is no text to show, with everything found."""
        source = self.source(name)
        file = f"{self.folder}/{name}"
        if source is None:
            raise DraftError(error("P105", f"找不到章节“{file}”", Span(file, 1, 1), "核对报告.yaml里的章节名"))
        return self.render_text(source, file, lookup)

    def render_text(self, source: str, file: str, lookup: Lookup, first: Span | None = None) -> Rendered:
        """Render a template given as text; `first` is where it begins when it stands inside another file."""
        state = _State(lookup)
        self.environment.state = state
        try:
            found, marked = self._run(source, file)
        except DraftError as stop:
            from drafter.template import faults

            others = faults.lacking_names(self.environment, source, file, lookup.get)
            partial = read_marks("".join(state.pieces), self.environment.spans, state.values)
            said = [*findings(partial, state.values), *stop.diagnostics]
            told = [
                *said,
                *(d for d in others if not any(f"“{d.quote}”" in s.message or s.message == d.message for s in said)),
            ]
            raise DraftError(*_moved(told, first)) from stop
        finally:
            self.environment.state = None
        text = read_marks(marked, self.environment.spans, state.values)
        diagnostics = [
            *found,
            *findings(text, state.values),
            *silent(state.silent, state.tested, state.values, scan(source, file)),
        ]
        asked = [*state.values, *(s for s in state.silent if not s.unknown)]
        missing = tuple(v for v in asked if isinstance(v, Missing) and not v.fault)
        return Rendered(text, tuple(_moved(diagnostics, first)), missing, without_marks(marked))

    def _run(self, source: str, file: str) -> tuple[list[Diagnostic], str]:
        """(what is to be told of the template, its marked output). Errors: DraftError."""
        from drafter.template import faults

        found, template = self._compiled(source, file)
        try:
            return found, "".join(_counted(self.environment.state, template.generate()))
        except faults.STOPS as stop:
            raise DraftError(*found, faults.stopped(self.environment, stop, source, file)) from stop

    def _compiled(self, source: str, file: str) -> tuple[list[Diagnostic], Any]:
        """A template checked and compiled, once in the life of this object. Errors: DraftError."""
        from drafter.template import faults

        if (file, source) not in self.compiled:
            environment = self.environment
            found = faults.problems(environment, source, file)
            if any(d.severity is Severity.ERROR for d in found):
                raise DraftError(*found)
            try:
                code = environment.compile(source, name=file, filename=file)
            except faults.STOPS as stop:
                raise DraftError(*found, faults.stopped(environment, stop, source, file)) from stop
            template = environment.template_class.from_code(environment, code, environment.globals)
            self.compiled[file, source] = (found, template)
        return self.compiled[file, source]


def _counted(state: _State, pieces: Iterable[str]) -> Iterator[str]:
    from drafter.template.sandbox import BudgetError

    printed = 0
    for piece in pieces:
        printed += len(piece)
        if printed > OUTPUT_LIMIT:
            raise BudgetError("输出")
        state.pieces.append(piece)
        yield piece


def _moved(diagnostics: Iterable[Diagnostic], first: Span | None) -> list[Diagnostic]:
    """Places inside a one-line template that stands in another file (报告.yaml), moved there."""
    from dataclasses import replace

    if first is None:
        return list(diagnostics)
    return [replace(d, span=first) if d.span.file == first.file else d for d in diagnostics]


def _environment(templates: Templates) -> jinja2.Environment:
    """The sandbox: immutable, our filters and tests only, no globals but 事实 and 期, marked output."""
    from drafter.template import sandbox

    environment = sandbox.make(templates.source, templates.folder, STEP_LIMIT)
    environment.filters = {k: _guarded(environment, f) for f in phrases.FILTERS for k in (f.name, f.alias)}
    environment.tests = {k: t[2] for t in phrases.TESTS for k in t[:2]}
    environment.tests |= dict.fromkeys(phrases.TESTS[0][:2], lambda item: _known(environment.state, item))
    environment.globals = {
        "事实": lambda name: environment.state.lookup.get(str(name)),
        "期": lambda said: environment.state.lookup.period(str(said)),
    }
    environment.finalize = lambda value: _printed(environment.state, value)
    environment.dotted = dotted
    return environment


def _known(state: _State, item: object) -> bool:
    """`is 已填`, remembering names that nobody knows: a typo here would drop a section silently."""
    if isinstance(item, Missing) and item.unknown:
        state.tested.append(item)
    if isinstance(item, list):
        known = [_known(state, one) for one in item]
        return all(known)
    return phrases.is_known(item)


def _guarded(environment: Any, row: phrases.Filter) -> Callable[..., Any]:
    """The filter, saying a misuse as a visible fault in its place instead of stopping the section.

    What each item of a list lacks is remembered, since the text shows the first one only.
    """
    run = row.run

    @wraps(run)
    def filtered(item: object, *args: Any, **named: Any) -> Any:
        try:
            found = run(item, *args, **named)
            if isinstance(found, Missing) and isinstance(item, (list, tuple)) and environment.state:
                environment.state.silent += _lacking(run, item, args, named)
            return _unlinked(found, row.name)
        except phrases.PhraseError as misuse:
            return Missing(_name(item), fault=str(misuse), hint=misuse.hint)
        except TypeError:
            return Missing(_name(item), fault=f"“{row.name}”括号里写得不对", hint=row.usage)

    return filtered


def _unlinked(found: Any, name: str) -> Any:
    """What a filter returns; a missing fact that it computed with is not the computed thing in other periods."""
    if not isinstance(found, Missing) or found.others is None or name == "累计":
        return found
    from dataclasses import replace

    return replace(found, others=None)


def _lacking(run: Callable[..., Any], items: Iterable[object], args: Any, named: Any) -> Iterator[Missing]:
    """What the items of a list lack, each asked alone; an item that can only be asked with the others is passed over."""
    for one in items:
        try:
            found = one if isinstance(one, Missing) else run(one, *args, **named)
        except (phrases.PhraseError, TypeError):
            continue
        if isinstance(found, Missing) and not found.fault:
            yield found


def _name(item: object) -> str:
    """What a message calls an item: a fact's name, those of the first figures of a list, a short text."""
    if isinstance(item, (list, tuple)) and item and all(isinstance(one, (Figure, Missing)) for one in item):
        return "、".join(_name(one) for one in item[:3]) + ("等" if len(item) > 3 else "")
    if isinstance(item, (Figure, Missing)):
        return item.name
    origin = getattr(item, "origin", None)
    if isinstance(origin, Origin):
        return origin.fact
    return item[:20] if isinstance(item, str) and item else "内容"


def dotted(item: object, key: str) -> object:
    """What a dot says: an operand of a figure, a field of a list item, a fact of another period."""
    if isinstance(item, Missing):
        return item
    if isinstance(item, Figure):
        return _of_figure(item, key)
    found = item.get(key) if hasattr(item, "get") else None
    names = list(item) if hasattr(item, "get") and hasattr(item, "__iter__") and not isinstance(item, str) else []
    if isinstance(found, Missing) and found.unknown and names:
        found = None
    if found is not None:
        return found
    listed = f"有：{'、'.join(names)}" if names else "列表要用 {% for 项 in 列表 %} 逐项写，项写成 项.名称"
    return Missing(key, fault=f"这一项没有“{key}”", hint=did_you_mean(key, names) or listed)


def _of_figure(item: Figure, key: str) -> object:
    if key in OPERANDS:
        return operand(item, key)
    if key in phrases.WORDS:
        return phrases.WORDS[key](item)
    if key == "其中":
        return {p.name: p for p in item.parts} or item.lacks(key)
    if key == "位次":
        return phrases.rank(item)
    near = next((p for p in item.parts if p.name == key), None)
    if near is not None:
        return near
    return Missing(item.name, fault=f"数据“{item.name}”没有“{key}”这一项", hint=_instead(item, key))


def _barless(value: object) -> str:
    """What was meant by {{ 起数, 同比 }}: a filter behind a comma; else empty."""
    unknown = (one.name for one in value if isinstance(one, Missing)) if isinstance(value, tuple) else ()
    return next((hint for name in unknown if (hint := phrases.instead(name))), "")


def _instead(item: Figure, key: str) -> str:
    """What may stand behind the dot instead: a filter by its bar, a name that is near, or all there are."""
    if key in (f.name for f in phrases.FILTERS):
        return f"写成 {item.name}|{key}"
    parts = [p.name for p in item.parts]
    names = [*OPERANDS, *phrases.WORDS, "其中", "位次"]
    listed = f"；其中有：{'、'.join(parts)}" if parts else ""
    return did_you_mean(key, [*parts, *names]) or f"点后面可写：{'、'.join(names)}{listed}"


def _printed(state: _State, value: object) -> str:
    """What `{{ }}` prints: text, numbers and figures, each piece marked; anything else is a visible fault."""
    if isinstance(value, Missing):
        return _marked(state, str(value), value)
    if isinstance(value, Figure):
        try:
            return _printed(state, phrases.value(value))
        except phrases.PhraseError as misuse:
            return _printed(state, Missing(value.name, fault=str(misuse), hint=misuse.hint))
    if isinstance(value, phrases.Phrase):
        return "".join(_marked(state, text, origin) for text, origin in value.pieces)
    if isinstance(value, str):
        origin = getattr(value, "origin", None)
        return _marked(state, str(value), origin) if isinstance(origin, Origin) else str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    fault = Missing(
        _name(value),
        fault="这不是能直接写出来的内容",
        hint=_barless(value) or "列表要用 {% for 项 in 列表 %} 逐项写，项要写成 项.名称",
    )
    return _marked(state, str(fault), fault)


def _marked(state: _State, text: str, origin: Origin | Missing | None) -> str:
    if origin is None:
        return f"{VALUE}0{END}{text}"
    state.values.append(origin)
    return f"{VALUE}{len(state.values) - 1}{END}{text}"
