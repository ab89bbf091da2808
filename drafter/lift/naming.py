"""Keys of facts from the words around a figure: 全县生产安全事故发生6起 → 生产安全事故, 对274辆柴油车辆 → 柴油车辆."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from drafter.lift import nouns
from drafter.lift.nouns import COUNTED
from drafter.lift.seen import Seen

LONGEST = 22
"""Characters of a key."""
FAR = 14
"""Characters of a noun that may be taken from the clause before."""


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first; what makes another word of one stands in the table."""
    rows = sorted(words, key=len, reverse=True)
    return "|".join(f"{w}(?!{nouns.OTHER_WORDS[w]})" if w in nouns.OTHER_WORDS else w for w in rows)


_STOPS = re.compile("[。；，、：！？;,:!?（）()〈〉【】\\[\\]—…|/·]")
_SENTENCE = re.compile("[。；！？;!?]")
_TAIL = re.compile(
    f"(?:{any_of(nouns.LINKS)}|(?<![人户年日月平])均|[从由](?:上半年|上年同期|去年同期|上年|去年|年初|一季度)?)$"
)
"""What stands between a noun and its figure."""
_HEAD = re.compile(f"^(?:{any_of(nouns.SCOPES)}|[xX×]{{1,4}}[县市区省乡镇])")
_VERB = re.compile(f"^(?:(?:{any_of(nouns.VERBS)})(?=.{{3,}})|(?:{any_of(nouns.FIRM_VERBS)})(?=.{{2,}}))")
"""What stands before a noun and can go where enough is left."""
_ONLY_VERBS = re.compile(f"(?:{any_of((*nouns.VERBS, *nouns.FIRM_VERBS, *nouns.LINKS, *nouns.SCOPES))})+")
_HARD = re.compile("的|了|将|把|并(?!购|网|轨|联)|(?<![高中初优])等(?!级)")
_ASIDE = re.compile("在[^在]{1,12}[下中]")
_SOFT = re.compile("以及|和|与|及(?!时)")
_INNER_VERB = re.compile(
    rf"(?<=.)(?:共|累计|预计)?(?:(?:实现|完成)(?={any_of(nouns.AMOUNT_WORDS)})|发生了?(?=[^率地]))"
)
"""What joins an owner and its amount: 一产实现增加值, 建筑业共发生事故."""
_LOOSE = re.compile(r"(?<![A-Za-z0-9.])[0-9]+(?:(?:\.[0-9]+)+|$|(?=[，。；、]))")
_NOUN = re.compile(r"(?:（[^（）]{1,4}）)?(?:以上|以下|及以上|左右)?(?P<of>的)?(?P<noun>[\u4e00-\u9fffA-Za-z]{1,24})")
_NO_NOUN = re.compile(f"(?:{any_of(nouns.NO_NOUNS)})")
_END = re.compile(f"(?:{any_of(nouns.ENDS)})|(?:{any_of(nouns.ENDING_VERBS)})(?!{'|'.join(nouns.BEHIND_VERBS)})")
_NOUN_END = re.compile(f"(?:{any_of(nouns.NOUN_ENDS)})")
_ROOM = 14
"""Characters of a noun behind a figure that need no cutting."""
_COMPARED = re.compile(
    rf"(?P<noun>.*?)(?:同比|环比|(?:比|较)[^，]{{1,8}}?)?(?P<verb>{any_of(nouns.CHANGES)})(?:了|约|近|超)*"
)
_BEYOND = re.compile(rf"(?P<noun>.*?)(?P<what>(?:{any_of(nouns.BEYOND)}).{{1,8}})")
_DONE = re.compile(r"完成.{0,8}(?:任务|目标|计划|预算)数?的|的")
_RANKED = re.compile(r"(?P<noun>.*?)(?:位?居|位?列|排名?|升至|位于).{0,8}第")
_FROM = re.compile(
    r"(?P<noun>.{2,}?)[从由](?:每[人户亩](?:每[年月天])?|上半年|上年同期|去年同期|上年|去年|年初|一季度)?的?"
)
_BECOMES = re.compile("(?:增加|提高|提升|上升|增长|减少|下降|降低|降|扩大|缩小|缩短|压减|调整|变)[到至为]")


