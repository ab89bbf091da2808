"""Keys of facts from the words around a figure: 全县生产安全事故发生6起 → 生产安全事故, 对274辆柴油车辆 → 柴油车辆."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from drafter.facts.vocabulary import reserved
from drafter.lift import nouns
from drafter.lift.nouns import COUNTED
from drafter.lift.seen import Seen

LONGEST = 22
"""Characters of a key."""
FAR = 14
"""Characters of a noun that may be taken from the clause before."""


def _any(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first; what makes another word of one stands in the table."""
    rows = sorted(words, key=len, reverse=True)
    return "|".join(f"{w}(?!{nouns.OTHER_WORDS[w]})" if w in nouns.OTHER_WORDS else w for w in rows)


_STOPS = re.compile("[。；，、：！？;,:!?（）()“”‘’《》〈〉【】\\[\\]—…|/·]")
_SENTENCE = re.compile("[。；！？;!?]")
_TAIL = re.compile(f"(?:{_any(nouns.LINKS)}|(?<![人户年日月平])均)$")
"""What stands between a noun and its figure."""
_HEAD = re.compile(f"^(?:{_any(nouns.SCOPES)})")
_VERB = re.compile(f"^(?:(?:{_any(nouns.VERBS)})(?=.{{3,}})|(?:{_any(nouns.FIRM_VERBS)})(?=.{{2,}}))")
"""What stands before a noun and can go where enough is left."""
_ONLY_VERBS = re.compile(f"(?:{_any((*nouns.VERBS, *nouns.FIRM_VERBS, *nouns.LINKS, *nouns.SCOPES))})+")
_HARD = re.compile("的|了|将|把|并(?!购|网|轨|联)|等(?!级)")
_ASIDE = re.compile("在[^在]{1,12}[下中]")
_SOFT = re.compile("以及|和|与|及(?!时)")
_INNER_VERB = re.compile(rf"(?<=.)(?:共|累计|预计)?(?:(?:实现|完成)(?={_any(nouns.AMOUNT_WORDS)})|发生了?(?=[^率地]))")
"""What joins an owner and its amount: 一产实现增加值, 建筑业共发生事故."""
_LOOSE = re.compile(r"(?<![A-Za-z0-9.])[0-9]+(?:(?:\.[0-9]+)+|$|(?=[，。；、]))")
_NOUN = re.compile(r"(?:（[^（）]{1,4}）)?(?:以上|以下|及以上|左右)?(?P<of>的)?(?P<noun>[\u4e00-\u9fffA-Za-z]{1,24})")
_NO_NOUN = re.compile(f"(?:{_any(nouns.NO_NOUNS)})")
_END = re.compile(f"(?:{_any(nouns.ENDS)})|(?:{_any(nouns.ENDING_VERBS)})(?!{'|'.join(nouns.BEHIND_VERBS)})")
_NOUN_END = re.compile(f"(?:{_any(nouns.NOUN_ENDS)})")
_ROOM = 14
"""Characters of a noun behind a figure that need no cutting."""
_COMPARED = re.compile(
    rf"(?P<noun>.*?)(?:同比|环比|(?:比|较)[^，]{{1,8}}?)?(?P<verb>{_any(nouns.CHANGES)})(?:了|约|近|超)*"
)


def name(line: str, seen: Seen, before: int) -> str:
    """A key for a figure, '' when the words around say nothing; `before`: where the figure before it ends."""
    right, of = _right(line, seen)
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
    return _whole(left or right or _far(line[before : seen.start], seen.unit), seen.unit)


def _whole(found: str, unit: str) -> str:
    """A noun that says nothing by itself with what its unit says: 死亡 → 死亡人数, 占全年支出 → 占全年支出比重."""
    if found.endswith("连续"):
        return found + suffix(unit)
    if "占" in found and unit == "%" and found[-1] not in nouns.AMOUNTS:
        return f"{found}比" if found.endswith("占") else f"{found}比重"
    return found + suffix(unit) if 0 < len(found) <= 2 and found[-1] not in nouns.AMOUNTS else found


