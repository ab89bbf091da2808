"""Laying one source of a fact over another: what the upper one lacks shows through, and two values are told."""

from __future__ import annotations

from dataclasses import replace

from drafter.diagnostic import Diagnostic, Severity, error
from drafter.facts.vocabulary import Known, Record, Rows, Told, Value
from drafter.figure import OPERANDS, Figure
from drafter.measure import in_unit
from drafter.missing import Missing
from drafter.numeral import Number
from drafter.source import Span


def laid(lower: Value | None, upper: Value, *, beside: bool) -> tuple[Value, list[Diagnostic]]:
    """The fact with `upper` over `lower`, and F114 when both say a value and the values differ.

    `beside`: both are sources of one folder (.yaml and .xlsx), so that they speak of the same fact: what one lacks
    the other fills, and a difference is an error. A department's own figure over that of 公共 wins and is a warning;
    its texts, lists and groups are meant to replace those of 公共.
    """
    if lower is None or isinstance(lower, Missing):
        return upper, []
    if not beside:
        return upper, _differing(lower, upper, Severity.WARNING) if isinstance(upper, Known) else []
    if isinstance(upper, Missing):
        return lower, []
    if isinstance(lower, Known) and isinstance(upper, Known):
        return _filled(lower, upper), _differing(lower, upper, Severity.ERROR)
    return upper, [] if same(lower, upper) else [_conflict(upper, lower, "", "", Severity.ERROR)]


def same(one: Value, other: Value) -> bool:
    """Whether two facts say the same."""
    match one, other:
        case Figure(), Figure():
            mine, its = one.value, in_unit(other.value, other.unit, one.unit)
            return mine is not None and its is not None and mine.value == its.value
        case Told(), Told():
            return str(one) == str(other)
        case Rows(), Rows():
            return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
        case Record(), Record():
            return set(one) == set(other) and all(same(one.get(k), other.get(k)) for k in one)
    return isinstance(one, Missing) and isinstance(other, Missing)


def conflict(mine: Figure, other: Figure) -> list[Diagnostic]:
    """F114 when two figures that should be one have two values."""
    if mine.value is None or other.value is None or same(mine, other):
        return []
    message = f"“{mine.name}”有两个值：{mine}和{other}"
    hint = "核对后改成一致；说的不是一回事就换一个名称"
    span, place_of = mine.span or Span("", 1, 1), other.span or Span("", 1, 1)
    return [replace(error("F114", message, span, hint), also=((place_of, "另一个在"),))]


def _filled(lower: Known, upper: Known) -> Known:
    """The upper figure with what it lacks taken from the lower one."""
    changes = {f: in_unit(getattr(lower, f), lower.unit, upper.unit) for f in OPERANDS.values()}
    changes = {f: number for f, number in changes.items() if number is not None and getattr(upper, f) is None}
    notes = {**lower.notes, **upper.notes}
    places = {**lower.places, **upper.places}
    rank, estimate = upper.rank or lower.rank, upper.estimate or lower.estimate
    found = replace(upper, notes=notes, places=places, rank=rank, estimate=estimate, parts=_joined(lower, upper))
    return replace(found, **changes)  # type: ignore[arg-type]


def _joined(lower: Known, upper: Known) -> tuple[Figure, ...]:
    """其中 of both: those of the upper one in its order, then those that only the lower one has."""
    beneath = {p.name: p for p in lower.parts}
    found = []
    for part in upper.parts:
        other = beneath.pop(part.name, None)
        both = isinstance(other, Known) and isinstance(part, Known)
        found.append(_filled(other, part) if both else part)  # type: ignore[arg-type]
    return (*found, *beneath.values())


def _differing(lower: Value, upper: Value, severity: Severity) -> list[Diagnostic]:
    """F114 for every operand that both give and that differs."""
    if not isinstance(lower, Known) or not isinstance(upper, Known):
        return []
    found = []
    for key, field in OPERANDS.items():
        ours, theirs = getattr(upper, field), in_unit(getattr(lower, field), lower.unit, upper.unit)
        if ours is not None and theirs is not None and ours.value != theirs.value:
            found.append(_conflict(upper, lower, key, f"：{_typed(ours, upper)}和{_typed(theirs, lower)}", severity))
    if severity is Severity.ERROR:
        found += _inside(lower, upper)
    return found


def _typed(number: Number, figure: Known) -> str:
    """A number as it was typed, with a unit that is not the figure's."""
    return f"{number}{number.unit if number.unit != figure.unit else ''}"


def _inside(lower: Known, upper: Known) -> list[Diagnostic]:
    """F114 for 位次 and 其中 that two sources of one folder give differently."""
    ours, theirs = upper.rank, lower.rank
    found = []
    alike = ours and theirs and (ours.scope == theirs.scope or not (ours.scope and theirs.scope))
    if ours and theirs and alike and ours.place != theirs.place:
        words = f"：第{ours.place}和第{theirs.place}"
        found.append(_conflict(upper, lower, "位次", words, Severity.ERROR))
    for part in upper.parts:
        other = next((p for p in lower.parts if p.name == part.name), None)
        found += _differing(other, part, Severity.ERROR) if other is not None else []
    return found


def _conflict(upper: Value, lower: Value, key: str, words: str, severity: Severity) -> Diagnostic:
    span, other = place(upper, key), place(lower, key)
    of = f"的{key}" if key not in ("", "本期") else ""
    hint = "留下对的一个，删去另一个" if severity is Severity.ERROR else "用的是部门自己的数；核对后删去一个"
    found = error("F114", f"“{label(upper)}”{of}有两个值{words}", span, hint)
    return replace(found, severity=severity, also=((other, "另一个在"),))


def label(value: Value) -> str:
    """What people call a fact."""
    if isinstance(value, Known):
        return value.label
    return value.name if isinstance(value, (Figure, Missing)) else value.origin.fact


def place(value: Value, key: str = "") -> Span:
    """Where a fact, or a key of a figure, stands."""
    if isinstance(value, Figure):
        found = value.places.get(key) if key not in ("", "本期") else None
        return found or value.span or Span("", 1, 1)
    span = value.span if isinstance(value, Missing) else value.origin.span
    return span or Span("", 1, 1)
