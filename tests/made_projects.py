"""Small projects made up at random, and how their facts change: what a refresh has to cope with.

`World` is the state of the facts; `project` writes it with a report whose sections are drawn at random; `changed` makes
the facts of the next day: other values, other directions, items added, removed, reordered and renamed, facts filled in
and emptied.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from drafter.project import Project
from tests.project_files import make

TARGET, PERIOD = "应急管理局/月度工作总结", "2022-09"
_FOLDER = f"templates/{TARGET}"

SINGLES = {
    "事故起数": ("起", "越低越好"), "死亡人数": ("人", "越低越好"), "检查企业": ("家", ""), "排查隐患": ("处", ""),
    "整改隐患": ("处", "越高越好"), "救援队员": ("人", ""), "储备物资": ("件", ""), "投入资金": ("万元", "越高越好"),
    "演练场次": ("场", ""), "火情": ("起", "越低越好"),
}  # fmt: skip
"""Fact → unit, polarity."""
NAMES = ("青溪镇", "云岭乡", "石桥镇", "白石乡", "枫林街道", "双河镇", "竹坪乡", "大源镇", "梅山乡", "长埠镇")
WORKS = (
    "整修避灾点",
    "更换灭火器",
    "清理消防通道",
    "改造用电线路",
    "加固河堤险段",
    "装设山洪预警",
    "设置警示标牌",
    "培训护林队员",
)
KINDS = ("防汛", "防台风", "低温雨雪", "森林防火", "地质灾害")
STATES = ("已完工", "正在扫尾", "进场施工", "完成招标", "验收合格")

SECTIONS = {
    "形势": """一、安全形势
（一）生产安全方面：截至{{ 期末 }}，共发生生产安全事故{{ 事故起数 }}、死亡{{ 死亡人数 }}，{{ [事故起数, 死亡人数]|同比 }}{% if 事故起数 is 下降 %}，形势总体平稳{% endif %}。
（二）消防安全方面：接报火情{{ 火情 }}，{{ 火情|同比 }}，均已妥善处置。
""",
    "整治": """一、隐患整治
成立专班逐户过筛，出动检查组入企检查{{ 检查企业 }}，发现各类隐患{{ 排查隐患 }}，当场整改{{ 整改隐患 }}，整改率{{ 整改隐患|比重(排查隐患) }}。余下的逐条建账，明确专人盯办。
专项资金投入{{ 投入资金 }}，{{ 投入资金|同比 }}，优先用在山塘水库和老旧小区。
""",
    "连写": """一、基层工作
各乡镇结合实际抓推进：{% for 项 in 乡镇工作 %}〇是{{ 项.乡镇 }}{{ 项.做法 }}{{ 项.数量 }}；{% endfor %}
""",
    "分段": """一、重点项目
按月调度、按季通报，进展如下：
{% for 项 in 项目 %}
（一）{{ 项.名称 }}项目计划投资{{ 项.总额 }}，目前{{ 项.进展 }}；
{% endfor %}
""",
    "列表": """一、资金安排
各项目安排见下表。
{{ 项目|表格(列=["名称", "总额", "进展"], 合计=true, 标题="项目资金安排") }}
上表由计划财务科汇总，按实际拨付核对。
""",
    "手表": """一、应急处置
值守人员全天在岗，先后启动响应如下。
表：应急响应情况
| 灾种 | 级别 | 次数 |
| --- | --- | --- |
{% for 项 in 应急响应 %}
| {{ 项.灾种 }} | {{ 项.级别 }}级 | {{ 项.次数 }} |
{% endfor %}
响应期间无人员伤亡，灾情报送做到一小时内到位。
""",
    "有条件": """一、物资与队伍
（一）队伍建设。现有专业队员{{ 救援队员 }}，{{ 救援队员|同比 }}。
{% if 储备物资 is 已填 %}
（二）物资储备。县级库存应急物资{{ 储备物资 }}，分设三个仓库，由专人轮值看管。
{% endif %}
（三）演练培训。组织实战演练{{ 演练场次 }}，{{ 演练场次|同比 }}，重点检验夜间集结能力。
""",
    "分乡镇": """一、乡镇情况
{% for 项 in 乡镇工作 %}
（一）{{ 项.乡镇 }}
围绕年度任务{{ 项.做法 }}{{ 项.数量 }}，群众反映较好。
驻村干部每周到点查看一次。
{% endfor %}
""",
    "构成": """一、事故构成
从行业看，{{ 事故起数|其中 }}；责任倒查和警示教育同步跟进。
""",
    "图": """一、分类情况
