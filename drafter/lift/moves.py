"""Sentences about a figure (同比增长3.9%, 居全市第5位, 占比48.6%) → filters, where a filter says the very same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from drafter.lift.fact import Call, Fact, said
from drafter.lift.seen import Seen
from drafter.numeral import ordinal, parse, plain
from drafter.period import Period

UP = ("增长", "上升", "提高", "提升", "增加", "上涨", "扩大", "加快", "回升", "增幅")
DOWN = (
    "下降",
    "下滑",
    "减少",
    "降低",
    "回落",
    "缩小",
    "放缓",
    "收窄",
    "下跌",
    "降幅",
    "减慢",
    "减缓",
    "缩短",
    "压减",
    "压缩",
)
FALLS = {"加快": "放缓", "扩大": "缩小", "增加": "减少", "回升": "回落"}
RISES = {"放缓": "加快", "减慢": "加快", "减缓": "加快", "缩小": "扩大", "收窄": "扩大", "减少": "增加", "回落": "回升",
         "降低": "提高", "下跌": "上涨", "缩短": "延长"}  # fmt: skip
"""The other direction of a verb, where it is not 增长 or 下降."""
THAN = "(?:较|比)(?:上年同[期月季]|去年同[期月季]|上年末|上年|去年|同期|上月末|上月|上期|上季度|上季末|年初)"
_MOVE = re.compile(rf"(?P<ahead>同比|环比|{THAN})?(?P<each>分别)?(?P<verb>{'|'.join((*UP, *DOWN))})$")
_RANK = re.compile(
    r"(?P<gap>[，、]?)(?P<words>(?P<all>均)?(?P<verb>居|位居|位列|列)?(?P<scope>[\u4e00-\u9fff（）]{1,12}?)"
    r"(?P<place>首位|第(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,3})[位名]?))(?=[，。；、）]|$)"
)
_BETWEEN = re.compile(
    "[，、（]?(?:(?:（?按?(?:可比价格?|不变价格?|可比口径|同口径|名义)(?:计算|计)?）?|扣除价格(?:变动)?因素(?:影响)?|实际|名义)[，]?)*"
)
"""What may stand between a figure and its growth: 按可比价格计算，扣除价格因素，实际."""
_SHARE = re.compile("(?:占比|比重|占|比例)(?:达到|达|为|约为|预计为)?$")
_LISTED = ("、", "和", "，")


def ending(verb: str) -> str:
    """What a growth is called behind the name of its figure, by its verb: 增幅, 降幅; nothing for no verb."""
    return "" if not verb else "降幅" if verb in DOWN else "增幅"


_KINDS = {
    "年均": "(?:年均|平均每年|每年平均|平均)$",
    "实际": "实际$",
    "名义": "名义$",
    "同口径": "(?:同口径|可比口径)$",
}


def called(line: str, told: Move, unit: str) -> str:
    """What a growth is that the figure has besides its growth: 年均, 实际, 环比, 增速变化."""
    if unit.endswith("百分点"):
        return "增速变化"
    ahead = line[max(told.start - 5, 0) : told.start]
    kind = next((name for name, words in _KINDS.items() if re.search(words, ahead)), "")
    return kind or ("环比" if told.ahead == "环比" else "")


@dataclass(frozen=True, slots=True)
class Move:
    """A change told right before a percentage: 同比下降 45.5%."""

    start: int
    ahead: str
    verb: str
    each: bool

    @property
    def falls(self) -> bool:
        """Whether the verb tells of a fall."""
        return self.verb in DOWN


def move(line: str, seen: Seen) -> Move | None:
    """The change whose amount a figure is; None when it is none."""
    if seen.unit not in ("%", "‰", "个百分点", "倍"):
        return None
    found = _MOVE.search(line, max(seen.start - 16, 0), seen.start)
    return Move(found.start(), found["ahead"] or "", found["verb"], bool(found["each"])) if found else None


def adjoins(line: str, end: int, start: int) -> bool:
    """Whether nothing but a comma, or how it was reckoned, stands between two places."""
    return _BETWEEN.fullmatch(line, end, start) is not None


def grown(fact: Fact, told: Move, seen: Seen, words: str, period: Period) -> tuple[Fact, Call] | None:
    """The fact with its growth, and the filter that says `words` of it; None when none does."""
    number = parse(seen.number)
    if number is None or seen.masked:
        return None
    amount = plain(number.value * 100) if seen.unit == "倍" else number.written
    growth = ("-" if told.falls else "") + amount + ("个百分点" if seen.unit == "个百分点" else "%")
    chained = told.ahead == "环比"
    grown = replace(fact, chain=growth) if chained else replace(fact, growth=growth)
    return next(((grown, c) for c in _calls(told, seen.unit) if said((grown,), c, period) == words), None)


def _calls(told: Move, unit: str, joint: str = "") -> Iterator[Call]:
    name = told.ahead if told.ahead in ("同比", "环比") else "同比" if told.ahead else "增减"
    called = (("称", told.ahead),) if told.ahead and told.ahead != name else ()
    times = (("写法", "倍" if unit == "倍" else joint),) if unit == "倍" or joint else ()
    yield Call(name, (*times, *called))
    pair = (RISES.get(told.verb, "增长"), told.verb) if told.falls else (told.verb, FALLS.get(told.verb, "下降"))
    yield Call(name, (*times, *called, ("动词", "、".join(pair))))


def together(
    facts: Sequence[Fact], told: Move, amounts: Sequence[Seen], words: str, period: Period
) -> tuple[tuple[Fact, ...], Call] | None:
    """同比分别下降45.5%、50%: several facts with their growths, and the filter that says it of all."""
    sign = "-" if told.falls else ""
    if any(a.masked or a.unit != "%" for a in amounts) or len(facts) != len(amounts):
        return None
    joint = "和" if words[: -len(amounts[-1].text)].endswith("和") else ""
    grown = tuple(replace(f, growth=f"{sign}{a.number}%") for f, a in zip(facts, amounts, strict=True))
    return next(((grown, c) for c in _calls(told, "%", joint) if said(grown, c, period) == words), None)


def listed(line: str, found: Sequence[Seen], at: int) -> list[Seen]:
    """The figures that go on with one as a list: 45.5%、50%."""
    run = [found[at]]
    for seen in found[at + 1 :]:
        if seen.unit != run[0].unit or line[run[-1].end : seen.start] not in _LISTED:
            break
        run.append(seen)
    return run


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rank told behind a figure: where its words stand, and what they say."""

    start: int
    end: int
    place: int
    scope: str
    words: str
    all: bool


