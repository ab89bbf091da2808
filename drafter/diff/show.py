"""A comparison as a clerk reads it, short, and as one JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from drafter import period as periods
from drafter.diagnostic import Diagnostic
from drafter.diff import sections, wording
from drafter.diff.compare import ADDED, DATED, DROPPED, SAME, Comparison, Elsewhere, Pair
from drafter.diff.passages import Passage


def lines(found: Comparison) -> Iterator[str]:
    """The comparison for people: what there is of each kind, stale words, changes by section, what may be copied."""
    yield summary(found)
    if reason := unchecked(found):
        yield reason
    yield from _part(_stale_title(found), (replace(one, hint="").line() for one in found.stale))
    yield from sections.rows(found.pairs)
    yield from _part(f"换了说法、还能对上的数字（{len(found.elsewhere)}个）：", map(_elsewhere, found.elsewhere))
    doubts = [pair for pair in found.pairs if pair.copied]
    yield from _part(f"和上一份一样、可能是照抄的（{len(doubts)}段）：", map(_copied, doubts))


def summary(found: Comparison) -> str:
    """How much changed, in one line."""
    pairs = found.pairs
    figures = sum(len(p.figures) for p in pairs) + len(found.elsewhere)
    counts = {state: sum(p.state == state for p in pairs) for state in (ADDED, DROPPED, DATED, SAME)}
    doubts = sum(bool(p.copied) for p in pairs)
    parts = [
        f"数字变化{figures}处",
        f"文字变化{sum(wording.places(p) for p in pairs)}处",
        f"新增{counts[ADDED]}段",
        f"删去{counts[DROPPED]}段",
        *([f"移动{moved}段"] if (moved := sum(p.moved for p in pairs)) else []),
        *([f"只换期间{counts[DATED]}段"] if counts[DATED] else []),
        f"原样{counts[SAME]}段{f'，可能照抄{doubts}段' if doubts else ''}",
    ]
    return "，".join(parts)


def unchecked(found: Comparison) -> str:
    """Why words of the earlier period were not looked for; empty when they were."""
    one, other = found.before, found.after
    if found.checks_periods:
        return ""
    if one is None or other is None:
        which = "两份都" if one is other else "前一份" if one is None else "后一份"
        return f"{which}看不出是哪一期，没有查没改的期间 ➜ 加 --period 前一份的期间 --period 后一份的期间"
    if one == other:
        return f"两份都是{periods.name(one)}的，没有查没改的期间和照抄"
    said = f"前一份是{periods.name(one)}的，后一份是{periods.name(other)}的，没有查没改的期间"
    return f"{said} ➜ 旧的一份写在前面；认错了就用 --period 写明"


def _stale_title(found: Comparison) -> str:
    one, other = found.before, found.after
    said = f"上一份是{periods.name(one)}，这一份是{periods.name(other)}" if one and other else ""
    return f"没改的期间（{len(found.stale)}处），{said}："


def _part(title: str, rows: Iterable[str]) -> Iterator[str]:
    """A part with its title, when there is something in it."""
    shown = list(rows)
    if shown:
        yield ""
        yield title
        yield from (f"  {row}" for row in shown)


def _elsewhere(one: Elsewhere) -> str:
    change = one.change
    return f"{change.name}：{change.before} → {change.after}（{one.before.address} → {one.after.address}）"


def _copied(pair: Pair) -> str:
    words = pair.passage.line.text
    return f"{pair.passage.address} {words[:12]}{'…' if len(words) > 12 else ''}　{pair.copied}"


def as_json(found: Comparison, told: Sequence[Diagnostic] = ()) -> dict[str, object]:
    """The contract: pairs in reading order, stale words, and what else was found."""
    return {
        "before": str(found.before or ""),
        "after": str(found.after or ""),
        "pairs": [_pair(p) for p in found.pairs],
        "figures": [_figure(e) for e in found.elsewhere],
        "stale": [d.as_json() for d in found.stale],
        "diagnostics": [d.as_json() for d in (*told, *found.copied)],
    }


def _pair(pair: Pair) -> dict[str, object]:
    span = pair.passage.span
    return {
        "address": pair.passage.address,
        "before_address": pair.before.address if pair.before else "",
        "state": pair.state,
        "moved": pair.moved,
        "before": _text(pair.before),
        "after": _text(pair.after),
        "figures": [{"name": c.name, "before": c.before, "after": c.after} for c in pair.figures],
        "copied": pair.copied,
        "file": span.file,
        "line": span.line,
        "column": span.column,
    }


def _text(passage: Passage | None) -> str:
    return passage.line.text if passage else ""


def _figure(one: Elsewhere) -> dict[str, str]:
    change = one.change
    values = {"name": change.name, "before": change.before, "after": change.after}
    return {**values, "before_address": one.before.address, "after_address": one.after.address}
