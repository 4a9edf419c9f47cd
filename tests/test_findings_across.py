"""What only several files together show: P601 and P602."""

import random
import subprocess
import sys
from dataclasses import dataclass

import pytest

from helpers import evaluated, project
from wenxiao.findings.across import audit_across
from wenxiao.findings.shingles import Passage, alike, fingerprints, letters, sample

STORY = (
    "项目对十二个行政村的文化广场进行改造，主要内容是地面硬化、照明和健身器材安装，由镇政府组织招标，"
    "县文化馆负责技术指导，全部工程在雨季之前完工并通过验收，移交各村管护，群众反映良好，活动场次明显增加。"
)
OTHER = (
    "本年度为全县三十所中小学更换老化线路，安装漏电保护装置，逐校签订维护协议，聘请有资质的单位检测，"
    "检测结果在校门口公示，家长委员会参加抽查，发现的七处隐患均在开学之前整改完毕，并建立了定期巡查的台账。"
)


def files(*facts, **shared):
    """Give evaluations of projects a, b, c …, each with its own name."""
    return {
        f"params/2021/{chr(97 + i)}.yaml": evaluated(project(**about(f"项目{chr(97 + i)}") | shared | one))
        for i, one in enumerate(facts)
    }


def about(name="甲", unit="甲局", year=2021, **more):
    return {"project": {"name": name, "unit": unit, "year": year, **more}}


def told(evaluations, code):
    found = audit_across(evaluations)
    return {file[12]: [f for f in ones if f.code == code] for file, ones in found.items()}


def story(text):
    return {"narrative": {"overview": text}}


def full(total="100", **more):
    return {"printed": {"total": total}, **more}


# P601


def test_p601_stands_once_at_the_first_file_of_the_group():
    found = told(files(*[full()] * 5), "P601")
    assert list(found) == ["a"]
    (one,) = found["a"]
    assert (one.severity, one.where, one.printed) == ("warning", "printed.total", "100")
    assert "5 个项目都是满分 100：a、b、c等" in one.message


@pytest.mark.parametrize(
    "totals",
    [
        ["100"] * 4,
        ["100"] * 5 + ["99.5"],
        ["100"] * 4 + ["0"],
    ],
)
def test_p601_needs_five_totals_and_no_exception(totals):
    assert not told(files(*[full(total) for total in totals]), "P601")


def test_p601_counts_only_those_that_print_a_total():
    found = told(files({}, *[full("100.00分")] * 5, {}), "P601")
    assert list(found) == ["b"]
    assert "5 个项目" in found["b"][0].message


def test_p601_looks_at_each_department_and_year_alone():
    ours, theirs = (about(f"项目{n}", department=n) for n in ("教育局", "水利局"))
    last = about("项目", year=2020, department="教育局")
    assert not told(files(*[full(**ours)] * 4, full(**theirs), full(**last)), "P601")
    assert "教育局2021年" in told(files(*[full(**ours)] * 5, full("90", **theirs)), "P601")["a"][0].message


def test_p601_takes_the_region_where_no_department_is_stated():
    here, there = about(region="甲县"), about(region="乙县")
    assert list(told(files(full("98", **there), *[full(**here)] * 5), "P601")) == ["b"]


# P602: texts


def test_p602_names_the_other_project_on_both_files():
    found = told(files(story(STORY), story(STORY), story(OTHER)), "P602")
    assert sorted(found) == ["a", "b"]
    (one,) = found["a"]
    assert (one.severity, one.where) == ("warning", "narrative.overview")
    assert "b（甲局“项目b”，2021，100%）" in one.message
    assert "例如“项目对十二个行政村的文化广场进行改造" in one.message


def test_p602_a_copy_with_new_numbers_and_punctuation_is_a_copy():
    ours = STORY.replace("十二个", "12 个").replace("，", ",　")
    theirs = STORY.replace("十二个", "９个")
    assert len(told(files(story(ours), story(theirs)), "P602")) == 2


def test_p602_finds_a_copy_in_another_field_and_inside_a_longer_text():
    longer = {"objectives": [{"planned": "完成改造。", "actual": OTHER + STORY}]}
    found = told(files(story(STORY), longer), "P602")
    assert found["a"][0].where == "narrative.overview"
    assert found["b"][0].where == "objectives[0].actual"


@pytest.mark.parametrize(("changes", "found"), [(3, True), (4, False)])
def test_p602_stands_at_four_fifths_of_the_shingles(changes, found):
    # 85 letters have 81 shingles; each change away from the others takes 5 of them: 66 of 81 is 81 %, 61 is 75 %.
    text = letters(STORY)[:85]
    copy = list(text)
    for i in range(changes):
        copy[15 * (i + 1)] = "〇甲乙丙丁"[i + 1]
    assert bool(told(files(story(text), story("".join(copy))), "P602")) is found


@pytest.mark.parametrize(("length", "found"), [(60, True), (59, False)])
def test_p602_asks_for_sixty_characters(length, found):
    text = letters(STORY)[:length]
    assert bool(told(files(story(text), story(text)), "P602")) is found


def test_p602_the_same_project_in_another_year_may_repeat_itself():
    years = [about("2020年文化广场改造", year=2020), about("2021年度文化广场改造")]
    assert not told(files(*[story(STORY) | year for year in years]), "P602")
    units = [about("文化广场改造", unit=unit) for unit in ("甲镇", "乙镇")]
    assert len(told(files(*[story(STORY) | unit for unit in units]), "P602")) == 2


