"""Hypothesis strategies for facts as a form must carry them: every field, with texts and numbers that are hard on cells."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from wenxiao.model import Project
from wenxiao.words import CATEGORIES, LEVELS, METHODS, SUBCATEGORIES

PIECES = st.sampled_from([
    "=8个", "=1+1", "≥95%", "＝100%", "≧3", "-", "—", "/", "'", '"', "<b>&amp;", "0012", "1e5", "3.10", "12:30", "2021-12-31", "TRUE", "#N/A", "@", "+5", "一行\n二行",
    "\t", "a  b", "_x000D_", "\x07", "\x85", "\u2028", "😀", "㙦䶮𬭎", "定性", "当年财政拨款", "总分", "年度资金总额", "（见“其他信息”）", "8个", "95", "50%", "个", "万元", "…",
])  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=3).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
).filter(lambda text: text.strip() != "")
TARGETS = st.one_of(
    st.sampled_from(["≥95%", "8个", "=100%", "≤90万元", "2021年12月底前", "98%以上", "5-8个", "显著提高", "≧735人次", "═100%", ">0", "290%", "二季度末前", "95.0%", "定性"]), TEXTS
)  # fmt: skip
DAYS = st.dates().map(lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}")
CLAIMS = st.sampled_from(["100%", "98.74%", "9.87", "96分", "-3", "10.0", "１００％", "007"])


def decimals(places: int) -> st.SearchStrategy[str]:
    """Give amounts as text, with zeros at the end as often as not, up to eighteen digits."""
    number = st.integers(0, 10**17 - 1).map(lambda n: format(Decimal(n).scaleb(-places), "f"))
    short = st.decimals(0, 9999, places=min(2, places)).map(lambda d: format(d, "f"))
    return st.one_of(
        number, short, st.sampled_from(["0", "38.14", "100", "38.140"]) if places >= 3 else st.just("0")
    )


def some(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Give groups with all required and some optional fields."""
    return st.fixed_dictionaries(required, optional=optional)


PARTS = some({"name": TEXTS, "amount": decimals(2)}, {})
SPLIT = some(
    {"name": TEXTS, "parts": st.lists(PARTS, max_size=3)},
    {"column": st.sampled_from(["original", "adjusted", "outturn"]), "printed": some({}, {"total": CLAIMS})},
)
AMOUNTS = {"adjusted": decimals(2), "outturn": decimals(2)}
BUDGET = some(
    {"amount_unit": st.sampled_from(["元", "万元", "亿元"]), "total": some(AMOUNTS, {"original": decimals(2)})},
    {
        "sources": st.lists(some({"name": TEXTS, **AMOUNTS}, {"original": decimals(2)}), max_size=5),
        "received": decimals(2), "splits": st.lists(SPLIT, max_size=3), "deviation_cause": TEXTS, "corrective_action": TEXTS,
        "printed": some({}, {"execution_rate": CLAIMS, "score": CLAIMS}),
    },
).flatmap(
    lambda budget: st.sampled_from([budget, {k: v for k, v in budget.items() if k != "total"}]) if budget.get("sources") else st.just(budget)
)  # fmt: skip
EVIDENCE = some(
    {"title": TEXTS},
    {"sha256": st.sampled_from(["0" * 64, "ab" * 32]), "file": st.sampled_from(["a/b.pdf", "验收 报告.pdf"])},
)
INDICATOR = some(
    {"category": st.sampled_from(list(CATEGORIES)), "name": TEXTS},
    {
        "subcategory": st.sampled_from(list(SUBCATEGORIES)), "target": TARGETS, "actual": TARGETS, "points": decimals(2), "planned_as": TEXTS,
        "method": st.sampled_from(list(METHODS)), "rule": TEXTS, "goal": st.integers(1, 99), "level": st.sampled_from(list(LEVELS)),
        "share": st.sampled_from(["95%", "0.5", "1", "33.333333%", "0", "0.12345678"]), "deviation_cause": TEXTS, "corrective_action": TEXTS,
        "evidence": st.lists(EVIDENCE, max_size=2), "printed": some({}, {"score": CLAIMS}),
    },
)  # fmt: skip
NARRATIVE = some(
    {}, dict.fromkeys(["overview", "organisation", "experience", "problems", "suggestions", "other"], TEXTS)
)
HEADINGS = some(
    {},
    dict.fromkeys(
        ["execution", "decision", "process", "output", "outcome", "satisfaction", "cost"], decimals(2)
    ),
)
FACTS = some(
    {
        "schema": st.just("wenxiao/1"), "budget": BUDGET, "indicators": st.lists(INDICATOR, min_size=1, max_size=5),
        "project": some(
            {"name": TEXTS, "year": st.integers(2019, 2030), "unit": TEXTS}, {"region": TEXTS, "department": TEXTS, "started": DAYS, "completed": DAYS}
        ),
    },
    {
        "rubric": st.sampled_from(["mof-2020", "hubei-20-80", "county-no-scores", "mof-2021-cost"]), "excerpt": st.sampled_from(["true", "false"]),
        "objectives": st.lists(some({}, {"points": decimals(2), "planned": TEXTS, "actual": TEXTS}), max_size=4), "narrative": NARRATIVE,
        "printed": some({}, {"total": CLAIMS, "grade": TEXTS, "points": HEADINGS}), "signed": some({}, {"unit": TEXTS, "date": DAYS}),
        "acknowledged": st.lists(some({"code": st.just("I303"), "reason": TEXTS}, {"where": TEXTS}), max_size=2), "redact": st.lists(TEXTS, max_size=3),
        "disclosure": some({}, {"classification": st.sampled_from(["public", "internal", "secret"]), "reviewed_by": TEXTS, "approved_on": DAYS}),
    },
)  # fmt: skip
PROJECTS = FACTS.map(Project.model_validate)


def stated(one: Project) -> dict[str, Any]:
    """Give all that a project states, digit by digit: what a form must give back."""
    return one.model_dump(by_alias=True, exclude_defaults=True, exclude={"contact"}, mode="json")
