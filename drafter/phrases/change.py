"""How a figure moved: 同比, 环比, 增减, 增减量, by the verb table. Source: official-style 4.2."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from drafter.figure import Figure
from drafter.measure import converted
from drafter.missing import Missing
from drafter.numeral import chinese, plain, rounded
from drafter.phrases import arithmetic, option
from drafter.phrases.arithmetic import Change, exactly
from drafter.phrases.phrase import PLAN, Phrase, PhraseError, Said, flat, joined, one_figure, several, shared
from drafter.phrases.verbs import LEVEL_VERBS, Manner, asked


def said(figure: Figure, change: Change, manner: Manner) -> Phrase:
    """One change by its row of the verb table."""
    if change.case in LEVEL_VERBS:
        both = "增减量" in manner.ways and not change.points
        ahead = (
            [_gap(figure, _agreeing(figure, change, manner), manner.label, manner.base, hint=change.hint), _TOO]
            if both
            else []
        )
        return joined(manner.ahead, [*ahead, moved_piece(figure, change, manner)])
    row = manner.row(change.case)
    words = row.text if figure.indicator.can_lose or not row.otherwise else row.otherwise
    words = words.format(ahead=manner.ahead, than=manner.than)
    if not row.counted:
        return flat(figure, words, manner.label, (manner.base,))
    amount, unit = (plain(change.amount), figure.indicator.points) if change.points else shown(figure, change.amount)
    close: tuple[tuple[str, None], ...] = ((row.close, None),) if row.close else ()
    phrase = Phrase(
        (
            (words, None),
            (change.hint + amount + unit, figure.origin(manner.label, "" if close else unit, (manner.base,))),
            *close,
        )
    )
    return _with_share_of_loss(phrase, figure, change, manner)


_TOO = Phrase((("、", None),))


def _with_share_of_loss(phrase: Phrase, figure: Figure, change: Change, manner: Manner) -> Phrase:
    """减亏20万元、下降40%: how much of the loss, where 增减量 was asked for. Official-style 4.2."""
    gap = _difference(figure, manner) if "增减量" in manner.ways and change.case in ("减亏", "增亏") else None
    if not gap or not figure.indicator.can_lose:
        return phrase
    assert figure.value is not None
    percent = arithmetic.share(abs(gap), abs(figure.value.value - gap), decimals=manner.places)
    if not percent:
        return phrase
    verb = "下降" if change.case == "减亏" else "增长"
    return joined(
        "",
        [
            phrase,
            Phrase(((f"、{verb}", None), (f"{plain(percent)}%", figure.origin(manner.label, "%", (manner.base,))))),
        ],
    )


def _agreeing(figure: Figure, change: Change, manner: Manner) -> Decimal:
    """The difference that stands beside its growth. Errors: PhraseError when a given growth goes the other way."""
    gap = _difference(figure, manner) or Decimal(0)
    if gap == 0 or (gap > 0) != change.rose:
        hint = "增幅是按可比口径给的，就不要同时说增减量；不是就核对增幅"
        raise PhraseError(f"“{figure.name}”给定的增幅和本期、{manner.key}对不上", hint)
    return gap


def _difference(figure: Figure, manner: Manner) -> Decimal | None:
    """The value less its base; None when one is not known."""
    base = figure.previous if manner.key == "上期" else figure.base
    return None if base is None or figure.value is None else figure.value.value - base.value


def shown(figure: Figure, number: Decimal) -> tuple[str, str]:
    """(digits, unit) of an amount of the figure: in the unit its value was typed in, else in its own.

    Rounded once to the indicator's decimals unless nothing would be left.
    """
    places = figure.indicator.decimals
    if places is not None:
        return plain(rounded(number, places) or number), figure.unit
    typed = figure.value.unit if figure.value is not None and not figure.indicator.is_rate else ""
    moved = converted(number, figure.unit, typed) if typed else None
    return (plain(number), figure.unit) if moved is None else (plain(moved), typed)


def moved_piece(figure: Figure, change: Change, manner: Manner) -> Phrase:
    """增长44.7%, 下降2.6个百分点, 增长1.5倍, 翻两番: verb and unsigned amount; a fall is never said in 倍."""
    unit = figure.indicator.points if change.points else "%"
    words = plain(change.amount) + unit
    if change.case == "降" and not change.points and change.amount > 100:
        hint = "由盈转亏的，去掉增幅，补上本期和上年同期；不是就核对增幅"
        raise PhraseError(f"“{figure.name}”的降幅写的是{words}，下降不会超过100%", hint)
    if change.case == "增" and change.ratio is not None and change.ratio >= 2:
        if "翻番" in manner.ways and not change.hint:
            return flat(figure, doubled(change.ratio), manner.label, (manner.base,))
        if "倍" in manner.ways:
            words, unit = plain(rounded(change.ratio - 1, manner.places)) + "倍", "倍"
    verb = manner.verb(change.case, points=change.points)
    return Phrase(((verb, None), (change.hint + words, figure.origin(manner.label, unit, (manner.base,)))))


def doubled(ratio: Decimal) -> str:
    """翻一番, 翻了一番多, 翻两番: 2, more, 4 times the base. Shapes: ratio >= 2. Source: official-style 3.3."""
    times, exactly = arithmetic.doublings(ratio)
    count = "两" if times == 2 else chinese(times)
    return f"翻{count}番" if exactly else f"翻了{count}番多"


@exactly
def yearly(item: object, 写法: object = None, 小数: object = None, 动词: object = None, 称: object = None) -> Said:
    """同比: 同比下降45.5%; of a list 同比分别下降45.5%、50%, naming each direction where they differ. F1."""
    return _of(item, arithmetic.yearly, asked("同比", 写法, 小数, 动词, 称))


@exactly
def chained(item: object, 写法: object = None, 小数: object = None, 动词: object = None, 称: object = None) -> Said:
    """环比: 环比增长10%; of a list 环比分别…. Base: the period before."""
    return _of(item, arithmetic.chained, asked("环比", 写法, 小数, 动词, 称))


@exactly
def moved(item: object, 写法: object = None, 小数: object = None, 动词: object = None, *, 预计: object = True) -> Said:
    """增减: 增长44.7%, 下降84%; of a list 分别增长…、…. F14–F17.

    预计 stands once in front when all are estimates, else with each that is: 分别预计增长17%、下降5%.
    """
    manner = asked("增减", 写法, 小数, 动词)
    estimates = option.yes(预计, "预计", "增减(预计=false)")
    known = changes(item, arithmetic.yearly, manner)
    if isinstance(known, Missing):
        return known
    if estimates and all(f.estimate for f, _ in known):
        return Phrase((*PLAN, *together(known, manner).pieces))
    return together(known, manner, [estimates and f.estimate for f, _ in known])


Moves = list[tuple[Figure, Change]]
"""Figures with their changes."""
Measure = Callable[..., Change | Missing]


def _of(item: object, measure: Measure, manner: Manner) -> Said:
    known = changes(item, measure, manner)
    return known if isinstance(known, Missing) else together(known, manner)


def changes(item: object, measure: Measure, manner: Manner) -> Moves | Missing:
    """The figures with their changes; the first missing operand stands for all."""
    figures = several(item)
    if isinstance(figures, Missing):
        return figures
    known = []
    for one in figures:
        found = measure(one, decimals=manner.decimals)
        if not isinstance(found, Missing) and "增减量" in manner.ways and not found.points:
            found = found if _difference(one, manner) is not None else _lacking(one, manner.key)
        if isinstance(found, Missing):
            return found
        known.append((one, found))
    return known


def _lacking(figure: Figure, base: str) -> Missing:
    return figure.lacks("本期" if figure.value is None else base)


def together(known: Moves, manner: Manner, estimates: list[bool] | None = None) -> Phrase:
    """One change by its row of the verb table, several as one list; `estimates` marks those that say 预计."""
    marks = [PLAN if estimate else () for estimate in estimates or [False] * len(known)]
    if len(known) == 1:
        return Phrase((*marks[0], *said(*known[0], manner).pieces))
    if any(c.case not in LEVEL_VERBS for _, c in known) or "增减量" in manner.ways:
        return by_name(
            [Phrase((*m, *said(*k, manner).pieces)) for m, k in zip(marks, known, strict=True)], known, manner.ahead
        )
    pieces = [Phrase((*m, *moved_piece(f, c, manner).pieces)) for m, (f, c) in zip(marks, known, strict=True)]
    return separately(pieces, manner.ahead, last="和" if "和" in manner.ways else "、")


def separately(said: list[Phrase], ahead: str = "", last: str = "、") -> Phrase:
    """同比分别…: the verb once where all go one way; 同比均… where all amounts agree; `last` joins the last one. F1."""
    if len({str(one) for one in said}) == 1:
        return joined(f"{ahead}均", [shared(said)])
    if len({one.pieces[0][0] for one in said}) == 1 and all(len(one.pieces) == 2 for one in said):
        said = [said[0], *(Phrase(one.pieces[1:]) for one in said[1:])]
    listed = joined("、", said[:-1], between=True)
    return joined(f"{ahead}分别", [joined(last, [listed, said[-1]], between=True)])


_SUBJECT = "增速"
_NAMES_OF_GROWTH = ("增速", "增幅", "增长率", "涨幅", "增长速度")
"""Ends of the names of figures that are growths themselves."""


def is_growth(figure: Figure) -> bool:
    """Whether the figure is a growth itself, by its name."""
    return figure.indicator.is_rate and figure.name.endswith(_NAMES_OF_GROWTH)


def by_name(said: list[Phrase], known: Moves, ahead: str) -> Phrase:
    """Changes that are no rates, each by the figure's name; the same words of all once, with 均."""
    if len({str(one) for one in said}) == 1 and len(said[0].pieces) == 1:
        (words, origin) = shared(said).pieces[0]
        return Phrase(((_all(words, ahead), origin),))
    named = [joined(f.name, [_without_subject(f, one)]) for one, (f, _) in zip(said, known, strict=True)]
    return joined("；" if any("，" in str(one) for one in said) else "，", named, between=True)


