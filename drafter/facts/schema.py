"""JSON Schemas of facts files and of 指标.yaml, for editors: made from the tables that the reader itself uses.

Only keywords that draft 2020-12 and the draft-07 of yaml-language-server read alike are used. A schema never refuses
what the reader takes; what only the reader can see (units, sums of parts, periods) is left to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drafter.facts.figures import RANK_KEYS, YES_NO
from drafter.facts.vocabulary import (
    ALLOWED,
    FIGURE_KEYS,
    INDICATOR_KEYS,
    JINJA_WORDS,
    NOTES,
    OWN_WORDS,
    STRONG,
    period_words,
    reserved,
)
from drafter.figure import OPERANDS, Indicator

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KEY_WORDS = {
    "本期": "这一期的数，单位同指标",
    "上年同期": "去年同期的数；去年的文件里有就不用写",
    "上期": "上一期的数；上一期的文件里有就不用写",
    "目标": "年度目标，完成率和进度要用",
    "增幅": "同比增幅，如 3.9% 或 -1.2%；写了就用它，程序不再算",
    "环比增幅": "环比增幅，如 3.9%",
    "上年增幅": "上年同期的增幅，说增速加快、回落要用",
    "上期增幅": "上一期的增幅，说增速加快、回落要用",
    "累计": "年初到本期的累计数",
    "其中": "各项的数：{教育: 2, 交通: 4}，合计不能大于本期",
    "位次": "{第: 5, 范围: 七县（市）}",
    "预计": "预计数写 true 或 是",
    "口径": "统计口径，文字",
    "来源": "数据来源，文字",
    "责任单位": "缺数时向谁要",
    "备注": "文字",
}
"""What an editor says of a figure's keys."""
INDICATOR_WORDS = {
    "名称": "印在报告里的全称",
    "单位": "起、人、万元、%……",
    "性质": "总量、比率、个数、存量；比率的增减说百分点",
    "极性": "越高越好、越低越好、无",
    "小数": "保留几位小数；不写就照填的印",
    "累计": "各月怎样合成累计：求和、期末",
    "来源": "数据来源",
    "责任单位": "缺数时向谁要",
}
"""What an editor says of an indicator's keys."""
RANK_WORDS = {
    "第": "名次，1 以上的整数",
    "范围": "在谁里面排，如 七县（市）",
    "共": "一共几个参加排名",
    "上年同期": "去年的名次",
    "上期": "上一期的名次",
    "并列": "true 或 是",
}
"""What an editor says of the keys of 位次."""
_NUMBER_TEXT = r"^\s*[约近超逾]?\s*[-+−－﹣]?[0-9０-９]"
"""How a written number begins: 45.5%, 1,752万元, 近9000."""


def of_facts(indicators: Mapping[str, Indicator], names: tuple[str, ...] = ()) -> Schema:
    """The schema of a facts file: known indicators and names are offered, any other fact is welcome.

    `indicators` are by name as it is to be written, `names` further facts that other periods' files have.
    """
    known = {name: _known(indicator) for name, indicator in indicators.items()}
    others: Schema = {name: _ref("事实") for name in names if name not in known}
    period = {"type": ["string", "integer", "null"], "description": "和文件名一致，如 2022-09"}
    return {
        "$schema": DIALECT,
        "title": "drafter 事实文件",
        "type": "object",
        "properties": {"期间": period, **_refused(), **known, **others},
        "additionalProperties": _ref("事实"),
        "definitions": _definitions(),
    }


