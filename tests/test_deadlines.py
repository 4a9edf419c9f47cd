"""Days left to publish."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenxiao.publishing.deadlines import DAYS, WORKING_DAYS, deadlines

APPROVED = dt.date(2022, 4, 1)  # a Friday


@pytest.mark.parametrize(
    ("today", "calendar", "working"),
    [
        ("2022-04-01", "还有 20 天", "还有 20 个工作日"),
        ("2022-04-02", "还有 19 天", "还有 20 个工作日"),
        ("2022-04-20", "还有 1 天", "还有 7 个工作日"),
        ("2022-04-21", "今天到期", "还有 6 个工作日"),
        ("2022-04-22", "已超期 1 天", "还有 5 个工作日"),
        ("2022-04-28", "已超期 7 天", "还有 1 个工作日"),
        ("2022-04-29", "已超期 8 天", "今天到期"),
        ("2022-04-30", "已超期 9 天", "已超期 1 天"),
        ("2022-05-02", "已超期 11 天", "已超期 3 天"),
    ],
)
def test_what_is_left(today, calendar, working):
    said = [one.words.zh for one in deadlines(APPROVED, dt.date.fromisoformat(today))]
    assert said == [calendar, working]


def test_the_last_days_and_where_they_come_from():
    by_law, by_regulation = deadlines(APPROVED, APPROVED)
    assert (by_law.last, by_regulation.last) == (dt.date(2022, 4, 21), dt.date(2022, 4, 29))
    assert "《预算法》第十四条" in by_law.basis
    assert "《政府信息公开条例》第二十六条" in by_regulation.basis


def test_what_is_not_known_is_said():
    for language, words in (
        ("zh", "节假日和调休未计入，以国务院办公厅通知为准"),
        ("en", "Holidays and shifted weekends"),
    ):
        calendar, working = (one.text(language) for one in deadlines(APPROVED, APPROVED))
        assert words in working
        assert words not in calendar


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2022-04-19", "2 days left"),
        ("2022-04-20", "1 day left"),
        ("2022-04-21", "due today"),
        ("2022-04-22", "overdue by 1 day"),
    ],
)
def test_english_counts_one_day_and_two_days(today, said):
    assert deadlines(APPROVED, dt.date.fromisoformat(today))[0].words.en == said


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(-5, 60))
def test_each_day_counts_once(approved, days):
    today = approved + dt.timedelta(days)
    calendar, working = deadlines(approved, today)
    assert calendar.left == DAYS - days
    assert working.last.weekday() < 5
    inside = [approved + dt.timedelta(n) for n in range(1, (working.last - approved).days + 1)]
    assert sum(day.weekday() < 5 for day in inside) == WORKING_DAYS
    assert working.overdue is (today > working.last)
    assert (working.left == 0) is (today == working.last)