def test_p602_within_one_file_is_not_copying_from_another():
    assert not told(files({"narrative": {"overview": STORY, "problems": STORY}}), "P602")


@pytest.mark.parametrize(("count", "found"), [(20, 20), (21, 0)])
def test_p602_what_more_than_twenty_files_share_is_nobodys_own(count, found):
    many = {
        f"params/2021/{i:02}.yaml": evaluated(project(**about(f"项目{chr(0x4E00 + i)}") | story(STORY)))
        for i in range(count)
    }
    assert len(audit_across(many)) == found


def test_p602_common_words_do_not_make_two_texts_alike():
    # All quote the measures at length; only a and b share something of their own.
    own = [
        "".join(random.Random(seed).choices([chr(0x4E00 + i) for i in range(3000)], k=70))
        for seed in range(30)
    ]
    own[1] = own[0]
    many = {
        f"params/2021/{i:02}.yaml": evaluated(
            project(**about(f"项目{chr(0x4E00 + i)}") | story(STORY * 2 + text))
        )
        for i, text in enumerate(own)
    }
    assert [file[12:14] for file in audit_across(many)] == ["00", "01"]


def test_p602_names_three_partners_and_counts_the_rest():
    found = told(files(*[story(STORY)] * 6), "P602")
    (one,) = found["a"]
    assert [f"{name}（" in one.message for name in "bcdef"] == [True, True, True, False, False]
    assert "等共 5 个文件" in one.message


def test_p602_shows_no_personal_data():
    text = "联系人：张三 13800138001，" + STORY
    assert "13800138001" not in sample(text, frozenset(letters(text)[i : i + 5] for i in range(60)))


@pytest.mark.parametrize(
    ("classification", "named"), [("secret", False), ("internal", False), ("public", True)]
)
def test_no_report_names_a_project_that_is_not_public(classification, named):
    closed = story(STORY) | full() | {"disclosure": {"classification": classification}}
    found = audit_across(files(story(STORY) | full(), closed, *[full()] * 3))
    said = "".join(f.message for f in found["params/2021/a.yaml"])
    assert ("项目b" in said) is named
    assert ("：a、b、c等" in said) is named
    assert "5 个项目都是满分" in said


# P602: figures


def money(adjusted, outturn, unit="万元"):
    return {"budget": {"amount_unit": unit, "total": {"adjusted": adjusted, "outturn": outturn}}}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (money("9.48", "9.4"), money("9.48", "9.4"), True),
        (money("10", "9.48"), money("10", "9.48"), True),
        (money("9.48", "9.4"), money("94800", "94000", "元"), True),
        (money("9.48", "9.4"), money("9.48", "9.41"), False),
        (money("10", "10"), money("10", "10"), False),
        (money("9.48", "9.4"), money("9.48", "9.4") | about("项目a", year=2020), False),
    ],
)
def test_p602_equal_figures(one, other, found):
    said = told(files(one, other), "P602")
    assert sorted(said) == (["a", "b"] if found else [])
    assert all(f.where == "budget" for ones in said.values() for f in ones)


def test_p602_equal_figures_take_every_indicator():
    rows = project().model_dump(exclude_unset=True)["indicators"]
    same = money("9.48", "9.4")
    assert not told(files(same, same | {"indicators": [dict(rows[0], actual="9个"), *rows[1:]]}), "P602")
    assert not told(files(same, same, indicators=rows[:2]), "P602")
    assert not told(files(same, same, indicators=[dict(row, actual=None) for row in rows]), "P602")


# As a whole


def test_the_order_of_the_files_changes_nothing():
    evaluations = files(*[story(STORY) | full()] * 5, story(OTHER))
    backwards = dict(reversed(evaluations.items()))
    assert list(audit_across(backwards).items()) == list(audit_across(evaluations).items())


def test_clean_files_and_no_files_have_no_findings():
    assert audit_across({}) == {}
    assert audit_across(files(story(STORY), story(OTHER))) == {}


def test_fingerprints_are_the_same_in_every_process():
    code = f"from wenxiao.findings.shingles import fingerprints; print(sorted(fingerprints({STORY!r})))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path)}
    )  # fmt: skip
    assert run.stdout.strip() == str(sorted(fingerprints(STORY)))


@dataclass
class Copies:
    passages: list[Passage]
    pairs: set[tuple[str, str]]


def copies(seed):
    """Give 60 texts of random characters, ten of them copies with one character in forty changed."""
    chance = random.Random(seed)
    signs = [chr(0x4E00 + i) for i in range(2500)]
    found = [["".join(chance.choices(signs, k=chance.randint(60, 300)))][0] for _ in range(60)]
    pairs = set()
    for i in range(10):
        text = list(found[i])
        for k in range(7, len(text), 40):
            text[k] = "甲"
        found[50 + i] = "".join(text)
        pairs |= {(str(i), str(50 + i)), (str(50 + i), str(i))}
    return Copies([Passage(str(i), "narrative.overview", text) for i, text in enumerate(found)], pairs)


@pytest.mark.parametrize("seed", range(5))
def test_every_copy_is_found_and_nothing_else(seed):
    made = copies(seed)
    found = alike(made.passages, {passage.file: passage.file for passage in made.passages})
    assert {(like.file, like.other) for like in found} == made.pairs