def change(line: str, seen: Seen, before: int) -> tuple[str, str] | None:
    """(whose, what) of an amount of change: 现价总量比同期增加73.5亿元 → 现价总量, 增量; None when it is none."""
    found = _COMPARED.fullmatch(_clause(line[before : seen.start]))
    if found is None or (found["noun"] and not _noun(found["noun"])):
        return None
    return _noun(found["noun"]), nouns.CHANGES[found["verb"]]


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
        found = tuple(_noun("".join(_STOPS.split(piece))) for piece in pieces)
        if len(found) == count and all(found):
            return found
    return ()


def suffix(unit: str) -> str:
    """What a key ends with that would only be a verb, or the key of another figure: 死亡 + 人数."""
    return next((word for end, word in nouns.SUFFIXES.items() if unit.endswith(end)), "")


def _clause(words: str) -> str:
    """The words right before a figure, back to a mark; nothing when 和 joins it to the noun of the figure before."""
    clause = _STOPS.split(_LOOSE.sub("，", words))[-1]
    return "" if re.search("(?:和|与|及|等)$", clause) else clause


def _far(words: str, unit: str) -> str:
    """The noun of an earlier clause of the sentence."""
    if unit in nouns.TIMES:
        return ""
    found = (_noun(clause) for clause in reversed(_STOPS.split(_SENTENCE.split(words)[-1])))
    noun = next((n for n in found if n), "")
    return noun if len(noun) <= FAR else ""


def _noun(clause: str) -> str:
    clause = _stripped(_identifying(_LOOSE.sub("", clause)), _TAIL)
    if _ONLY_VERBS.fullmatch(clause) and clause not in nouns.NOUNS_TOO:
        return ""
    pieces = [p for p in _HARD.split(_ASIDE.sub("", clause)) if p]
    noun = _stripped(_stripped(pieces[-1] if pieces else "", _HEAD), _VERB)
    while noun != (noun := _VERB.sub("", _HEAD.sub("", noun))):
        pass
    noun = _INNER_VERB.sub("", _coordinated(noun))
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
    if found is None or _NO_NOUN.match(found["noun"]):
        return "", False
    noun = _END.split(found["noun"], maxsplit=1)[0]
    if len(noun) > _ROOM:
        ends = [m.end() for m in _NOUN_END.finditer(noun) if m.end() <= _ROOM]
        noun = noun[: ends[-1] if ends else _ROOM]
    if len(noun) == 1:
        noun = noun + nouns.ONE_CHARACTER.get(noun, "") if noun in nouns.ONE_CHARACTER else ""
    return _identifying(_SIDE.sub("", noun)), bool(found["of"])


_SIDE = re.compile("[中上内里]$")


def _identifying(text: str) -> str:
    """The characters that may stand in a key."""
    half = re.sub(r"(?<=[0-9])\.(?=[0-9])", "_", unicodedata.normalize("NFKC", text))
    return "".join(c for c in half if f"a{c}".isidentifier()).lstrip("0123456789_")


class Keys:
    """The keys of a report: each for one figure, none that means something else in a template.

    `taken`: names of facts that the period has already; `units`: units of indicators that are registered, whose names
    may be used where the unit is the same.
    """

    def __init__(self, taken: Iterable[str] = (), units: Mapping[str, str] | None = None) -> None:
        self.taken = set(taken)
        self.units = units or {}
        self.bare: dict[str, str] = {}
        """The name each key was made of, without what widened it."""

    def new(self, name: str, unit: str, *wider: str) -> str:
        """A key that is free: the name, the name behind wider words (the sentence's subject, the heading), or numbered."""
        words = [_identifying(word) for word in (name, *wider)]
        first = next((w for w in words if w), "数据")
        for ahead in ("", *words[1:]):
            key = first if first.startswith(ahead) else f"{ahead}{first}"
            if self._free(key, unit) and len(key) <= LONGEST:
                return self._keep(key, first)
        number = 2
        while not self._free(f"{first}_{number}", unit):
            number += 1
        return self._keep(f"{first}_{number}", first)

    def _free(self, key: str, unit: str) -> bool:
        return key not in self.taken and not reserved(key) and self.units.get(key, unit) == unit

    def _keep(self, key: str, name: str) -> str:
        self.taken.add(key)
        self.bare[key] = name
        return key
