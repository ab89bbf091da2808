"""Everything that is known of a figure, in a few lines: what somebody asks who points at it."""

from __future__ import annotations

from collections.abc import Iterator

from drafter import basis
from drafter.diagnostic import visible
from drafter.tracing.choice import Choice
from drafter.tracing.model import STATES, Seen, Traces
from drafter.tracing.show import said


def details(traces: Traces, choice: Choice) -> Iterator[str]:
    """The lines of every figure that is asked for."""
    for one in choice.of(traces):
        yield visible(
            "　".join(word for word in (STATES[one.state], said(one, judged=traces.judged), one.address) if word)
        )
        for name, words in _lines(one):
            yield visible(f"  {name}：{words}")


def _lines(one: Seen) -> Iterator[tuple[str, str]]:
    if one.was.wording != one.was.text:
        yield "连同前后", one.was.wording
    yield "事实", basis.called(one.origin)
    was, now = basis.equation(one.was.origin), basis.equation(one.now.origin) if one.now else ""
    if was:
        yield "算法", was
    if now and now != was:
        yield "现在的算法", now
    if places := basis.places(one.origin):
        yield "填在", places
    if one.origin.office:
        yield "责任单位", one.origin.office