def name(line: str, seen: Seen, before: int) -> str:
    """A key for a figure, '' when the words around say nothing; `before`: where the figure before it ends."""
    right, of = _right(line, seen)
    right += suffix(seen.unit) if right and seen.unit in nouns.TIMES else ""
    clause = _clause(line[before : seen.start])
    left = _noun(clause)
    if of:
        return f"{right}{left}" if left in nouns.BARE_AMOUNTS and right else left or right
    counted = seen.unit[-1] in COUNTED
    if right and left and counted and len(right) <= 2:
        return f"{left[-6:]}{right}"
    if right and (counted or not left) and not (len(left) >= 4 and seen.unit[-1] in "人起名"):
        return right
    if right and clause.endswith(left) and _NOUN_END.search(right) and left not in nouns.BARE_AMOUNTS:
        return f"{left}{right}" if len(left) < 4 else left
    return _whole(left or right or _far(line[before : seen.start], seen.unit), seen.unit) or _deed(clause, seen.unit)


def _deed(clause: str, unit: str) -> str:
    """A verb that stands alone with what is counted: 投入6亿元 → 投入金额."""
    verb = identifying(clause)
    return verb + suffix(unit) if verb in nouns.DEEDS and suffix(unit) else ""


def _whole(found: str, unit: str) -> str:
    """A noun that says nothing by itself with what its unit says: 死亡 → 死亡人数, 占全年支出 → 占全年支出比重."""
    if "占" in found and unit == "%" and not _SHARE.search(found):
        return f"{found}比" if found.endswith("占") else f"{found}比重"
    if unit in nouns.TIMES and found and not _TIME.search(found):
        return found + suffix(unit)
    return found + suffix(unit) if 0 < len(found) <= 2 and found[-1] not in nouns.AMOUNTS else found


_SHARE = re.compile("(?:比重|比例|占比|率)$")
_TIME = re.compile("(?:时间|工期|周期|时长|年限|期限|寿命|年龄|时限|天数|年数)$")


def change(line: str, seen: Seen, before: int) -> tuple[str, str] | None:
    """(whose, what) of a number that tells of a figure; None when it is none: 现价总量比同期增加73.5亿元 → 现价总量, 增量.

    Nothing for whose: of the figure before it.
    """
    clause = _clause(line[before : seen.start])
    if found := _COMPARED.fullmatch(clause):
        what = nouns.CHANGES[found["verb"]]
    elif found := _RANKED.fullmatch(clause):
        what = "位次"
    elif (found := _FROM.fullmatch(clause)) and _BECOMES.match(line, seen.end):
        what = "基数"
    elif _BECOMES.fullmatch(clause):
        return "", ""
    elif found := _BEYOND.fullmatch(clause):
        what = identifying(found["what"])
    elif seen.unit == "%" and _DONE.fullmatch(clause):
        return "", "完成率" if "完成" in line[max(before - 24, 0) : seen.start] else "比例"
    else:
        return None
    noun = _noun(found["noun"])
    return None if found["noun"] and not noun else (noun, what)


def is_told(name: str) -> bool:
    """Whether a name is only what is told of another figure: 年均."""
    return name in nouns.TOLD


def owned(name: str, owner: str, *, always: bool = False) -> str:
    """A name behind its owner's, where it tells nothing alone: 规上工业增加值 + 增速; '' for no owner when it always must."""
    if not owner:
        return "" if always else name
    return f"{owner.removesuffix(name[:2])}{name}" if always or name in nouns.OWNED else name


def is_goal(name: str) -> bool:
    """Whether a figure is what another is held against: 年初预算数."""
    return nouns.GOAL.search(name) is not None


def leans(name: str) -> bool:
    """Whether a name tells nothing without its owner: 下达资金, 产量, 死亡人数."""
    return nouns.LEANING.fullmatch(name) is not None


def subject(words: str) -> str:
    """The noun that the words before a figure or a verb end with, '' for none."""
    return _noun(_clause(words)) or _far(words, "")


def each(words: str, count: int) -> tuple[str, ...]:
    """The names of `count` figures that 分别 shares out, none when they are not as many: 会议和发文数量 → 会议, 发文数量."""
    clause = re.split("[。；，：！？]", words)[-1]
    for joint in ("、", "、|和|与|及"):
        pieces = re.split(joint, clause)
        if len(pieces) == count and count > 1:
            last = _noun(pieces[-1])
            found = tuple(_like(_noun(piece) or piece, last) for piece in pieces)
            return found if all(len(one) > 1 for one in found) else ()
    return ()


