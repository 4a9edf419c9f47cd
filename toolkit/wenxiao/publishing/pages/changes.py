"""What changed between two published versions of a report, as a reader would ask: money, result, indicators, findings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wenxiao.publishing.pages.shown import ABSENT, clipped

LONGEST: Final = 80
_RESULT: Final = {"total": "总分", "grade": "等级", "rubric": "评分规则", "date": "报告日期"}
_EXECUTION: Final = {"execution_rate": "执行率", "score": "预算执行率得分"}
_ABOUT: Final = {"name": "项目名称", "unit": "实施单位", "department": "主管部门", "region": "地区"}
_MONEY: Final = {"original": "年初预算数", "adjusted": "全年预算数", "outturn": "全年执行数"}
_INDICATOR: Final = {
    "target": "指标值", "actual": "实际完成值", "points": "分值", "score": "得分",
    "deviation_cause": "偏差原因", "corrective_action": "改进措施",
}  # fmt: skip
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after; what was not stated is 未填报."""

    what: str
    before: str
    after: str


def changes(before: Record, after: Record) -> tuple[Change, ...]:
    """Give the changes between two evaluation.json, the result first."""
    return tuple(_changes(before, after))


def _changes(a: Record, b: Record) -> Iterator[Change]:
    yield from _differing("", _RESULT, a, b)
    yield from _differing("", _ABOUT, a["project"], b["project"])
    yield from _differing("", _MONEY, _amounts(a["budget"]), _amounts(b["budget"]))
    yield from _differing("", _EXECUTION, a["budget"], b["budget"])
    yield from _rows(a["indicators"], b["indicators"])
    yield from _findings(a["findings"], b["findings"])


def _amounts(budget: Record) -> dict[str, str | None]:
    unit = budget["amount_unit"]
    return {key: f"{budget[key]} {unit}" if budget[key] is not None else None for key in _MONEY}


def _differing(name: str, labels: Mapping[str, str], a: Record, b: Record) -> Iterator[Change]:
    for key, words in labels.items():
        if a.get(key) != b.get(key):
            yield Change(f"{name}{words}", _said(a.get(key)), _said(b.get(key)))


def _said(value: Any) -> str:
    return ABSENT if value is None or value == "" else clipped(str(value), LONGEST)


def _rows(a: list[Record], b: list[Record]) -> Iterator[Change]:
    """Compare indicators of the same name; of several, in their order."""
    left = list(a)
    for row in b:
        name = f"“{clipped(row['name'], 30)}”"
        twin = next((one for one in left if one["name"] == row["name"]), None)
        if twin is None:
            yield Change(f"指标{name}", "没有", "新增")
            continue
        left.remove(twin)
        yield from _differing(name, _INDICATOR, twin, row)
    for row in left:
        yield Change(f"指标“{clipped(row['name'], 30)}”", "有", "删去")


def _findings(a: list[Record], b: list[Record]) -> Iterator[Change]:
    one, two = ({(f["code"], f["where"]): f for f in found} for found in (a, b))
    for key in [*one, *(key for key in two if key not in one)]:
        before, after = (_state(found.get(key)) for found in (one, two))
        if before != after:
            yield Change(f"核对发现 {key[0]}（{clipped(key[1], 40)}）", before, after)


def _state(finding: Record | None) -> str:
    if finding is None:
        return "没有"
    return "有，已说明" if finding.get("acknowledged") else "有"
