"""核对: what is wrong with a cell, in words beside it, and the cell turned red. The codes are those of the findings.

A formula sees less than ``wenxiao check``: only what cells of this workbook tell for certain. What it can't see stands in
:data:`LEFT_TO_THE_PROGRAM`, and on the sheet 填写说明.
"""

from typing import Any, Final

from wenxiao.rendering.workbook.addresses import Rulebook, amount, cell, step, whole
from wenxiao.rendering.workbook.books import Book, letter
from wenxiao.rendering.workbook.layout import COLUMNS, TOTAL_ROW, Layout
from wenxiao.rendering.workbook.marks import EVIDENCE
from wenxiao.words import GRADES, METHODS

LEFT_TO_THE_PROGRAM: Final = (
    "B103（另外分列）", "B107", "D501", "D502", "I307", "I308", "I311", "P601", "P602", "S201（一级指标之间的分配、标题旁的分值）", "S204",
    "T401（文字里的日期）", "T403", "T405",
)  # fmt: skip
"""Findings that no formula of the form shows."""
SIGNS_OF_BOUNDS: Final = "≥≤><≧≦＞＜"
Test = tuple[str, str]
"""A condition, and what is said where it holds."""


def said(tests: list[Test]) -> str:
    """Give the formula that says everything which holds, one after another."""
    return "=" + "&".join(f'IF(IFERROR({condition},FALSE),"{words}；","")' for condition, words in tests)


def of_indicator(r: int, rules: Rulebook) -> list[Test]:
    """Give what is looked at in an indicator's row."""

    def at(name: str) -> str:
        return step(name, r)

    points, score, claim, met = at("分值"), at("得分"), at("原表得分"), at("达到")
    target, actual, kind, text = at("指标值（数）"), at("完成值（数）"), at("类别"), at("完成值")
    cause, share, level = cell("cause", r), cell("share", r), cell("level", r)
    bound = f'AND({text}<>"",ISNUMBER(SEARCH(LEFT({text},1),"{SIGNS_OF_BOUNDS}")))'
    due = f'AND({kind}="期限",OR({at("完成余")}="底前",{at("完成余")}="末前"))'
    figures = f"SUMPRODUCT(--ISNUMBER(SEARCH({rules.lists['数字']},{text})))"
    level_named = f"SUMPRODUCT(--ISNUMBER(SEARCH({rules.lists['档次名称']},{text})))>0"
    lost = f'IF({claim}<>"",{claim},{score})'
    full_unmet = f'AND({claim}={points},{met}=FALSE,{met}<>"",{score}<>{points})'
    scanned = f'AND({at("符号")}="",OR(AND({target}>=210,{target}<300),{target}=2100))'
    of_a_whole = (
        f'AND(OR(RIGHT({at("三级指标")},1)="率",RIGHT({at("三级指标")},1)="度",RIGHT({at("三级指标")},2)="比例",RIGHT({at("三级指标")},2)="占比"),'
        f"SUMPRODUCT(--ISNUMBER(SEARCH({rules.lists['可超过一百']},{at('三级指标')})))=0)"
    )
    names = [f'SUBSTITUTE({one}," ","")' for one in (cell("planned_as", r), cell("name", r))]
    used = f"{at('是否填写')}=1"
    waiting = f'AND({used},{points}<>"",{cell("value", r)}<>"",{cell("actual", r)}<>"",{score}="",{rules.rule["scored"]}="是")'
    judged = f'AND({at("计分方法")}="{METHODS["banded"]}",OR({level}="",{share}=""))'
    evidence = f"COUNTIF({EVIDENCE}!$A:$A,{cell('number', r)})"
    low, high = (_level_end(level, end, rules) for end in ("low", "high"))
    outside = (
        f'AND({share}<>"",{level}<>"",{low}<>"",OR({at("比例")}<{low},AND({at("比例")}>={high},{high}<1)))'
    )
    return [
        (f'AND({used},{cell("name", r)}="")', "没有写三级指标名称"),
        (f'AND({used},{cell("value", r)}&{cell("sign", r)}="")', "I306 没有写年度指标值"),
        (
            f'AND({used},{cell("value", r)}<>"",{at("单位")}="%",{target}>100,OR({scanned},{of_a_whole}))',
            "I312 指标值超过100%，请核对",
        ),
        (f'OR(AND({kind}="定量",{actual}="",{bound}),{due})', "I304 完成值写的是界限，请写测得的数或日期"),
        (
            f'AND(OR(AND({kind}="定量",{actual}="",NOT({bound})),{kind}="期限"),{text}<>"",{figures}=0)',
            "I305 指标值是数或日期，完成值却是文字",
        ),
        (
            f'AND({kind}="定量",{actual}<>"",NOT({at("越小越好")}),NOT({at("方向不明")}),{rules.rule["above_target_by"]}<>"",{target}>0,'
            f'{actual}>{target}*(1+N({rules.rule["above_target_by"]})),{cause}="",NOT(AND({at("单位")}="%",{target}>=80)))',
            "I309 大幅超过指标值，请在偏差原因里说明",
        ),
        (
            f'AND({kind}="定性",{text}<>"",{figures}=0,{level}="",{share}="",{evidence}=0,NOT({level_named}))',
            "I310 定性结果请选达成档次，或附佐证材料",
        ),
        (outside, "档内比例不在所选档次的区间内"),
        (f'AND({claim}<>"",{points}<>"",{claim}>{points})', "I301 原表得分超过分值"),
        (f'AND({claim}<>"",{points}<>"",{full_unmet})', "I302 未达到指标值却记了满分"),
        (f'AND({points}<>"",{lost}<>"",{lost}<{points},{cause}="")', "I303 有失分，请写偏差原因"),
        (
            f'AND({claim}<>"",{score}<>"",{claim}<>{score},NOT({claim}>{points}),NOT({full_unmet}))',
            "I314 原表得分与按规则计算的不同",
        ),
        (f'AND({cell("planned_as", r)}<>"",{names[0]}<>{names[1]})', "I313 与绩效目标表中的名称不同"),
        (
            f"AND({waiting},{judged})",
            "※ 选达成档次、写档内比例，才有得分",
        ),
        (
            f'AND({waiting},NOT({judged}),NOT(AND({kind}="定量",{actual}="",OR({bound},{figures}=0))))',
            "※ 这一项的得分由程序计算",
        ),
    ]


