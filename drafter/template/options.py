"""The brackets of filters, judged before anything runs: options nobody knows, values that no figure could take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from inspect import Parameter, signature
from typing import Any

from drafter import period as periods
from drafter.diagnostic import Diagnostic, did_you_mean, error
from drafter.figure import OPERANDS, Figure, Indicator, Rank
from drafter.numeral import Number
from drafter.phrases import FILTERS, Filter, PhraseError
from drafter.phrases import option as judge
from drafter.template.asks import ROWS_STAY, TABLES
from drafter.template.salvage import salvaged
from drafter.template.scan import Scan, scan

BY_NAME = {word: row for row in FILTERS for word in (row.name, row.alias)}
"""Filter name or alias → its row."""


def problems(environment: Any, source: str, file: str) -> list[Diagnostic]:
    """T104 for every bracket of a known filter that is wrong whatever the facts are; of what cannot be parsed, in its {{ }}."""
    from jinja2 import nodes

    sound = salvaged(environment, source, file)
    found = scan(sound[0] if sound else source, file)
    tree = environment.overlay(extensions=[]).parse(found.source)
    return [d for node in tree.find_all(nodes.Filter) if node.name in BY_NAME for d in _of_filter(node, found)]


def _of_filter(node: Any, found: Scan) -> Iterator[Diagnostic]:
    """What is wrong with one use of a filter: the names of its options, their number, their values."""
    row = BY_NAME[node.name]
    parameters = list(signature(row.run).parameters.values())[1:]
    known = [p.name for p in parameters if not p.name.isascii()]
    for one in node.kwargs:
        if one.key not in [p.name for p in parameters]:
            hint = did_you_mean(one.key, known) or row.usage
            message = f"“{node.name}”没有“{one.key}”这个选项"
            yield error("T104", message, found.find(one.key, one.lineno), hint, one.key)
            return
    if len(node.args) > len(parameters) and not any(p.kind is Parameter.VAR_POSITIONAL for p in parameters):
        yield error("T104", f"“{node.name}”括号里写得太多", found.find(node.name, node.lineno), row.usage, node.name)
        return
    yield from _values(node, row, found)


def _values(node: Any, row: Filter, found: Scan) -> Iterator[Diagnostic]:
    """A typed value that the filter refuses for any figure: 写法, 动词, 小数 and the like."""
    if node.name in TABLES or node.name in ROWS_STAY:
        return
    try:
        given = [one.as_const() for one in node.args]
        named = {one.key: one.value.as_const() for one in node.kwargs}
    except Exception:  # noqa: BLE001 - Jinja's Impossible and whatever a folded expression raises: it is no typed value
        return
    try:
        row.run(_sample(), *given, **named)
    except PhraseError as misuse:
        if _is_of_option(misuse):
            words = [str(one) for one in (*given, *named.values()) if isinstance(one, (str, int))]
            place = found.find(words[0] if words else node.name, node.lineno)
            yield error("T104", str(misuse), place, misuse.hint, node.name)
    except Exception:  # noqa: BLE001 - the sample stands for a figure only; what else it cannot do is told by a build
        return


def _is_of_option(misuse: PhraseError) -> bool:
    """Whether it was raised where options are judged, so that no figure could have helped."""
    trace = misuse.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_filename == judge.__file__


def _sample() -> Figure:
    """A figure of which everything is known."""
    numbers = {name: Number(Decimal(100), "100") for name in OPERANDS.values()}
    plain = Figure(Indicator("某数", "万元", "总量"), periods.month(2000, 1), rank=Rank(1, "七县"))
    return replace(plain, **numbers)  # type: ignore[arg-type]
