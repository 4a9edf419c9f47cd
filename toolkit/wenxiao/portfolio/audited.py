"""Findings by kind and gravity."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from wenxiao.document import Block, Figure
from wenxiao.drawing import GREY, INK, LOST, RED, Drawing
from wenxiao.portfolio.figures import count_of, paragraph, part_of, share_of, table

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

SEVERITIES: Final = {"error": "错误", "warning": "警告", "note": "提示"}
_COLOURS: Final = {"error": RED, "warning": LOST, "note": GREY}
MOST: Final = 12
"""Kinds of findings in the chart."""


@dataclass(slots=True)
class Told:
    """Findings of one code: unanswered ones by severity, answered ones, and the projects they are found in."""

    code: str
    kind: str
    open: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    projects: set[tuple[int, str]] = field(default_factory=set)

    @property
    def said(self) -> str:
        """The unanswered ones in words."""
        return "，".join(f"{word} {self.open[key]:,}" for key, word in SEVERITIES.items() if self.open[key])


def _told(portfolio: "Portfolio") -> list[Told]:
    """Give the findings by code, the most frequent first."""
    found: dict[str, Told] = {}
    for year, stem, code, kind, severity, answer in portfolio.rows(
        "findings", "year", "stem", "code", "kind", "severity", "acknowledged"
    ):
        one = found.setdefault(code, Told(code, kind or "本版本不认识的问题"))
        one.projects.add((year, stem))
        if answer is None:
            one.open[severity] += 1
        else:
            one.answered += 1
    return sorted(found.values(), key=lambda one: (-one.open.total(), one.code))


def found(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Say what was found: in words, and by code."""
    ones, told = portfolio.ones, _told(portfolio)
    if not ones:
        return ()
    if not told:
        return (paragraph(f"{count_of(len(ones))}项目都没有发现问题。"),)
    counts = Counter[str]()
    for one in told:
        counts.update(one.open)
    answered = sum(one.answered for one in told)
    touched = {key for one in told for key in one.projects}
    wrong = sum(one.errors > 0 for one in ones)
    said = paragraph(
        f"{count_of(len(ones))}项目共发现 {count_of(counts.total() + answered, '条')}问题，分布在 {part_of(len(touched), len(ones))}项目：",
        "、".join(f"{word} {count_of(counts[key], '条')}" for key, word in SEVERITIES.items()),
        f"，另有 {count_of(answered, '条')}单位已经说明" if answered else "",
        f"。有未说明的错误的项目 {part_of(wrong, len(ones))}。",
    )
    rows = [
        (
            one.code, one.kind, *(f"{one.open[key]:,}" for key in SEVERITIES), f"{one.answered:,}", f"{len(one.projects):,}",
            share_of(len(one.projects), len(ones)),
        )
        for one in told
    ]  # fmt: skip
    head = ("编号", "问题", "错误", "警告", "提示", "已说明", "项目数", "占全部项目")
    order = "按未说明的条数从多到少排列"
    note = "每个编号的意思和整改办法见 wenxiao explain 编号。"
    return (
        said,
        table(
            "发现的问题，按编号",
            head,
            rows,
            (8, 34, 9, 9, 9, 9, 10, 12),
            order=order,
            prose=(1,),
            noun="种",
            note=note,
        ),
    )


def found_chart(portfolio: "Portfolio") -> Figure | None:
    """Draw the most frequent findings by severity; None where there is none."""
    told = [one for one in _told(portfolio) if one.open.total()]
    if not told:
        return None
    shown = told[:MOST]
    drawing = Drawing(len(shown), 1.7 * max(one.open.total() for one in shown))
    for i, one in enumerate(shown):
        drawing.name(i, one.kind)
        at = one.open.total()
        for key in reversed(SEVERITIES):  # the gravest on top, from zero
            drawing.bar(i, at, 0.6, _COLOURS[key])
            at -= one.open[key]
        drawing.value(i, one.open.total(), f"{one.code}  {one.said}", RED if one.open["error"] else INK)
    drawing.scale(words="未说明的问题条数（深红：错误；浅红：警告；灰：提示）")
    parts = "；".join(f"{one.code}{one.kind}：{one.said}" for one in shown)
    size = f"最多的 {MOST} 种，共 {len(told)} 种" if len(told) > MOST else f"{len(told)} 种"
    return Figure(f"条形图：{parts}。", f"发现的问题，按编号和级别（{size}）", svg=drawing.svg())
