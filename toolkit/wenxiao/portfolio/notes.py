"""On what the figures rest: where the data come from and how each figure was computed."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from wenxiao import fonts
from wenxiao.document import Block, Listing, Notice
from wenxiao.portfolio import departments, grading, shortfalls, spending
from wenxiao.portfolio.figures import paragraph
from wenxiao.portfolio.tabular import UNSTATED

if TYPE_CHECKING:
    from wenxiao.portfolio.frames import Portfolio

LIBRARIES: Final = ("wenxiao", "papermill", "nbconvert", "pandas", "matplotlib", "typst")
METHODS: Final = (
    "金额、分数和比率都用十进制数精确计算，显示时四舍五入；总体执行率＝全年执行数合计÷全年预算数合计，不是各项目执行率的平均。",
    "总分、等级由各项目所用的评分规则给出；规则不给总分的、事实不全的项目没有总分，不计入总分的平均和分布。各规则的分值结构可能不同。",
    f"“{UNSTATED}”是没有写明主管部门的项目，不与写明的部门比较总分。",
    "“可以比较的指标”指指标值和实际完成值都能读成数量或日期、单位一致、方向明确的指标；定性指标不计入。",
    "产出平均完成程度：产出指标中能用数字比较的，完成值与指标值之比（越少越好的取反方向）以 100% 为限，取简单平均；日期指标不计入。",
    f"四分位数按线性插值；总分低于下四分位数减 1.5 倍四分位距的为明显偏低；不足 {grading.FEWEST} 个总分的不判断、不画分布图，"
    f"不足 {departments.FEWEST} 个的部门不比较总分，可以比较的不足 {shortfalls.FEWEST} 项的指标类不画图。",
    f"执行率低于 {spending.LOW}% 为偏低、{spending.MUCH}% 以下为没有花完，是本分析的界限，不是考核标准。",
    "年度比较只对照名称（不计年份）和实施单位都相同的项目；改名、换单位的项目对不上。",
)


def notes(portfolio: "Portfolio") -> tuple[Block, ...]:
    """Say on what the figures rest."""
    said = [Listing(False, tuple((paragraph(words),) for words in METHODS))]
    versions = "、".join(f"{name} {version(name)}" for name in LIBRARIES)
    year, department = portfolio.chosen
    lines = [
        f"范围：{'、'.join(filter(None, (f'{year}年度' if year else '', department))) or '全部年度、全部部门'}",
        f"portfolio-projects.csv SHA-256：{portfolio.digest}",
        f"字体 SHA-256：{fonts.bundle_hash()}",
        f"软件版本：{versions}",
    ]
    return (*said, Notice("provenance", "数据来源", tuple(map(paragraph, lines))))
