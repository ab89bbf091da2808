"""A figure beside those it is compared with: 上年同期 and 上期 of the whole and of its parts, and their growths."""

from __future__ import annotations

from dataclasses import replace

from drafter.diagnostic import Diagnostic, error, warning
from drafter.facts import integrity
from drafter.facts.vocabulary import Known
from drafter.figure import OPERANDS, Figure, with_base
from drafter.measure import in_unit


def compared(figure: Known, base: Figure | None, previous: Figure | None) -> tuple[Known, list[Diagnostic]]:
    """The figure with 上年同期 and 上期 taken from other periods, its parts from the parts of the same name.

    Findings: F112 for units that do not convert (once, at the whole), F116 for a given growth that another period's
    value contradicts, F114 and F117 for another value or another 口径 there.
    """
    if figure.incomparable:
        base = previous = None
    beside = (("上年同期", base), ("上期", previous))
    wrong = [d for key, other in beside for d in _other_unit(figure, other, key)]
    told = [d for key, other in beside if other is not None for d in integrity.beside(figure, key, other)]
    parts = []
    for part in figure.parts:
        if isinstance(part, Known):
            done, findings = compared(part, _part(base, part.name), _part(previous, part.name))
            parts.append(done)
            told += [d for d in findings if not (wrong and d.code == "F112")]
    places = {key: other.span for key, other in beside if other is not None and other.span and key not in figure.places}
    whole = with_base(figure, base, previous)
    assert isinstance(whole, Known)
    whole = replace(whole, parts=tuple(parts))
    return whole, [*wrong, *told, *(integrity.growth(whole, places) if places else ())]


def grown(figure: Known, base: Figure | None, previous: Figure | None) -> Known:
    """The figure with the growth that last year's and the previous figure had, given or computed as printed."""
    changes = {}
    borrowed = dict(figure.borrowed)
    for other, field, key in ((base, "base_growth", "上年增幅"), (previous, "previous_growth", "上期增幅")):
        if other is not None and getattr(figure, field) is None:
            changes[field] = other.growth or integrity.growth_of(other)
            borrowed[key] = (key, other.place("增幅") or other.span)
    return replace(figure, borrowed=borrowed, **changes) if changes else figure  # type: ignore[arg-type]


def _other_unit(figure: Known, other: Figure | None, key: str) -> list[Diagnostic]:
    """F112 when another period's value cannot be taken because its unit is another.

    Why 上期 only warns: few reports compare with it, and 环比 without it is told as missing.
    """
    given = getattr(figure, OPERANDS[key]) is not None
    if other is None or given or figure.value is None or other.value is None:
        return []
    if in_unit(other.value, other.unit, figure.unit) is not None or figure.span is None or other.span is None:
        return []
    ours, theirs = (f"单位是“{f.unit}”" if f.unit else "没有单位" for f in (figure, other))
    message = f"“{figure.label}”与{key}不能比：{figure.span.file} {ours}，{other.span.file} {theirs}"
    say = error if key == "上年同期" else warning
    found = say("F112", message, figure.span, "两处写同一个单位，或在 指标.yaml 登记它的单位")
    return [replace(found, also=((other.span, f"{key}在"),))]


def _part(figure: Figure | None, name: str) -> Figure | None:
    """The part of a figure with a name."""
    return next((p for p in figure.parts if p.name == name), None) if figure is not None else None
