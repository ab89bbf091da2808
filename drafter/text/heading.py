"""标题: where a heading ends. The heading rule for marks, and the best split where no mark parts it from its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.style import Level
from drafter.unseen import UNSEEN

FIGURE_WITH_UNIT = re.compile(
    r"(?<![0-9０-９A-Za-z+＋×.])[0-9０-９][0-9０-９,.]*(?:[%％‰]|(?:余|多)?[万亿]?(?!年|月|日|号|[—\-~～]|\.)[\u4e00-\u9fff])|【待补"
)
"""A figure that measures something: 45.5%, 6起, 2800余人; years, dates and codes (17号) are none."""
RUN_IN_LIMIT = 40
"""Longest run-in heading below level 2, in characters."""
COLON_LIMIT = 15
"""A ： within so many characters closes the heading of 一、 and （一）."""


def end(row: Level, text: str, *, listed: bool = False) -> int:
    """THE heading rule: how many characters of `text` (all behind the marker on its line) are the heading.

    `listed`: the section before it is an entry that ends with ；, so that one sentence alone is an entry too.
    `^` in front has been taken off by the reader, which then does not ask.
    """
    seen = _AT_END.sub("", text)
    found = _end(row, seen, listed=listed)
    return len(text) if found == len(seen) > 0 else found


def _end(row: Level, text: str, *, listed: bool) -> int:
    if row.heading != "段":
        return _short_sentence(text)
    return 0 if _is_entry(text, listed=listed) else _open_heading(text)


_AT_END = re.compile(f"(?:{UNSEEN.pattern})+$")


def _is_entry(text: str, *, listed: bool) -> bool:
    """Whether it is an entry of a list joined by ；: it ends so, or is the last one and one sentence."""
    if "。" not in text[:-1] and text[-1:] in "；;":
        return bool(text)
    return listed and text.find("。") == len(text) - 1


_COLON = re.compile("[：:]")
_DOT = re.compile(r"(?<=[\u4e00-\u9fff）)”])[.．](?=[\u4e00-\u9fff“（(]|\d+[\u4e00-\u9fff]|$)")


def _stop(text: str) -> int:
    """Where the first sentence ends, -1 when nowhere; a text without any 。 may have . instead."""
    at = text.find("。")
    found = _DOT.search(text) if at < 0 else None
    return found.start() if found else at


def _open_heading(text: str) -> int:
    stop = _stop(text)
    colon = _COLON.search(text)
    if colon and colon.start() <= COLON_LIMIT and (stop < 0 or colon.start() < stop) and text[colon.end() :].strip():
        return colon.end()
    return len(text) if stop < 0 else stop + 1


def _short_sentence(text: str) -> int:
    stop = _stop(text)
    if stop >= 0 and text[stop + 1 :].strip(" ；;，,、。"):
        head = text[: stop + 1]
        fits = len(head) <= RUN_IN_LIMIT and not FIGURE_WITH_UNIT.search(head) and "；" not in head
        return len(head) if fits else 0
    closed = not text or text[-1] in "。；;，,、：:！？!?…."
    return 0 if closed else len(text)


LEAST, MOST = 4, 32
"""Characters of a heading that stands without mark before its text."""
SURE, LONG = 3.0, 2.5
"""Weight a split must have; less where the first sentence is too long for a heading."""
LONG_SENTENCE = 45
"""A first sentence beyond this is no heading."""
_ENDING = (
    "情况|工作|形势|建设|发展|整治|治理|安排|打算|计划|问题|不足|成效|成绩|做法|措施|举措|经验|体会|思路|重点|要点|"
    "任务|目标|考虑|要求|特点|亮点|分析|回顾|总结|水平|能力|质量|质效|效能|效率|活力|动力|合力|潜力|实力|力度|保障|服务|管理|监管|监督|"
    "改革|创新|转型|升级|攻坚|攻坚战|防线|底线|基础|根基|体系|格局|环境|稳定|安全|和谐|民生|福祉|振兴|稳增长|引领|支撑|职责|责任|"
    "责任制|机制|制度|作用|效果|成果|进展|突破|成就|进步|增长|城镇化|现代化|一体化|屏障|挑战|机遇|提升|增强|改善|落实|到位|见效|有力|有效|有序|显著|明显|平稳|推进|开展"
)
ENDINGS = re.compile(f"(?:{_ENDING})$")
"""How headings end."""
ENDED = 1.5
"""Weight of such an ending."""
OF_PARTS = re.compile(
    "(?:情况|形势|打算|安排|计划|问题|不足|成效|成绩|做法|措施|经验|体会|思路|重点|任务|目标|要求|特点|分析|回顾|总结|建议|考虑)$"
)
"""How headings of 一、 end; where paragraphs were glued, that is enough, since such a heading rarely has a mark."""
GOES_ON = re.compile(
    f"[和与及、，,的之以并；：。（]|(?!推进|开展|落实|提升|增强|改善|创新|引领|监督)(?:{_ENDING}|建议|完成|工作)"
)
"""What goes on with a heading behind such an ending."""
PART, OF_PART = 2.5, 1.0
"""Weight a split of such a heading must have, and weight of such an ending."""
STARTS = (
    (re.compile(r"[12]\d{3}年|[xX×*]{2,4}年|(?:今|去|明|本|上|全)年|年初以来|一年来|近年来|[上下]半年|[一二三四]季度|前[三3]季度|(?:\d{1,2}[-—－～~至])?\d{1,2}月"), 2.0),
    (re.compile("过去[一五]年|截至|截止|目前|当前|自.{2,8}以来|下一?步|下阶段|今后|接下来|首先"), 2.0),
    (re.compile("(?:[我本][局委办院校]|[全我本][省市县区州盟旗镇乡村])(?!域)"), 1.5),
    (re.compile("(?:为(?!重点|目标|主|核心|中心|抓手|支撑|引领)|在|(?<!不足)以|对(?!象)|按照|根据|围绕|通过|针对|随着|由于|面对|结合|依托|聚焦|始终|坚持)(?=.{2,30}[，。])"), 1.0),
    (re.compile("——"), 3.0),
    (re.compile("[“（《]"), 0.5),
)  # fmt: skip
"""How the text behind a heading begins, with weights."""
STARTS_IN_GLUED = re.compile(
    "(?:要|将|继续|认真|紧紧|切实|深入|大力|全力|全面|积极|加快|加大|狠抓|统筹|发挥|更加|更好|严格|着力|做好|省委|市委|县委|区委|总体)(?=.{2,}[，。])"
)
"""How else it begins where paragraphs were glued; on a line of its own these go on inside headings."""
GLUED, AGAIN = 1.0, 2.5
"""Weight of such a beginning, and of words that the heading began with, said once more: …时期主要目标“十五五”时期…."""
REPEATED = 4
"""So many characters said again."""
BLANK = 1.5
"""Weight of a blank between heading and text."""
_BLANKS = " \t\u3000\u00a0"
_SENTENCE = re.compile("[^。；;]{4}[。；;]")
_CLAUSE = re.compile("[，,。；;：:！？!?]")


@dataclass(frozen=True, slots=True)
class Split:
    """A best guess: how many characters are the heading."""

    at: int
    weight: float


def best_split(text: str, *, depth: int, glued: bool = False) -> int:
    """Where a heading without mark ends before its text; 0 when nothing speaks for a split.

    Weighs every place of the first clauses by the word before it (…情况, …整治) and the words behind it (2023年, 截至…).
    `glued`: other paragraphs stand on its line, so that one may well begin behind the heading.
    """
    stop = _stop(text)
    sentence = len(text) if stop < 0 else stop
    if sentence <= RUN_IN_LIMIT and depth > 1:
        return 0
    part = glued and depth == 1
    wanted = PART if part else LONG if sentence > LONG_SENTENCE else SURE
    found = _splits(text[: min(sentence, MOST + 12)], glued=glued, part=part)
    splits = [split for split in found if split.weight >= wanted]
    best = max(splits, key=lambda s: (s.weight, -s.at), default=None)
    return best.at if best is not None and _SENTENCE.search(text, best.at) else 0


def _splits(text: str, *, glued: bool, part: bool) -> list[Split]:
    """Every place of the first two clauses where a heading might end; `part`: the heading of 一、 in glued text."""
    clauses = [m.start() for m in _CLAUSE.finditer(text)]
    reach = min(clauses[1] if len(clauses) > 1 else len(text), MOST)
    found = []
    for at in range(LEAST, reach):
        words = text[max(at - 8, 0) : at].rstrip(_BLANKS)
        ends = bool(ENDINGS.search(words))
        begins = _begins(text, at, again=glued and ends, glued=glued)
        if part and OF_PARTS.search(words) and not GOES_ON.match(text, at):
            begins += OF_PART
        if begins and words[-1:] not in "，,、；：的和与及在是了“《（":
            found.append(Split(at, begins + ENDED * ends))
    return found


def _begins(text: str, at: int, *, again: bool, glued: bool) -> float:
    """Weight of what speaks for text that begins at a place; `again`: words said once more count."""
    weight = max((weight for pattern, weight in STARTS if pattern.match(text, at)), default=0.0)
    if glued and not weight and STARTS_IN_GLUED.match(text, at):
        weight = GLUED
    if again and at >= REPEATED and text.startswith(text[:REPEATED], at):
        weight += AGAIN
    return weight + (BLANK if text[at - 1] in _BLANKS else 0.0)