def _level_end(level: str, end: str, rules: Rulebook) -> str:
    words = zip(("achieved", "partly", "missed"), ("达成", "部分达成", "未达成"), strict=True)
    text = '""'
    for key, word in words:
        text = f'IF({level}="{word}",{rules.rule[f"{key}_{end}"]},{text})'
    return text


RED: Final = {
    "name": ("没有写三级",), "value": ("I306", "I312"), "actual": ("I304", "I305", "I309", "I310"), "points": ("I301",),
    "score": ("I303",), "cause": ("I303", "I309"), "share": ("档内比例",), "level": ("I310",), "printed": ("I301", "I302", "I314"),
    "planned_as": ("I313",),
}  # fmt: skip
"""Column of an indicator's row → what must be said in 核对 for the cell to turn red."""


def of_total(layout: Layout, rules: Rulebook, unit: str, cause: str) -> list[Test]:
    """Give what is looked at in the row 年度资金总额."""
    budget, spent, rate = whole("全年预算数"), whole("全年执行数"), whole("执行率")
    tests = [(f'AND({budget}<>"",{spent}<>"",{spent}>{budget})', "B102 全年执行数超过全年预算数")]
    tests += [
        (_differs(layout, column), f"B103 {label}与各资金来源合计不同")
        for column, label in (
            ("original", "年初预算数"),
            ("adjusted", "全年预算数"),
            ("outturn", "全年执行数"),
        )
    ]
    low = rules.rule["execution_below"]
    tests += [
        (f'AND({rate}<>"",{low}<>"",{rate}<N({low}),{cause}="")', "B105 执行率偏低，请在“其他信息”写原因"),
        (f'AND({unit}="元",{budget}<>"",{budget}>0,{budget}<1000)', "B106 金额单位可能应是万元"),
    ]
    return tests


