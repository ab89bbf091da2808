"""Traced figures as the JSON contract, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from drafter import period as periods
from drafter.diagnostic import visible
from drafter.source import Basis, Span
from drafter.trace import Traced
from drafter.tracing.choice import Choice
from drafter.tracing.model import EDITED, LOST, STALE, STATES, Seen, Traces

HEAD = ("状态", "数字", "事实", "期间", "算法", "来源", "位置")
ALL = Choice()
LONGEST = 20
"""Characters of a figure in a line; text facts can be long."""


def as_json(traces: Traces, choice: Choice = ALL) -> dict[str, object]:
    """The JSON contract: the figures that are asked for, the counts of all."""
    return {
        "file": traces.file,
        "target": visible(traces.target),
        "period": visible(traces.period),
        "counts": dict(traces.counts),
        "figures": [_figure(one) for one in choice.of(traces)],
        "diagnostics": [d.as_json() for d in traces.diagnostics],
    }


def _figure(one: Seen) -> dict[str, object]:
    origin = one.origin
    span = origin.span or Span("", 0, 0)
    return {
        "text": one.text,
        "fact": origin.fact,
        "period": origin.period,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "cell": span.cell,
        "formula": origin.formula,
        "office": origin.office,
        "basis": [_operand(one) for one in origin.basis],
        "address": one.address,
        "state": one.state,
        "was": one.was.text,
        "now": one.now.text if one.now else "",
        "printed": one.was.wording,
        "printed_now": one.now.wording if one.now else "",
        "agrees": one.agrees,
        "retyped": one.retyped,
        "missing": one.was.origin.missing,
        "bookmark": one.bookmark,
    }


def _operand(one: Basis) -> dict[str, object]:
    what, written, place = one
    span = place or Span("", 0, 0)
    return {"name": what, "text": written, "file": span.file, "line": span.line}


def rows(traces: Traces, choice: Choice = ALL) -> Iterator[tuple[str, ...]]:
    """One row for every figure that is asked for, in the order of the file."""
    for one in choice.of(traces):
        yield tuple(visible(word) for word in _row(one, judged=traces.judged))


def _row(one: Seen, *, judged: bool) -> tuple[str, ...]:
    origin = one.origin
    period = periods.parse(origin.period)
    when = periods.name(period) if period else origin.period
    span = origin.span
    source = f"{span.file}:{span.cell or span.line}" if span else ""
    return (STATES[one.state], said(one, judged=judged), origin.fact, when, origin.formula, source, one.address)


def said(one: Seen, *, judged: bool) -> str:
    """6起 → 现在 7起; 改成 8起，生成时 6起; 8起（重打成 9起，现在 10起）."""
    if one.state == STALE:
        return f"{_words(one.was, one.now)} → {_now(one)}"
    if one.state == EDITED:
        return "，".join(
            (f"改成 {_short(one.text) or '（空）'}", f"生成时 {_short(one.was.text)}", *_beside(one, judged=judged))
        )
    if one.state == LOST:
        typed = (f"重打成 {_short(one.retyped)}",) if one.retyped else ()
        more = "，".join((*typed, *_beside(one, judged=judged)))
        return f"{_short(one.text)}（{more}）" if more else _short(one.text)
    return _short(one.text)


def _beside(one: Seen, *, judged: bool) -> tuple[str, ...]:
    """What the facts say of a figure that a hand wrote or took away, where they can be asked and say something else."""
    if not judged:
        return ()
    if one.agrees:
        return ("与现在的事实一致",)
    return () if one.now and one.now.wording == one.was.wording else (_now(one),)


def _now(one: Seen) -> str:
    return f"现在 {_words(one.now, one.was)}" if one.now else "现在不印了"


def _words(one: Traced, other: Traced | None) -> str:
    """A value; with the words around it where those differ (同比下降5%, 同比增长5%)."""
    alike = other is None or (one.lead, one.tail) == (other.lead, other.tail)
    return _short(one.text if alike else one.wording)


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= LONGEST else f"{bare[:LONGEST]}…"


def title(traces: Traces) -> str:
    """应急管理局/月度工作总结 2022年9月"""
    period = periods.parse(traces.period)
    return f"{traces.target} {periods.name(period) if period else traces.period}"


def summary(traces: Traces) -> str:
    """共58处：一致55，手改1，过期2，没了0"""
    counts = traces.counts
    told = (f"{word}{counts[state]}" for state, word in STATES.items() if traces.judged or state != STALE)
    unknown = "" if traces.judged else "（过期没有查）"
    return f"共{len(traces.figures)}处：{'，'.join(told)}{unknown}"