def _all(words: str, ahead: str) -> str:
    """The words of one, said of all: 均与上年同期持平, 同比均扭亏为盈, 增速均由负转正."""
    if "均" in words:
        return words
    rest = words.removeprefix(ahead)
    subject = _SUBJECT if rest.startswith(_SUBJECT) else ""
    return f"{words[: len(words) - len(rest)]}{subject}均{rest.removeprefix(subject)}"


def _without_subject(figure: Figure, said: Phrase) -> Phrase:
    """投资增速由负转正, not 投资增速增速由负转正."""
    if not is_growth(figure):
        return said
    return Phrase(tuple((text.replace(_SUBJECT + "由", "由"), origin) for text, origin in said.pieces))


@exactly
def difference(item: object, 比: object = "上年同期", 小数: object = None, 动词: object = None) -> Said:
    """增减量: 减少5起, 增加3亿元, 提高3个百分点, 与上年同期持平; of a list 分别减少5起、6人. F1."""
    than = option.base(比, "增减量('上期')")
    decimals = option.some_places(小数, "增减量(小数=1)")
    verbs = option.verbs(动词, "增减量(动词='多了、少了')")
    figures = several(item)
    if isinstance(figures, Missing):
        return figures
    known: list[tuple[Figure, Phrase]] = []
    for one in figures:
        gap = _difference(one, Manner("", than, than))
        if gap is None:
            return _lacking(one, than)
        known.append((one, _gap_said(one, gap, than, decimals, verbs)))
    return _listed(known, "")