def _differs(layout: Layout, column: str) -> str:
    rows = [amount(column, layout.sources[i].row) for i in (0, -1)]
    span = f"{rows[0]}:{rows[1].split('!')[1]}"
    total, count = amount(column, TOTAL_ROW), f"COUNT({span})"
    return f'AND({total}<>"",{count}>0,{count}={whole("资金来源数")},ROUND({total}-SUM({span}),8)<>0)'


def of_source(row: int) -> list[Test]:
    """Give what is looked at in the row of a source of funds."""
    budget, spent = amount("adjusted", row), amount("outturn", row)
    return [
        (f'AND({budget}<>"",{spent}<>"",{spent}>{budget})', "B102 全年执行数超过全年预算数"),
        (f'AND({budget}&{spent}<>"",OR({budget}="",{spent}=""))', "预算数和执行数都要写，没有就写 0"),
    ]


def of_result(layout: Layout, rules: Rulebook) -> list[Test]:
    """Give what is looked at in the row 总分."""
    count, with_points, summed = whole("填写的指标"), whole("有分值的指标"), whole("分值合计")
    scored, total = rules.rule["scored"], rules.rule["total"]
    every = f'AND({scored}="是",{count}>0,{count}={with_points})'
    goals = f"SUM(L{layout.goals[0].row}:L{layout.goals[-1].row})"
    wanted = rules.rule["goal_points"]
    return [
        (f'AND({every},{rules.excerpt}<>"true",{summed}<>N({total}))', "S201 分值合计不等于满分"),
        (
            f'AND({wanted}<>"",{goals}>0,ROUND({goals}-N({wanted}),8)<>0)',
            "S201 各年度目标的分值合计与规则不同",
        ),
        (f'AND({scored}="否",{rules.rule["name"]}<>"")', "※ 本规则不计总分，或由程序计算"),
        (
            f'AND({scored}="",{rules.rubric}<>"")',
            "请填评价年度；评分规则编号也可能不认识，或不适用于这个年度",
        ),
    ]


def number_of(at: str) -> str:
    """Give the formula for a printed number as a number: 98.74%, 9.87, 96分."""
    return f'VALUE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({at}&"","%",""),"％",""),"分",""))'


