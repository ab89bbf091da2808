"""The vocabulary of templates: figures → official wording. FILTERS is the table; reading it is reading the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from drafter.figure import OPERANDS, Figure, Missing
from drafter.phrases.change import chained, difference, direction, moved, yearly
from drafter.phrases.phrase import Phrase, PhraseError, Said, value
from drafter.phrases.relation import (
    chinese_number,
    completion,
    convert,
    count,
    number_only,
    parts,
    progress,
    rank,
    ratio,
    share,
)

__all__ = ["FILTERS", "TESTS", "WORDS", "Phrase", "PhraseError", "Said", "is_known", "rank", "value"]


def is_known(item: object) -> bool:
    """The test `is 已填`: the fact is there; an empty list counts as not filled."""
    if isinstance(item, Missing):
        return False
    if isinstance(item, Figure):
        return any(getattr(item, f) is not None for f in OPERANDS.values()) or bool(item.parts)
    return item is not None and not (isinstance(item, (str, tuple, dict)) and not item)


@dataclass(frozen=True, slots=True)
class Filter:
    """One row of the vocabulary: Chinese name, English alias, function, and an example for the manual."""

    name: str
    alias: str
    run: Callable[..., Any]
    example: str


FILTERS = (
    Filter("数", "number", number_only, "{{ 事故起数|数 }} → 6"),
    Filter("同比", "yoy", yearly, "{{ [事故起数, 死亡人数]|同比 }} → 同比分别下降45.5%、50%"),
    Filter("环比", "mom", chained, "{{ 用电量|环比 }} → 环比增长10%"),
    Filter("增减", "change", moved, "{{ 民间投资|增减 }} → 增长44.7%"),
    Filter("增减量", "delta", difference, "{{ 事故起数|增减量 }} → 减少5起"),
    Filter("占比", "share", share, "{{ 规上企业|占比(企业) }} → 占比48.6%"),
    Filter("比重", "ratio", ratio, "占财政总收入比重{{ 税收收入|比重(财政总收入) }} → 48.6%"),
    Filter("完成率", "completion", completion, "{{ 完成投资|完成率 }} → 完成年度目标的35.4%"),
    Filter("进度", "progress", progress, "{{ 完成投资|进度 }} → 慢于序时进度6.3个百分点"),
    Filter("位次", "rank", rank, "{{ 民间投资|位次 }} → 居七县（市）首位"),
    Filter("其中", "parts", parts, "{{ 事故起数|其中 }} → 工贸领域4起、道路交通2起"),
    Filter("换算", "convert", convert, "{{ 税收收入|换算('亿元', 小数=2) }} → 1.75亿元"),
    Filter("条数", "count", count, "{{ 重点项目|条数 }} → 3"),
    Filter("中文数", "chinese", chinese_number, "{{ 12|中文数 }} → 十二"),
)

TESTS: tuple[tuple[str, str, Callable[[object], bool], str], ...] = (
    ("已填", "known", is_known, "{% if 满意度 is 已填 %}"),
    ("增长", "up", direction("增长"), "{% if 财政总收入 is 增长 %}"),
    ("下降", "down", direction("下降"), "{% if 事故起数 is 下降 %}"),
    ("持平", "flat", direction("持平"), "{% if 事故起数 is 持平 %}"),
)

WORDS: dict[str, Callable[[Figure], str | Missing]] = {
    "单位": lambda f: f.unit,
    "名称": lambda f: f.name,
    "责任单位": lambda f: f.office or f.lacks("责任单位"),
    "来源": lambda f: f.notes.get("来源", "") or f.indicator.source or f.lacks("来源"),
    "口径": lambda f: f.notes.get("口径", "") or f.lacks("口径"),
    "备注": lambda f: f.notes.get("备注", "") or f.lacks("备注"),
}
"""What a dot after a figure says besides its operands: {{ 事故起数.单位 }}; a note that was not written is missing."""