def _listed(known: list[tuple[Figure, Phrase]], ahead: str) -> Phrase:
    """Differences of one or several figures, with the words ahead of each that is no 持平."""
    phrases = [said for _, said in known]
    if all(len(one.pieces) > 1 for one in phrases):
        return separately(phrases, ahead) if len(phrases) > 1 else joined(ahead, phrases)
    phrases = [one if len(one.pieces) == 1 else joined(ahead, [one]) for one in phrases]
    return phrases[0] if len(phrases) == 1 else by_name(phrases, [(f, Change("平")) for f, _ in known], "")


def difference_said(figures: list[Figure], ahead: str, than: str, decimals: int | None, verbs: Pair | None) -> Phrase:
    """Differences from the bases of figures that have one: 比2020年增加4.6万平方米, 与2020年持平."""
    known = [
        (f, _gap_said(f, _difference(f, Manner("", than, than)) or Decimal(0), than, decimals, verbs)) for f in figures
    ]
    return _listed(known, ahead)


Pair = tuple[str, str]
"""Words for up and down."""


def _gap_said(figure: Figure, gap: Decimal, than: str, decimals: int | None, verbs: tuple[str, str] | None) -> Phrase:
    """One difference; nothing, or what rounds to nothing, is 持平."""
    base = Manner("", than, than).base
    operands = (figure.value, figure.previous if than == "上期" else figure.base)
    places = figure.indicator.decimals if decimals is None else decimals
    printed = gap if places is None else rounded(gap, places)
    if gap == 0 and not arithmetic.approximate(*operands):
        return flat(figure, f"与{than}持平", "增减量", ("本期", base))
    if printed == 0:
        return flat(figure, f"与{than}基本持平", "增减量", ("本期", base))
    hint = "约" if arithmetic.approximate(*operands) else ""
    return _gap(figure, printed, "增减量", base, verbs, hint)


def _gap(
    figure: Figure, gap: Decimal | None, label: str, base: str, verbs: Pair | None = None, hint: str = ""
) -> Phrase:
    """减少5起, 提高3个百分点: a difference in the figure's unit."""
    assert gap is not None
    rate = figure.indicator.is_rate
    up, down = verbs or (("提高", "下降") if rate else ("增加", "减少"))
    text, unit = (plain(abs(gap)), figure.indicator.points) if rate else shown(figure, abs(gap))
    return Phrase(((up if gap > 0 else down, None), (hint + text + unit, figure.origin(label, unit, ("本期", base)))))


def direction(case: str) -> Callable[[object], bool]:
    """The test `is 增长` / `is 下降` / `is 持平` of a figure's 同比."""

    def test(item: object) -> bool:
        if isinstance(item, Missing):
            return bool(item)
        found = arithmetic.yearly(one_figure(item))
        if isinstance(found, Missing):
            return bool(found)
        return {"增长": found.rose, "下降": found.fell}.get(case, not found.rose and not found.fell)

    return test
