"""Walking through a template's syntax tree: who asks for which fact, with names, loops, includes and macros followed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from drafter.phrases.fields import steps
from drafter.source import Span
from drafter.template.asks import (
    ASKED,
    BOTH_SIDES,
    COLUMNS,
    COMPARED,
    DRAWN,
    FILLED,
    LIST,
    OF_DEPARTMENTS,
    ROWS_STAY,
    TABLES,
    TESTED,
    VALUE,
)
from drafter.template.needs import ITEM, Use
from drafter.template.paths import below, below_row, paths
from drafter.template.scan import Scan, scan

if TYPE_CHECKING:
    from jinja2 import nodes

MAX_DEPTH = 40
"""Includes and macros inside one another that are followed."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """期(…) or 部门(…): a dot behind it is a fact of another period or department."""

    period: str = ""
    department: str = ""


Found = tuple[Use, ...] | _Scope
"""What an expression stands for: facts (one, or those of a list), a scope; () for anything else."""
Names = Mapping[str, Found]


class Walk:
    """Goes through one template; `names` are those that it sets itself."""

    def __init__(self, environment: Any, own: Collection[str]) -> None:
        self.environment = environment.overlay(extensions=[])
        self.own = own
        self.uses: list[Use] = []
        self.names: dict[str, Found] = {}
        self.macros: dict[str, nodes.Macro] = {}
        self.maybe = False
        self.depth = 0
        self.found: Scan = scan("", "")
        self.spots: dict[tuple[str, int, str], int] = {}

    def template(self, source: str, file: str) -> None:
        """One template; one that cannot be parsed asks for nothing (its errors are told elsewhere)."""
        from jinja2 import TemplateSyntaxError

        if self.depth >= MAX_DEPTH:
            return
        outer, self.found = self.found, scan(source, file)
        try:
            tree = self.environment.parse(self.found.source)
        except (TemplateSyntaxError, RecursionError):
            tree = None
        self.depth += 1
        if tree is not None:
            self.block(tree.body)
        self.depth -= 1
        self.found = outer

    def block(self, body: Iterable[nodes.Node], names: Names | None = None, *, maybe: bool = False) -> None:
        """Statements, with further names and perhaps in a branch that need not be taken."""
        outer = self.names
        self.names = outer if names is None else {**outer, **names}
        with self.perhaps(maybe):
            for node in body:
                self.statement(node)
        self.names = outer

    @contextmanager
    def perhaps(self, maybe: bool = True) -> Iterator[None]:  # noqa: FBT001, FBT002
        """What is asked inside may not be asked at all."""
        outer = self.maybe
        self.maybe = outer or maybe
        yield
        self.maybe = outer

    def statement(self, node: Any) -> None:
        """One statement by its kind, or an expression, which is asked for its value."""
        visit = getattr(self, f"visit_{type(node).__name__.lower()}", None)
        if visit is not None:
            visit(node)
        elif _is_statement(node):
            for child in node.iter_child_nodes():
                self.statement(child)
        else:
            self.ask(self.value(node))

    def visit_templatedata(self, node: Any) -> None:
        """Typed text asks for nothing."""

    def visit_if(self, node: Any) -> None:
        """The test is always asked, the branches perhaps."""
        self.ask(self.value(node.test))
        self.block(node.body, maybe=True)
        self.block([*node.elif_, *node.else_], maybe=True)

    def visit_for(self, node: Any) -> None:
        """The list is asked for its items, the loop's name stands for any of them."""
        names = self.targets(node.target)
        listed = self.value(_bare(node.iter))
        self.ask(listed, LIST)
        items = () if isinstance(listed, _Scope) else tuple(below(use, ITEM) for use in listed)
        bound = dict.fromkeys(names, items)
        if node.test is not None:
            self.block([_bare_test(node.test)], bound)
        self.block(node.body, bound)
        self.block(node.else_, maybe=True)

    def visit_assign(self, node: Any) -> None:
        """A name that stands for what it was set to, asked for where it is used."""
        names = self.targets(node.target)
        self.names |= dict.fromkeys(names, self.value(node.node))

    def visit_assignblock(self, node: Any) -> None:
        """{% set x %}…{% endset %}: its text asks at once, the name is text."""
        names = self.targets(node.target)
        self.block(node.body)
        self.names |= dict.fromkeys(names, ())

    def visit_with(self, node: Any) -> None:
        """Names for a block."""
        pairs = zip(node.targets, node.values, strict=True)
        self.block(node.body, {name: self.value(value) for target, value in pairs for name in self.targets(target)})

    def visit_macro(self, node: Any) -> None:
        """Asks where it is called."""
        self.macros[node.name] = node
        self.names[node.name] = ()

    def visit_include(self, node: Any) -> None:
        """The included template, in the same place and with the same names."""
        name = getattr(node.template, "value", None)
        source = self.environment.loader.source(name) if isinstance(name, str) else None
        if source is not None:
            self.template(source, f"{self.environment.loader.folder}/{name}")

    def ask(self, found: Found, asked: str = VALUE) -> tuple[Use, ...]:
        """Note that something is asked of what an expression stands for; what comes out is no fact any more."""
        for use in () if isinstance(found, _Scope) else found:
            named = use.asked or asked
            maybe = self.maybe or named == FILLED
            self.uses.append(replace(use, asked=named, maybe=maybe))
        return ()

    def value(self, node: Any) -> Found:
        """What an expression stands for; filters, tests and arithmetic ask at once."""
        read = getattr(self, f"read_{type(node).__name__.lower()}", None)
        if read is not None:
            found: Found = read(node)
            return found
        for child in node.iter_child_nodes():
            self.ask(self.value(child))
        return ()

    def read_name(self, node: Any) -> Found:
        """A name that the template sets, else a fact."""
        if node.name in self.names:
            found, place = self.names[node.name], self.spot(node.name, node.lineno)
            return found if isinstance(found, _Scope) else tuple(replace(use, span=place) for use in found)
        return () if node.name in self.own or node.name == "loop" else self.fact(node.name, node.lineno)

    def fact(self, name: str, line: int, scope: _Scope | None = None) -> Found:
        """A fact that is about to be asked for something."""
        within = scope or _Scope()
        return (Use(name, "", (), within.period, within.department, span=self.spot(name, line)),)

    def read_list(self, node: Any) -> Found:
        """[A, B]: all of them."""
        found: list[Use] = []
        for item in node.items:
            one = self.value(item)
            found += () if isinstance(one, _Scope) else one
        return tuple(found)

    read_tuple = read_list

    def read_getattr(self, node: Any) -> Found:
        """A dot: a fact of a scope, an operand of a figure, a part or field."""
        return self.dot(node.node, node.attr, node.lineno)

    def read_getitem(self, node: Any) -> Found:
        """Brackets: an item of a list, or the same as a dot."""
        key = getattr(node.arg, "value", None)
        if isinstance(key, str):
            return self.dot(node.node, key, node.lineno)
        whole = self.value(node.node)
        self.ask(self.value(node.arg))
        return whole if isinstance(whole, _Scope) else tuple(below(use, ITEM) for use in whole)

    def dot(self, left: Any, key: str, line: int) -> Found:
        """What stands behind a dot."""
        whole = self.value(left)
        if isinstance(whole, _Scope):
            return () if whole.department and key in OF_DEPARTMENTS else self.fact(key, line, whole)
        bound = type(left).__name__ == "Name" and left.name in self.names
        found = tuple(below(use, key) for use in whole)
        return tuple(replace(use, span=self.spot(key, line)) for use in found) if bound else found

    def read_call(self, node: Any) -> Found:
        """事实(…), 期(…), 部门(…) with a typed argument, or a macro; any other call asks for its arguments."""
        name = getattr(node.node, "name", "") or getattr(node.node, "attr", "")
        said = getattr(node.args[0], "value", None) if node.args else None
        within = self.value(node.node.node) if type(node.node).__name__ == "Getattr" else _Scope()
        if isinstance(within, _Scope) and isinstance(said, str) and name not in self.names:
            if name == "事实":
                return self.fact(said.strip(), node.lineno, within)
            if name == "期":
                return replace(within, period=said)
            if name == "部门":
                when = getattr(node.args[1], "value", "") if len(node.args) > 1 else within.period
                return replace(within, department=said, period=str(when))
        given = [self.value(one) for one in (*node.args, *(k.value for k in node.kwargs))]
        if name in self.macros:
            self.expand(self.macros[name], given)
            return ()
        for one in given:
            self.ask(one)
        return ()

    def expand(self, macro: Any, given: list[Found]) -> None:
        """A macro's body with its arguments."""
        if self.depth < MAX_DEPTH:
            self.depth += 1
            names: dict[str, Found] = {one.name: () for one in macro.args}
            names |= {one.name: value for one, value in zip(macro.args, given, strict=False)}
            self.block(macro.body, names)
            self.depth -= 1

    def read_filter(self, node: Any) -> Found:
        """A filter asks of what stands before it, and for the value of its arguments."""
        if node.name in TABLES or node.name in ROWS_STAY:
            return self.rows(node)
        if node.name in COLUMNS or (node.name in DRAWN and _names_columns(node)):
            return self.columns(node)
        asked = _asked(node)
        self.ask(self.value(node.node) if node.node is not None else (), asked)
        for one in (*node.args, *(k.value for k in node.kwargs)):
            self.ask(self.value(one), asked if node.name in BOTH_SIDES else VALUE)
        return ()

    def rows(self, node: Any) -> Found:
        """A filter over the rows of a table: each is asked for the field that is named."""
        at = TABLES.get(node.name)
        found = self.value(node.node)
        given = [self.value(one) for one in node.args]
        if at is not None and len(node.args) > at:
            table, key = (found if at == 0 else given[at - 1]), getattr(node.args[at], "value", None)
            if isinstance(key, str) and not isinstance(table, _Scope):
                self.ask(tuple(below(below(use, ITEM), key) for use in table))
        elif at == 0:
            self.ask(() if isinstance(found, _Scope) else tuple(below(use, ITEM) for use in found))
        return found if node.name in ROWS_STAY and not isinstance(found, _Scope) else ()

    def columns(self, node: Any) -> Found:
        """A filter that lists rows: each is asked for the fields that are named; figures in brackets for operands."""
        found = self.value(node.node)
        for one in (*node.args, *(k.value for k in node.kwargs)):
            self.ask(self.value(one))
        if isinstance(found, _Scope):
            return ()
        figures = type(node.node).__name__ in ("List", "Tuple")
        rows = found if figures else tuple(below(use, ITEM) for use in found)
        said = next(
            (k.value for k in node.kwargs if k.key == {**COLUMNS, **DRAWN}[node.name]), next(iter(node.args), None)
        )
        if not figures or said is None:
            self.ask(found, VALUE if figures else LIST)
        for path in paths(said):
            if not figures or path not in OF_DEPARTMENTS:
                self.ask(tuple(reduce(below_row, steps(path), use) for use in rows))
        return ()

    def read_test(self, node: Any) -> Found:
        """A test asks as a filter does; `is 已填` asks only whether it is there."""
        found = self.value(node.node)
        for one in (*node.args, *(k.value for k in node.kwargs)):
            self.ask(self.value(one))
        return self.ask(found, TESTED.get(node.name, VALUE))

    def read_and(self, node: Any) -> Found:
        """The right side is asked only when the left one leaves it open."""
        self.ask(self.value(node.left))
        with self.perhaps():
            return self.ask(self.value(node.right))

    read_or = read_and

    def read_condexpr(self, node: Any) -> Found:
        """A if test else B."""
        self.ask(self.value(node.test))
        with self.perhaps():
            for side in (node.expr1, node.expr2):
                self.ask(self.value(side) if side is not None else ())
        return ()

    def targets(self, node: Any) -> list[str]:
        """The names that an assignment or a loop sets."""
        if type(node).__name__ in ("Tuple", "List"):
            return [name for item in node.items for name in self.targets(item)]
        name = getattr(node, "name", "")
        if not isinstance(name, str) or not name:
            return []
        self.spot(name, node.lineno)
        return [name]

    def spot(self, word: str, line: int) -> Span:
        """The place of a word's next use on a line, inside a tag; the line's beginning when it is not there."""
        found = self.found
        start = found.starts[min(line, len(found.starts)) - 1]
        end = found.source.find("\n", start)
        text = found.source[start : end if end >= 0 else len(found.source)]
        at = [start + m.start() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
        inside = [p for p in at if any(tag.start <= p < tag.end for tag in found.tags)]
        number = self.spots.get((found.file, line, word), 0)
        self.spots[found.file, line, word] = number + 1
        return found.span(inside[min(number, len(inside) - 1)]) if inside else found.find("", line)


def _names_columns(node: Any) -> bool:
    return bool(node.args) or any(k.key == DRAWN[node.name] for k in node.kwargs)


def _asked(node: Any) -> str:
    """What a filter or test asks for; one that compares says with what in its first argument or in 比."""
    if node.name not in COMPARED:
        return ASKED.get(node.name, VALUE)
    asks, usual = COMPARED[node.name]
    given = [*node.args[:1], *(k.value for k in node.kwargs if k.key == "比")]
    if given and not hasattr(given[0], "value"):
        return VALUE
    return asks.get(getattr(given[0], "value", usual) if given else usual, asks[usual])


def _bare(node: Any) -> Any:
    """The list of a loop without the step counter that the environment puts around it."""
    return node.node if type(node).__name__ == "Filter" and node.name == "_steps" else node


def _bare_test(node: Any) -> Any:
    """The condition of a loop without the environment's own `_missing or`."""
    ours = type(node).__name__ == "Or" and getattr(node.left, "name", "") == "_missing"
    return node.right if ours else node


def _is_statement(node: Any) -> bool:
    from jinja2 import nodes

    return isinstance(node, nodes.Stmt)