def rank(line: str, end: int) -> Ranked | None:
    """The rank that is told right behind a place; None when there is none."""
    found = _RANK.match(line, end)
    if found is None:
        return None
    number = found["number"]
    place = 1 if number is None else int(number) if number.isdigit() else ordinal(number)
    start = found.start("words")
    return Ranked(start, found.end(), place, found["scope"], found["words"], bool(found["all"])) if place else None


_RANK_CALLS = (Call("位次"), Call("位次", (("", "汉字"),)), Call("位次", (("", "简"),)))


def placed(facts: tuple[Fact, ...], told: Ranked, period: Period) -> tuple[tuple[Fact, ...], Call] | None:
    """The facts with their rank, and the filter that says it; None when none does."""
    ranked = tuple(replace(fact, rank=(told.place, told.scope)) for fact in facts)
    return next(((ranked, c) for c in _RANK_CALLS if said(ranked, c, period) == told.words), None)


def share(line: str, seen: Seen, facts: Sequence[Fact], period: Period) -> tuple[Fact, Fact] | None:
    """(part, whole) among the facts of the sentence whose share a percentage is; None when it is of none.

    Why by arithmetic: what is computed stays right when the figures change.
    """
    if seen.unit != "%" or seen.masked or not _SHARE.search(line[max(seen.start - 8, 0) : seen.start]):
        return None
    given = [f for f in facts if f.value and parse(f.value) is not None and f.unit not in ("%", "个百分点")]
    for part in reversed(given[-3:]):
        for whole in given[: given.index(part)]:
            smaller = _value(part) < _value(whole) and part.unit == whole.unit
            if smaller and said((part,), Call("比重"), period, whole) == seen.text:
                return part, whole
    return None


def _value(fact: Fact) -> Decimal:
    number = parse(fact.value)
    return number.value if number else Decimal(0)
