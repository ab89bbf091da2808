"""How growth itself moved, and growth as a multiple: 增速变化, 倍数. Source: official-style 3.3, 4.2, F22."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from drafter import period
from drafter.figure import Figure
from drafter.missing import Missing
from drafter.numeral import plain, rounded
from drafter.phrases import arithmetic, option
from drafter.phrases.arithmetic import Change, exactly
from drafter.phrases.change import is_growth, said
from drafter.phrases.phrase import Phrase, PhraseError, Said, flat, one_figure, planned
from drafter.phrases.since import against
from drafter.phrases.verbs import asked

_BEFORE = {"上期": ("previous_growth", "previous", "上期增幅"), "上年同期": ("base_growth", "base", "上年增幅")}
"""比 → (the growth then, the value then for a figure that is a growth itself, the key that is missing)."""


@exactly
def speed(item: object, 比: object = "上期", 称: object = None, 小数: object = 1) -> Said:
    """增速变化: 增速较1—4月加快2.1个百分点, 降幅较上年同期收窄…, 增速由负转正, 降幅与1—4月持平. F22.

    Growth now is the given 增幅, else computed; growth then is 上期增幅 or 上年增幅. 称 is said instead of the period
    (1—4月); empty leaves 较… out.
    """
    key = option.base(比, "增速变化('上年同期')")
    places = option.places(小数, "增速变化(小数=2)")
    called = None if 称 is None else option.text(称, "称", "增速变化(称='一季度')")
    if isinstance(item, Missing):
        return item
    figure = one_figure(item)
    now = _growth_now(figure)
    if isinstance(now, Missing):
        return now
    then = _growth_then(figure, key)
    if isinstance(then, Missing):
        return then
    name = _period_name(figure, key) if called is None else called
    hint = "约" if _is_rough(figure, key) else ""
    uses = _uses(figure, key)
    return _turned(figure, now, then, uses) or _sped(figure, now, then, f"较{name}" if name else "", places, hint, uses)


def _uses(figure: Figure, key: str) -> tuple[str, ...]:
    """The operands that two growths come from."""
    if figure.indicator.is_rate:
        return ("本期", key)
    return (*(("本期", "上年同期") if figure.growth is None else ("增幅",)), _BEFORE[key][2])


def _is_rough(figure: Figure, key: str) -> bool:
    """Whether one of the growths is, or comes from, an approximate number."""
    growth, value, _ = _BEFORE[key]
    if figure.indicator.is_rate:
        return arithmetic.approximate(figure.value, getattr(figure, value))
    now = (figure.value, figure.base) if figure.growth is None else (figure.growth,)
    return arithmetic.approximate(*now, getattr(figure, growth))


def _growth_now(figure: Figure) -> Decimal | Missing:
    """Growth in per cent, as it would be printed. Errors: PhraseError when there is none."""
    if figure.growth is not None and not figure.indicator.is_rate:
        return figure.growth.value
    if figure.indicator.is_rate:
        return _own_growth(figure)
    found = arithmetic.yearly(figure)
    if isinstance(found, Missing):
        return found
    if found.case not in ("增", "降", "平", "近平"):
        raise PhraseError(f"“{figure.name}”算不出增速", "本期或上年同期是0或负数；写明增幅，或不说增速")
    return -found.amount if found.case == "降" else found.amount


def _own_growth(figure: Figure) -> Decimal | Missing:
    if not is_growth(figure):
        hint = f"写 {{{{ {figure.name}|同比 }}}}；是增速就把指标叫作…增速、…增幅"
        raise PhraseError(f"“{figure.name}”是比率，没有增速", hint)
    return figure.lacks("本期") if figure.value is None else figure.value.value


def _growth_then(figure: Figure, key: str) -> Decimal | Missing:
    growth, value, name = _BEFORE[key]
    found = getattr(figure, value if figure.indicator.is_rate else growth)
    if found is None:
        return figure.lacks(key if figure.indicator.is_rate else name)
    return Decimal(found.value)


def _period_name(figure: Figure, key: str) -> str:
    """上年同期, or the period before by its name: 1—4月, 8月, 上年12月, 一季度."""
    if key == "上年同期":
        return key
    before = period.previous(figure.period)
    if before == figure.period:
        return key
    if before.year == figure.period.year:
        return period.short(before)
    return "上年" if before.kind == "年" else f"上年{period.short(before)}"


def _turned(figure: Figure, now: Decimal, then: Decimal, uses: tuple[str, ...]) -> Phrase | None:
    if now * then >= 0:
        return None
    return flat(figure, f"增速{'由负转正' if now > 0 else '由正转负'}", "增速变化", uses)


def _sped(
    figure: Figure, now: Decimal, then: Decimal, than: str, places: int, hint: str, uses: tuple[str, ...]
) -> Phrase:
    """加快 and 回落 of a growth, 收窄 and 扩大 of a fall, 持平 of both."""
    falls = then < 0
    subject = "降幅" if falls else "增速"
    gap = rounded(abs(now - then), places)
    if gap == 0:
        near = "" if now == then and not hint else "基本"
        return flat(figure, f"{subject}{than.replace('较', '与', 1)}{near}持平", "增速变化", uses)
    faster, unit = now > then, figure.indicator.points
    verb = {(True, True): "收窄", (True, False): "扩大", (False, True): "加快", (False, False): "回落"}[falls, faster]
    return Phrase(((subject + than + verb, None), (f"{hint}{plain(gap)}{unit}", figure.origin("增速变化", unit, uses))))


_WHOLE = {"上年同期": "上年同期", "上期": "上期", "目标": "年度目标"}


@exactly
def multiple(item: object, 比: object = "上年同期", 小数: object = 1) -> Said:
    """倍数: 是上年同期的2.5倍 (上期, 目标 too), 是2020年的2.6倍; below one time 是上年同期的50%.

    比 may be the same figure of another period. Zero and losses as 增减 says them. Official-style 3.3.
    """
    places = option.places(小数, "倍数(小数=2)")
    other = 比 if isinstance(比, (Figure, Missing)) else None
    key = "" if other is not None else option.base(比, "倍数('上期')", tuple(_WHOLE))
    pair = (item, key) if other is None else against(item, other, "倍数")
    if isinstance(pair, Missing):
        return pair
    if isinstance(pair[0], Missing):
        return pair[0]
    figure, key = one_figure(pair[0]), pair[1]
    if figure.indicator.is_rate:
        raise PhraseError(f"“{figure.name}”是比率，不说倍数", f"写 {{{{ {figure.name}|同比 }}}}")
    found = _change(figure, key)
    if isinstance(found, Missing):
        return found
    if key == "目标" and (found.ratio is None or found.ratio <= 0):
        raise PhraseError(f"“{figure.name}”的本期或目标不大于0，说不出倍数", "核对本期和目标")
    if found.ratio is None or found.ratio <= 0:
        return planned(figure, said(figure, found, replace(asked("增减", None, None, None), than=key, key=key)))
    uses = (key if key in _WHOLE else "上年同期",)
    return planned(figure, _times(figure, found, _WHOLE.get(key, key), places, uses))


def _change(figure: Figure, key: str) -> Change | Missing:
    if key == "上年同期":
        return arithmetic.yearly(figure)
    if key == "上期":
        return arithmetic.chained(figure)
    return arithmetic.between(figure, figure.target if key == "目标" else figure.base, key)


def _times(figure: Figure, change: Change, of: str, places: int, uses: tuple[str, ...]) -> Phrase:
    assert change.ratio is not None
    if change.ratio == 1:
        return flat(figure, f"与{of}{'基本' if change.hint else ''}持平", "倍数", uses)
    times = rounded(change.ratio, places)
    hint = change.hint if change.hint == "约" else ""
    unit = "倍" if times > 1 else "%"
    words = plain(times) if times > 1 else _percent(change.ratio)
    return Phrase(((f"是{of}的", None), (hint + words + unit, figure.origin("倍数", unit, uses))))


def _percent(ratio: Decimal) -> str:
    """The ratio in per cent, with more decimals where it would read 100 or 0 and is not."""
    found = next((f for n in range(1, 12) if (f := rounded(ratio * 100, n)) not in (0, 100)), ratio * 100)
    return plain(found)
