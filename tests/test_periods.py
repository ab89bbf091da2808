"""Periods: every written form of every period of 150 years, wrong forms, arithmetic, and the words of a report."""

from __future__ import annotations

from calendar import isleap
from functools import lru_cache

import pytest

from drafter import facts, period
from drafter.facts.vocabulary import period_words, reserved
from drafter.period import Period
from tests.case_files import CASES, Case, accept, load

FORMS = load(CASES / "periods" / "forms.txt")
REFUSED = load(CASES / "periods" / "refused.txt")
WORDS = load(CASES / "periods" / "words.txt")
FIRST, LAST = 1949, 2100
YEARS = range(FIRST, LAST + 1)
BASE = period.month(2022, 9)


def base_of(case: Case) -> Period | None:
    said = case.parts.get("base", "").strip()
    return None if said in ("", "无") else period.parse(said)


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_what_people_type(case: Case) -> None:
    base = base_of(case)
    forms = case.input.split("\n")
    assert forms
    for form in forms:
        assert str(period.read(form, base)) == case.parts["says"], form
        if base:
            assert period.relative(form, base) == period.read(form, base)


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_is_refused(case: Case) -> None:
    base = base_of(case)
    for form in case.lines("input"):
        assert period.read(form, base) is None, form
        assert period.read(form) is None, form
        assert period.parse(form) is None, form


def test_enough_is_refused() -> None:
    refused = {form for case in REFUSED for form in case.lines("input")}
    assert len(refused) >= 300
    for form in ("", " ", "　"):
        assert period.read(form) is period.parse(form) is period.read(form, BASE) is None