各类事故分布见图。
{{ 事故起数|柱状图(标题="事故分类", 附表=true) }}
图中数据来自县应急指挥平台。
""",
}
"""Section → template."""
_OF_LISTS = ("分乡镇", "分段", "连写", "列表", "手表")
ENDING = """一、下步打算
继续压实责任，把每一项任务落到人、落到点。
"""
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """Facts: numbers of this year and the last (None: not known), parts of 事故起数, lists."""

    sections: tuple[str, ...]
    layout: str
    now: dict[str, int | None] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    lists: dict[str, list[Row]] = field(default_factory=dict)

    def facts(self) -> str:
        """The facts file."""
        lines = [f"期间: {PERIOD}"]
        for name, value in self.now.items():
            if name == "事故起数" and value is not None:
                inner = ", ".join(f"{k}: {v}" for k, v in self.parts.items())
                lines.append(f"{name}: {{本期: {value}, 其中: {{{inner}}}}}")
            else:
                lines.append(f"{name}: {'' if value is None else value}".rstrip())
        for name, rows in self.lists.items():
            lines.append(f"{name}:")
            lines += [f"  - {{{', '.join(f'{k}: {v}' for k, v in row.items())}}}" for row in rows]
        return "\n".join(lines) + "\n"


def world(r: Random) -> World:
    """Some facts, and the sections of a report that uses them."""
    chosen = r.sample(list(SECTIONS), r.randrange(2, 6))
    if r.random() < 0.5:
        chosen = list(dict.fromkeys([*chosen, r.choice(_OF_LISTS)]))
    now: dict[str, int | None] = {name: r.randrange(2, 400) for name in SINGLES}
    last = {name: r.choice((value or 1, r.randrange(2, 400))) for name, value in now.items()}
    if r.random() < 0.4:
        now[r.choice(["储备物资", "火情", "检查企业", "救援队员"])] = None
    made = World((*chosen, "结尾"), r.choice(("总结", "总结", "公文")), now, last, _parts(r), _lists(r))
    return _summed(made)


def _summed(made: World) -> World:
    """The whole is the sum of its parts, and no part is more than its whole."""
    now = made.now | {"事故起数": sum(made.parts.values())}
    found, mended = now["排查隐患"], now["整改隐患"]
    if found is not None and mended is not None:
        now["整改隐患"] = min(found, mended)
    return replace(made, now=now)


def _parts(r: Random) -> dict[str, int]:
    return {
        name: r.randrange(1, 40) for name in r.sample(("工贸", "道路交通", "建筑施工", "渔业船舶"), r.randrange(2, 5))
    }


def _lists(r: Random) -> dict[str, list[Row]]:
    return {
        "乡镇工作": [_township(r, name) for name in r.sample(NAMES, r.randrange(2, 6))],
        "项目": [_work(r, name) for name in r.sample(WORKS, r.randrange(2, 6))],
        "应急响应": [_alert(r, name) for name in r.sample(KINDS, r.randrange(2, 5))],
    }


def _township(r: Random, name: str) -> Row:
    return {"乡镇": name, "做法": r.choice(WORKS), "数量": f"{r.randrange(2, 900)}处"}


def _work(r: Random, name: str) -> Row:
    return {"名称": name, "总额": f"{r.randrange(20, 9000)}万元", "进展": r.choice(STATES)}


def _alert(r: Random, name: str) -> Row:
    return {"灾种": name, "级别": r.choice("ⅠⅡⅢⅣ"), "次数": f"{r.randrange(1, 30)}次"}


_MADE = {"乡镇工作": (_township, NAMES, "乡镇"), "项目": (_work, WORKS, "名称"), "应急响应": (_alert, KINDS, "灾种")}


def changed(old: World, r: Random) -> World:
    """The facts after some changes; the report stays as it is."""
    now, parts = dict(old.now), dict(old.parts)
    lists = {name: [dict(row) for row in rows] for name, rows in old.lists.items()}
    for _ in range(r.randrange(1, 7)):
        kind = r.choice(("value", "value", "turn", "empty", "fill", "parts", *["list"] * 5))
        name = r.choice(list(SINGLES))
        if kind == "value":
            now[name] = r.randrange(2, 400)
        elif kind == "turn":
            now[name] = max(1, old.last[name] + r.choice((-1, 1)) * r.randrange(1, 60))
        elif kind == "empty" and name not in ("事故起数", "死亡人数"):
            now[name] = None
        elif kind == "fill":
            now |= {n: r.randrange(2, 400) for n, value in now.items() if value is None}
        elif kind == "parts":
            parts = _parts(r) if r.random() < 0.4 else parts | {r.choice(list(parts)): r.randrange(1, 40)}
        elif kind == "list":
            _relist(*r.choice(list(lists.items())), r)
    return _summed(replace(old, now=now, parts=parts, lists=lists))


def _relist(name: str, rows: list[Row], r: Random) -> None:
    make_row, pool, key = _MADE[name]
    free = [one for one in pool if all(row[key] != one for row in rows)]
    kind = r.choice(("add", "add", "remove", "order", "rename", "values", "value"))
    if kind == "add" and free:
        rows.insert(r.randrange(len(rows) + 1), make_row(r, r.choice(free)))
    elif kind == "remove" and len(rows) > 1:
        rows.pop(r.randrange(len(rows)))
    elif kind == "order":
        r.shuffle(rows)
    elif kind == "rename" and free:
        r.choice(rows)[key] = r.choice(free)
    elif kind == "values":
        rows[:] = [make_row(r, row[key]) for row in rows]
    else:
        at = r.randrange(len(rows))
        rows[at] = make_row(r, rows[at][key])


def project(folder: Path, state: World) -> Project:
    """The project of a state, written to a folder; what was there with the same names is written anew."""
    names = [f"{n}-{name}" for n, name in enumerate(state.sections, start=1)]
    texts = {**SECTIONS, "结尾": ENDING}
    kinds = "".join(
        f"{name}: {{单位: {unit}, 性质: {'总量' if unit == '万元' else '个数'}{f', 极性: {way}' if way else ''}}}\n"
        for name, (unit, way) in SINGLES.items()
    )
    last = "".join(f"{name}: {value}\n" for name, value in state.last.items())
    about = f'标题: "{{{{ 单位 }}}}{{{{ 期间 }}}}工作总结"\n版式: {state.layout}\n章节: [{", ".join(names)}]\n署名: "{{{{ 单位 }}}}"\n'
    files = {f"{_FOLDER}/{name}.txt": texts[section] for name, section in zip(names, state.sections, strict=True)}
    return make(
        folder,
        files
        | {
            f"{_FOLDER}/报告.yaml": about,
            "data/应急管理局/指标.yaml": kinds,
            "data/应急管理局/2021-09.yaml": f"期间: 2021-09\n{last}",
            f"data/应急管理局/{PERIOD}.yaml": state.facts(),
        },
    )
