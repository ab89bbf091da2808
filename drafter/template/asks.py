"""What every word of the vocabulary asks of a figure: the tables behind `needs`."""

from __future__ import annotations

VALUE, LIST, FILLED = "本期", "列表", "已填"
"""Asked of a fact: its value, its items, and only whether it is there."""
YEARLY, CHAINED, PARTS, RANK, TARGET = "同比", "环比", "其中", "位次", "完成"
SUMMARY = "概述"
AGAINST = {"上年同期": "较上年同期", "上期": "较上期", "目标": TARGET}
"""The value against another one of it."""
SPEED = {"上年同期": "增速较上年同期", "上期": "增速较上期"}
PLACE = {"上年同期": "位次较上年同期", "上期": "位次较上期"}
ROWS = (
    (
        "数 number 换算 convert 中文数 chinese 值 amount 盈亏 profit 约数 about 大写 capital 千分位 grouped 除外 except 比例 proportion",
        VALUE,
    ),
    ("列举 listed 天数 days 较 versus 占比 share 比重 ratio", VALUE),
    ("比 than 年均 annual 增减到 moved_to", VALUE),
    ("柱状图 bar 折线图 line 饼图 pie 逐期 course", VALUE),
    ("同比 yoy 增减 change 增长 up 下降 down 持平 flat", YEARLY),
    ("环比 mom", CHAINED),
    ("完成率 completion 进度 progress 完成情况 achievement", TARGET),
    ("位次 rank 首位 末位", RANK),
    ("其中 parts", PARTS),
    ("概述 summary", SUMMARY),
    ("累计 running", "累计"),
    ("条数 count 名单 names", LIST),
    ("已填 known", FILLED),
    ("占比变化 share_change", AGAINST["上年同期"]),
)
ASKED = {word: asked for words, asked in ROWS for word in words.split(" ")}
"""Filter or test → what it asks of the facts before it; any other asks for the value."""
TESTED = {**ASKED, "first": RANK, "last": RANK}
"""The same for tests, some of whose aliases are those of other filters."""
COMPARED: dict[str, tuple[dict[str, str], str]] = {
    "增减量": (AGAINST, "上年同期"), "delta": (AGAINST, "上年同期"),
    "倍数": (AGAINST, "上年同期"), "multiple": (AGAINST, "上年同期"),
    "增速变化": (SPEED, "上期"), "speed": (SPEED, "上期"),
    "位次变化": (PLACE, "上年同期"), "rank_change": (PLACE, "上年同期"),
}  # fmt: skip
"""Filters that are told what to compare with (比) → what each base asks for, and the usual base."""
BOTH_SIDES = frozenset(("占比变化", "share_change"))
"""Filters whose argument is asked for the same as what stands before them; others ask for its value."""
TABLES = {
    "合计": 0, "sum": 0, "平均": 0, "mean": 0, "排名": 0, "ranking": 0, "排位": 1, "standing": 1,
}  # fmt: skip
"""Filters that ask the rows of a table for one field → the position of the field's name; before it the table."""
COLUMNS = {"表格": "列", "table": "列"}
"""Filters that ask the rows of a table for several fields → the option that names them, else their first argument."""
DRAWN = dict.fromkeys(("柱状图", "bar", "折线图", "line", "饼图", "pie"), "列")
"""Filters that do so only where fields are named; else what stands before them is asked for its value."""
ROWS_STAY = frozenset(("排名", "ranking", "前", "first", "后", "last"))
"""Filters whose result is again the rows of the table before them."""
OF_ROWS = frozenset(("名称", "名次", "占比"))
"""What a ranked row says of itself."""
OF_DEPARTMENTS = frozenset(("名称", "部门", "单位"))
"""What a department says of itself."""
ANSWERS: dict[str, tuple[tuple[str, ...], ...]] = {
    YEARLY: (("增幅",), ("本期", "上年同期")),
    CHAINED: (("环比增幅",), ("本期", "上期")),
    TARGET: (("本期", "目标"),),
    AGAINST["上年同期"]: (("本期", "上年同期"),),
    AGAINST["上期"]: (("本期", "上期"),),
    SPEED["上年同期"]: (("增幅", "上年增幅"), ("本期", "上年同期", "上年增幅")),
    SPEED["上期"]: (("增幅", "上期增幅"), ("本期", "上年同期", "上期增幅")),
    SUMMARY: (("增幅",), ("本期",)),
}
"""What is asked → the keys of a figure that answer it: all of any one row; the last row is what is asked for when
none is there. What has no row is a key itself."""


def words() -> frozenset[str]:
    """Every filter and test that a table above knows."""
    return frozenset((*ASKED, *COMPARED, *TABLES, *COLUMNS, *ROWS_STAY))