@lru_cache(maxsize=1)
def everything() -> tuple[Period, ...]:
    """Every month, quarter, half-year, year and run of months of all years."""
    found: list[Period] = []
    for year in YEARS:
        found += [period.month(year, m) for m in range(1, 13)]
        found += [period.part(year, length, n) for length in (3, 6, 12) for n in range(1, 12 // length + 1)]
        found += [period.months(year, a, b) for a in range(1, 13) for b in range(a, 13)]
    return tuple(found)


HAN = "〇一二三四五六七八九十"


def han_year(year: int) -> str:
    return "".join(HAN[int(d)] for d in str(year))


def han(number: int) -> str:
    return HAN[number] if number <= 10 else f"十{HAN[number - 10]}"


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in text)


def month_forms(y: int, m: int) -> list[str]:
    plain = f"{y}年{m}月"
    return [
        f"{y}-{m:02}", f"{y}-{m}", f"{y}.{m}", f"{y}/{m:02}", f"{y}{m:02}", plain, f"{y}年{m:02}月", f"{plain}份",
        wide(plain), f"{han_year(y)}年{han(m)}月", f"{han_year(y)}年{m}月份", f"{y} 年 {m} 月", f"{plain}当月",
    ]  # fmt: skip


def quarter_forms(y: int, n: int) -> list[str]:
    return [
        f"{y}Q{n}", f"{y}q{n}", f"{y}年Q{n}", f"{y}-Q{n}", f"{y}年{han(n)}季度", f"{y}年第{han(n)}季度", f"{y}年{n}季度",
        f"{y}年第{n}季度", f"{y}{han(n)}季度", wide(f"{y}年{n}季度"), f"{han_year(y)}年{han(n)}季度", f"{y} 年 {han(n)}季度",
    ]  # fmt: skip


def half_forms(y: int, n: int) -> list[str]:
    word = "上下"[n - 1] + "半年"
    return [
        f"{y}H{n}", f"{y}h{n}", f"{y}年H{n}", f"{y}-H{n}", f"{y}年{word}", f"{y}{word}", f"{y} 年{word}", wide(f"{y}年{word}"),
        f"{han_year(y)}年{word}",
    ]  # fmt: skip


def year_forms(y: int) -> list[str]:
    return [
        f"{y}", f"{y}年", f"{y}年度", f"{y}全年", f"{y}年全年", wide(f"{y}年"), wide(str(y)), f"{han_year(y)}年", f"{y} 年",
        f"{han_year(y)}年度",
    ]  # fmt: skip


def run_forms(y: int, a: int, b: int) -> list[str]:
    forms = [
        f"{y}-{a:02}..{y}-{b:02}", f"{y}-{a}..{y}-{b}", f"{y}年{a}-{b}月", f"{y}年{a}—{b}月", f"{y}年{a}～{b}月份",
        f"{y}年{a}至{b}月", f"{y}年{a}月至{b}月", f"{y}年{a}月—{b}月", wide(f"{y}年{a}—{b}月"), f"{y} 年 {a}—{b} 月",
        f"{han_year(y)}年{han(a)}至{han(b)}月", f"{y}年{a}—{b}月累计", f"{y}年{a}月至{y}年{b}月",
    ]  # fmt: skip
    if a == 1:
        forms += [f"{y}年前{b}个月", f"截至{y}年{b}月底", f"截至{y}年{b}月", f"{y}年前{han(b)}个月"]
        forms += [f"{y}年前{han(b // 3)}季度"] if b in (6, 9) else []
    return forms


def forms_of(one: Period) -> list[str]:
    if one.run:
        return run_forms(one.year, one.first_month, one.month)
    if one.kind == "月":
        return month_forms(one.year, one.month)
    if one.kind == "年":
        return year_forms(one.year)
    number = (one.first_month - 1) // one.months + 1
    return quarter_forms(one.year, number) if one.kind == "季" else half_forms(one.year, number)


def test_every_form_of_every_period() -> None:
    seen = 0
    step = 7  # years that are read in all forms; the first and last ones are among them
    for one in everything():
        if (one.year - FIRST) % step == 0 or one.year == LAST:
            for form in forms_of(one):
                seen += 1
                assert period.read(form) == one, form
        assert period.read(str(one)) == period.parse(str(one)) == one
        named = period.parse(period.name(one))
        assert named == (one if one.months > 1 or not one.run else period.month(one.year, one.month))
    assert seen > 25_000


def test_a_bare_form_takes_the_year_of_its_base() -> None:
    for one in everything():
        if one.year % 50 != 22:
            continue
        for base in (period.month(one.year, 7), period.part(one.year, 3, 2), period.months(one.year, 1, 5)):
            word = period.short(one)
            if one.months > 1 or not one.run:
                assert period.read(word, base) == one
            if word == "全年" or one.run:
                continue
            assert period.read(f"去年{word}", base) == period.last_year(one)


def test_stems_of_facts_files_stay_strict() -> None:
    """What `parse` takes is a facts file's name; the rest of what people type is told as misnamed."""
    for form in (
        "2022-9",
        "2022.9",
        "202209",
        "二〇二二年九月",
        "2022年度",
        "截至2022年9月底",
        "2022年前5个月",
        "9月",
        "2022-Q3",
    ):
        assert period.parse(form) is None, form
        assert period.read(form, BASE) is not None, form


def test_misnamed_files_are_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from drafter.source import Files

    folder = tmp_path / "data" / "局"
    folder.mkdir(parents=True)
    for name in ("2022-09.yaml", "2022年三季度.yaml", "2022-9.yaml", "九月.yaml", "2022-09.yaml.txt"):
        (folder / name).write_text("甲: 1", "utf-8")
    assert facts.misnamed(Files(tmp_path), "局") == ("2022-09.yaml.txt", "2022-9.yaml", "九月.yaml")


def test_before_and_after() -> None:
    """The laws of 上期 and 下期, for every period and every run."""
    assert len(everything()) > 14_000
    for one in everything():
        if not one.run:
            assert period.following(period.previous(one)) == one == period.previous(period.following(one))
            assert period.previous(one).last + 1 == one.first
            assert period.previous(one).kind == one.kind
        elif one.months > 1:
            assert period.following(period.previous(one)) == one
            assert (period.previous(one).first, period.previous(one).last) == (one.first, one.last - 1)
        after = period.following(one)
        assert after > one
        if one.run:
            assert (after.first, after.last) == (
                (one.first, one.last + 1) if one.month < 12 else (one.last + 1, one.last + 1)
            )


def test_last_year_is_the_same_months() -> None:
    for one in everything():
        back = period.last_year(one)
        assert (back.year, back.first_month, back.month, back.run) == (
            one.year - 1,
            one.first_month,
            one.month,
            one.run,
        )
        assert period.name(back) == period.words(one)["上年同期"]


DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def test_days_and_leap_years() -> None:
    leaps = 0
    for one in everything():
        leap = one.month == 2 and isleap(one.year)
        leaps += leap and one.kind == "月"
        day = DAYS[one.month - 1] + leap
        assert period.last_day(one) == (one.year, one.month, day)
        written = period.date_words(period.last_day(one))
        assert written == f"{one.year}年{one.month}月{day}日" == period.words(one)["期末日"]
        assert period.read_date(written) == period.last_day(one)
        assert period.read_date(f"{one.year}年{one.month}月{day + 1}日") is None
        assert period.words(one)["截至日"] == f"截至{one.month}月{day}日"
        assert period.time_share(one) == (one.month, 12)
    assert leaps == sum(isleap(y) for y in YEARS) == 37
    assert isleap(2000)
    assert not isleap(2100)


def test_every_kind_is_told_by_its_months() -> None:
    kinds = {one.kind for one in everything()}
    assert kinds == {"月", "季", "半年", "年", "累计"}
    for one in everything():
        assert one.months == one.last - one.first + 1 == one.month - one.first_month + 1


@pytest.mark.parametrize("case", WORDS, ids=str)
def test_words_of_a_report(case: Case, accept: bool) -> None:
    one = period.parse(case.input.strip())
    assert one is not None
    said = "\n".join(f"{name} {word}" for name, word in period.words(one).items())
    if accept:
        rewrite(case, said)
    assert said == case.parts["says"]


def rewrite(case: Case, said: str) -> None:
    accept(case, "says", said)


def test_words_say_the_truth_of_every_period() -> None:
    """What must not be wrong: the end of a year, a run that does not begin in January, one month, December."""
    for one in everything():
        words = period.words(one)
        assert all(words.values())
        month = one.month
        assert words["期末"] == f"{month}月底"
        assert words["截至"] == f"截至{month}月底"
        assert words["年度"] == f"{one.year}年度"
        assert words["累计期"] == ("1月" if month == 1 else f"1—{month}月")
        assert period.read(words["累计期"], one) in (period.months(one.year, 1, month), period.month(one.year, 1))
        assert words["月份"].startswith(f"{one.first_month}月" if one.months == 1 else f"{one.first_month}—{month}月")
        assert "1—1月" not in "".join(words.values())
        assert period.read(words["月份"], one) == period.read(words["中文月份"], one)
        assert period.read(words["去年同期"], one) == period.read(words["上年同期"])
        span = period.read(words["累计季度"], one)
        assert span is not None
        assert (span.first_month, span.month, span.year) == (1, month, one.year)
        assert period.read(words["截至"], one) == period.months(one.year, 1, month)


def test_words_are_reserved_and_few() -> None:
    assert period_words() == frozenset(period.words(BASE))
    assert len(period_words()) <= 20
    for word in period_words():
        assert word.isidentifier()
        assert reserved(word)