def of_printed(at: dict[str, str], layout: Layout, rules: Rulebook) -> dict[str, list[Test]]:
    """Give what is looked at beside the values of 其他信息: path → tests; ``at`` gives the cell of a path."""
    rate, score, total, grade = (
        at[path]
        for path in (
            "budget.printed.execution_rate",
            "budget.printed.score",
            "printed.total",
            "printed.grade",
        )
    )
    plain = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({rate}&"","%",""),"％",""),"分","")'
    places = f'IF(ISNUMBER(FIND(".",{plain})),LEN({plain})-FIND(".",{plain}),0)'
    value, true = number_of(rate), whole("执行率")
    as_ratio = f'AND(NOT(ISNUMBER(SEARCH("%",{rate}))),{value}<=1,{places}>0,ROUND({true},{places})={value})'
    claims = [step("原表得分", row.row) for row in layout.indicators]
    span = f"{claims[0]}:{claims[-1].split('!')[1]}"
    known = f'AND(COUNT({span})={whole("填写的指标")},COUNT({span})>0,OR({rules.rule["execution_points"]}="",{score}<>""))'
    given = f'IF({score}="",0,{number_of(score)})'
    words = "、".join(GRADES.values())
    follows = '""'
    for i in reversed(range(4)):
        name, lower = rules.rule[f"grade_{i}"], rules.rule[f"grade_from_{i}"]
        follows = f'IF(AND({name}<>"",{number_of(total)}>=N({lower})),{name},{follows})'
    found = {
        "budget.printed.execution_rate": [
            (
                f'AND({rate}<>"",{true}<>"",ROUND({true}*100,{places})<>{value},NOT({as_ratio}))',
                "B101 与“全年执行数÷全年预算数”不同",
            )
        ],
        "budget.printed.score": [
            (
                f'AND({score}<>"",{whole("执行得分")}<>"",{number_of(score)}<>{whole("执行得分")})',
                "B104 与按规则计算的得分不同",
            )
        ],
        "printed.total": [
            (
                f'AND({total}<>"",{rules.excerpt}<>"true",{known},ROUND(SUM({span})+{given},8)<>{number_of(total)})',
                "S202 与各项原表得分之和不同",
            )
        ],
        "printed.grade": [
            (
                f'AND({grade}<>"",{rules.rule["grade_0"]}<>"",SUMPRODUCT(--EXACT({rules.lists["等级"]},{grade}))=0)',
                f"S203 等级用词应是{words}",
            ),
            (
                f'AND({grade}<>"",{total}<>"",SUMPRODUCT(--EXACT({rules.lists["等级"]},{grade}))=1,{follows}<>"",{follows}<>{grade})',
                "S203 等级与总分不符",
            ),
        ],
        "signed.date": [
            (
                f'AND({rules.excerpt}<>"true",{whole("填写的指标")}>0,OR({at["signed.unit"]}="",{at["signed.date"]}=""))',
                "T404 没有签署单位或日期",
            )
        ],
    }
    for path in (
        "project.started",
        "project.completed",
        "signed.date",
        "disclosure.reviewed_on",
        "disclosure.approved_on",
    ):
        found.setdefault(path, []).insert(0, (_no_such_day(at[path]), "T401 没有这一天，日期写成 2021-12-31"))
    begun, done, year = _year(at["project.started"]), _year(at["project.completed"]), rules.year
    found["project.completed"] += [
        (
            f'AND({at["project.completed"]}<>"",{at["project.started"]}<>"",{at["project.completed"]}<{at["project.started"]})',
            "T402 完成早于开始",
        ),
        (f'AND({at["project.completed"]}<>"",{done}<{year})', "T402 评价年度之前已经完成"),
    ]
    found["project.started"] += [
        (f'AND({at["project.started"]}<>"",{begun}>{year})', "T402 评价年度之后才开始")
    ]
    return found


def _year(at: str) -> str:
    return f"IF(ISNUMBER({at}),YEAR({at}),VALUE(LEFT({at},4)))"


def _no_such_day(at: str) -> str:
    """Tell whether a text is no day of the calendar, written as 2021-12-31; a cell that holds a real date is fine."""
    day = f"DATE(VALUE(LEFT({at},4)),VALUE(MID({at},6,2)),VALUE(MID({at},9,2)))"
    return f'AND({at}<>"",NOT(ISNUMBER({at})),IFERROR(OR(LEN({at})<>10,TEXT({day},"yyyy-mm-dd")<>{at}),TRUE))'


def turn_red(sheet: Any, book: Book, layout: Layout) -> None:
    """Add the conditional formats of 自评表: a cell is red where 核对 of its row says so."""
    remark, first, last = f"${letter(COLUMNS['remark'])}", layout.first, layout.last
    for name, codes in RED.items():
        column = letter(COLUMNS[name])
        found = ",".join(f'ISNUMBER(SEARCH("{code}",{remark}{first}))' for code in codes)
        _red(sheet, book, f"{column}{first}:{column}{last}", f"=OR({found})")
    top, bottom = TOTAL_ROW, layout.sources[-1].row
    for columns, code in (
        ("D", "B103 年初"),
        ("E", "B103 全年预算"),
        ("G", "B103 全年执行"),
        ("G", "B102"),
        ("J", "B105"),
    ):
        _red(sheet, book, f"{columns}{top}:{columns}{bottom}", f'=ISNUMBER(SEARCH("{code}",{remark}{top}))')
    _red(sheet, book, f"I{layout.total}", f'=ISNUMBER(SEARCH("S201",{remark}{layout.total}))')
    _red(sheet, book, "E2", f'=ISNUMBER(SEARCH("B106",{remark}{TOTAL_ROW}))')


def _red(sheet: Any, book: Book, where: str, test: str) -> None:
    sheet.conditional_format(where, {"type": "formula", "criteria": test, "format": book.red()})