def _like(piece: str, last: str) -> str:
    """An item of a list with what the last one ends with: 一、二、三产业增加值 → 一产业增加值."""
    amount = _AMOUNT.search(last)
    if len(piece) == 1:
        return piece + last[1:]
    return piece + amount[0] if amount and piece[-1] not in nouns.AMOUNTS and piece != last else piece


_AMOUNT = re.compile(f"(?:{any_of(nouns.AMOUNT_WORDS)})$")


def suffix(unit: str) -> str:
    """What a key ends with that would only be a verb, or the key of another figure: 死亡 + 人数."""
    return next((word for end, word in nouns.SUFFIXES.items() if unit.endswith(end)), "")


_ASIDES = re.compile("（[^（）]{1,14}）(?=[^，。；：、（）]{0,8}$)")
"""What a bracket right before a figure adds to its noun: 固定资产投资（不含农户）完成."""
_RATIO = re.compile("(?P<of>占.{2,14})的(?P<ratio>比重|比例|份额)$")


def _clause(words: str) -> str:
    """The words right before a figure, back to a mark; nothing when 和 joins it to the noun of the figure before."""
    clause = _STOPS.split(_ASIDES.sub("", _LOOSE.sub("，", words)))[-1]
    return "" if re.search("(?:和|与|及|等)$", clause) else clause


def _far(words: str, unit: str) -> str:
    """The noun of an earlier clause of the sentence."""
    if unit in nouns.TIMES:
        return ""
    found = (_noun(clause) for clause in reversed(_STOPS.split(_SENTENCE.split(words)[-1])))
    noun = next((n for n in found if n), "")
    return noun if len(noun) <= FAR else ""


def _noun(clause: str) -> str:
    clause = _RATIO.sub(r"\g<of>\g<ratio>", _stripped(identifying(_LOOSE.sub("", clause)), _TAIL))
    if _ONLY_VERBS.fullmatch(clause) and clause not in nouns.NOUNS_TOO:
        return ""
    pieces = [p for p in _HARD.split(_ASIDE.sub("", clause)) if p]
    noun = _stripped(_stripped(pieces[-1] if pieces else "", _HEAD), _VERB)
    while noun != (noun := _VERB.sub("", _HEAD.sub("", noun))):
        pass
    noun = _coordinated(_INNER_VERB.sub("", noun))
    only = _ONLY_VERBS.fullmatch(noun) and noun not in nouns.NOUNS_TOO
    return noun[-LONGEST:] if len(noun) > 1 and not only else ""


def _coordinated(noun: str) -> str:
    """住宿和餐饮业 is one name; of longer words what stands behind the last 和 is kept."""
    last = _SOFT.split(noun)[-1]
    return noun if len(noun) <= 12 or len(last) < 2 else last


def _stripped(text: str, pattern: re.Pattern[str]) -> str:
    while (shorter := pattern.sub("", text)) != text:
        text = shorter
    return text


def _right(line: str, seen: Seen) -> tuple[str, bool]:
    """The noun right behind the figure, and whether 的 stands between them."""
    found = _NOUN.match(line, seen.end)
    if seen.unit.endswith("元") and (purpose := _PURPOSE.match(line, seen.end)):
        noun = _END.split(purpose["noun"], maxsplit=1)[0]
        return (f"{identifying(noun)}资金" if len(noun) > 2 else ""), False
    if found is None or _NO_NOUN.match(found["noun"]):
        return "", False
    noun = _END.split(found["noun"], maxsplit=1)[0]
    if len(noun) > _ROOM:
        ends = [m.end() for m in _NOUN_END.finditer(noun) if m.end() <= _ROOM]
        noun = noun[: ends[-1] if ends else _ROOM]
    if len(noun) == 1:
        noun = noun + nouns.ONE_CHARACTER.get(noun, "") if noun in nouns.ONE_CHARACTER else ""
    return identifying(_SIDE.sub("", noun)), bool(found["of"])


_PURPOSE = re.compile(r"(?:用于|支持|实施|推进|开展)+(?P<noun>[\u4e00-\u9fff]{2,14})")
_SIDE = re.compile("[中上内里]$")


def identifying(text: str) -> str:
    """The characters that may stand in a key."""
    half = re.sub(r"(?<=[0-9])\.(?=[0-9])", "_", unicodedata.normalize("NFKC", text))
    return "".join(c for c in half if f"a{c}".isidentifier()).lstrip("0123456789_")
