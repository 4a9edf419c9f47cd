"""How well personal data are told from other numbers: tables of strings as they stand on forms, precision and recall."""

from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from wenxiao.findings.names import name_beside
from wenxiao.findings.personal import KINDS, masked, personal_data
from wenxiao.findings.plain import plain


def table(name):
    return YAML(typ="safe", pure=True).load(Path(__file__).parent / "personal" / f"{name}.yaml")


FOUND, LEFT, OFFICES = table("found"), table("left"), table("offices")


def measured(strict):
    """Give true positives, misses and false alarms by kind, hit by hit, over both tables."""
    right, missed, wrong = Counter(), Counter(), Counter()
    for text, kinds in [*FOUND, *((text, []) for text in LEFT)]:
        given, meant = Counter(hit.kind for hit in personal_data(text, strict)), Counter(kinds)
        right += given & meant
        missed += meant - given
        wrong += given - meant
    return right, missed, wrong


def ratio(part, rest):
    return part / (part + rest) if part + rest else 1.0


@pytest.mark.parametrize("strict", [True, False], ids=["gate", "check"])
def test_precision_and_recall(strict, capsys):
    right, missed, wrong = measured(strict)
    with capsys.disabled():
        print(
            f"\npersonal data, {'gate' if strict else 'check'}: {len(FOUND)} positive and {len(LEFT)} negative strings"
        )
        for kind in (*KINDS, None):
            r, m, w = ((c[kind] if kind else c.total()) for c in (right, missed, wrong))
            print(
                f"  {kind or 'all':10} {r + m:4} hits, precision {ratio(r, w):.3f}, recall {ratio(r, m):.3f}"
            )
    assert len(FOUND) >= 60
    assert len(LEFT) >= 60
    assert ratio(right.total(), wrong.total()) >= 0.97
    assert ratio(right.total(), missed.total()) >= 0.97
    if strict:
        assert missed["mobile"] == 0


@pytest.mark.parametrize("text", OFFICES)
def test_what_is_an_offices_is_never_certain(text):
    assert [hit.certain for hit in personal_data(text, strict=True)] == [False] * max(1, text.count("、") + 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("联系人：张三，电话0745-6212345", "张三"),
        ("负责人 欧阳明 6212345（电话：6212345）", None),
        ("户名：杨秀英，账号：1234567812345670", "杨秀英"),
        ("账号：1234567812345670，户名：杨秀英", "杨秀英"),
        ("户名：杨秀英水果店，账号：1234567812345670", None),
        ("司机龙建军 湘N12345", "龙建军"),
        ("王芳（wangfang@example.com）", "王芳"),
    ],
)
def test_a_name_makes_an_uncertain_number_somebodys(text, name):
    hit = personal_data(text)[-1]
    assert (hit.name, hit.certain) == (name, name is not None)


@pytest.mark.parametrize(("text", "kinds"), FOUND)
def test_a_masked_text_gives_nothing_away(text, kinds):
    shown = masked(text)
    hits = personal_data(text)
    assert not any(hit.digits in shown for hit in hits)
    assert not any(hit.digits in hit.masked for hit in hits)


def test_two_spellings_of_a_number_are_one():
    (one,), (other,) = personal_data("138-0013-8001"), personal_data("１３８　００１３　８００１")
    assert one.digits == other.digits == "13800138001"


def test_spans_are_those_of_the_text_as_written():
    text = "请拨\u200b１３８\u200b００１３\u200b８００１。"
    (hit,) = personal_data(text)
    assert text[slice(*hit.span)] == hit.text == "１３８\u200b００１３\u200b８００１"


@pytest.mark.parametrize("digits", ["٠١٢", "०१२", "𝟎𝟏𝟐", "０１２"])
def test_digits_of_any_script_are_digits(digits):
    assert plain(digits).text == "012"


def test_a_name_is_looked_for_only_right_beside():
    assert name_beside("张三负责全部工作,电话 6212345", 13, 20) is None