def of_indicators() -> Schema:
    """The schema of 指标.yaml: each entry a mapping with the reader's keys, or the unit alone."""
    keys = {key: _described(_indicator_value(key), INDICATOR_WORDS[key]) for key in INDICATOR_KEYS}
    full = {"type": "object", "properties": keys, "additionalProperties": False}
    return {
        "$schema": DIALECT,
        "title": "drafter 指标.yaml",
        "type": "object",
        "properties": _refused(),
        "additionalProperties": {"anyOf": [full, {"type": ["string", "null"]}]},
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _described(schema: Schema, words: str) -> Schema:
    """The schema with words beside it; behind allOf, since draft-07 reads nothing beside a $ref."""
    return {"description": words, "allOf": [schema]}


def _refused() -> dict[str, bool]:
    """Names that no fact and no indicator may have."""
    words = {*period_words(), *OWN_WORDS, *JINJA_WORDS, *FIGURE_KEYS} - {"期间"}
    return {word: False for word in sorted(words) if reserved(word)}


def _known(indicator: Indicator) -> Schema:
    """What may stand behind the name of an indicator: a number, a figure, or a list of them."""
    words = [f"{word}：{said}" for word, said in (
        ("名称", indicator.name), ("单位", indicator.unit), ("性质", indicator.kind),
        ("责任单位", indicator.office), ("来源", indicator.source),
    ) if said]  # fmt: skip
    return _described(_ref("指标的值"), "；".join(words))


def _definitions() -> Schema:
    number = {"type": ["number", "string", "null"], "pattern": _NUMBER_TEXT}
    blank = {"type": "string", "pattern": r"^\s*$"}
    numeric = {"anyOf": [number, blank]}
    scalar = {"type": ["string", "number", "boolean", "null"]}
    items = {"type": "array", "items": {"anyOf": [_ref("组"), _ref("事实")]}}
    return {
        "数": numeric,
        "数据": _figure(),
        "位次": _rank(),
        "是否": {"type": ["boolean", "null", "string"], "enum": _yes_no()},
        "文字": {"type": ["string", "number", "boolean", "null"]},
        "组": {"type": "object", "additionalProperties": _ref("事实")},
        "指标的值": {"anyOf": [_ref("数"), _ref("数据"), items]},
        "事实": {"anyOf": [scalar, items, {**_if_figure(), "then": _ref("数据"), "else": _ref("组")}]},
    }


def _if_figure() -> Schema:
    """A mapping with one of the keys that only figures have is a figure, as the reader decides."""
    return {"type": "object", "if": {"anyOf": [{"required": [key]} for key in STRONG]}}


def _figure() -> Schema:
    keys = {key: _described(_figure_value(key), KEY_WORDS[key]) for key in FIGURE_KEYS}
    return {"type": "object", "properties": keys, "additionalProperties": False}


def _figure_value(key: str) -> Schema:
    if key in NOTES:
        return _ref("文字")
    if key in OPERANDS:
        return _ref("数")
    part = {"anyOf": [_ref("数"), _ref("数据")]}
    return {
        "其中": {"type": ["object", "null"], "additionalProperties": part},
        "位次": _ref("位次"),
        "预计": _ref("是否"),
    }[key]


def _rank() -> Schema:
    place = {"type": ["integer", "string", "null"], "minimum": 1, "pattern": "^\\s*(第?[0-9０-９]{1,6}[位名个]?)?\\s*$"}
    values: dict[str, Schema] = dict.fromkeys(RANK_KEYS, place)
    values |= {"范围": _ref("文字"), "并列": _ref("是否")}
    keys = {key: _described(values[key], RANK_WORDS[key]) for key in RANK_KEYS}
    return {"anyOf": [place, {"type": "object", "properties": keys, "additionalProperties": False}]}


def _yes_no() -> list[object]:
    """The words of 预计; an editor's YAML has made true and false of some of them already."""
    return [True, False, None, *YES_NO, *(word.capitalize() for word in YES_NO if word.isascii())]


def _indicator_value(key: str) -> Schema:
    allowed = ALLOWED.get(key)
    if allowed is None:
        return {"type": ["string", "number", "null"]}
    numbers = [int(word) for word in allowed if word.isdigit()]
    return {"enum": [*allowed, *numbers, None]}
