"""The sheet 计算: how each score comes from the cells of the form, step by step, in formulas every program knows.

Its rows are those of the form. A formula gives what the program gives, or nothing: what it can't read with certainty
(a day, a range, a 评分标准 of its own, other units) is left to the program. In a filled form the program's own
score then stands there, as long as nothing it depends on is changed.
"""

from typing import Any

from wenxiao.evaluation import Evaluation, IndicatorResult
from wenxiao.money import show
from wenxiao.rendering.workbook import days
from wenxiao.rendering.workbook.addresses import AT, BLOCK, STEPS, Rulebook, band, cell, rounded, whole
from wenxiao.rendering.workbook.books import Book, formula, put
from wenxiao.rendering.workbook.choices import WORDS_ONLY
from wenxiao.rendering.workbook.layout import TOTAL_ROW, IndicatorRow, Layout
from wenxiao.rendering.workbook.marks import FORM, WORKINGS
from wenxiao.rendering.workbook.splitting import ALIKE, split
from wenxiao.rendering.workbook.wholes import whole_form
from wenxiao.words import CATEGORIES, LEVELS, METHODS, SUBCATEGORIES


def write_workings(book: Book, layout: Layout, rules: Rulebook, evaluation: Evaluation | None) -> None:
    """Write the sheet; ``evaluation`` gives the program's scores of a filled form."""
    sheet = book.sheet(WORKINGS)
    look = book.look("plain", text_wrap=False)
    for i, name in enumerate(STEPS, 1):
        put(sheet, layout.first - 1, i, name, book.look("plain_head"))
    put(sheet, 1, 1, "本表由公式计算，不用填写；各行与“自评表”的同一行对应。", look)
    for money in (TOTAL_ROW, *(one.row for one in layout.sources)):
        for column, source in zip("BCD", "DEG", strict=True):
            _write(sheet, money, "ABCD".index(column) + 1, _number(f"{FORM}!${source}{money}"), look)
    for i, (name, text) in enumerate(whole_form(layout, rules).items(), 2):
        put(sheet, i, BLOCK, name, look)
        _write(sheet, i, BLOCK + 1, text, look)
    results = {id(result.indicator): result for result in evaluation.indicators} if evaluation else {}
    for row in layout.indicators:
        for name, text in _steps(row.row, row, rules).items():
            _write(sheet, row.row, STEPS.index(name) + 1, text, look)
        if (result := results.get(id(row.indicator))) and result.score.value is not None and evaluation:
            put(sheet, row.row, STEPS.index("核定时所填") + 1, _snapshot(result, evaluation), look)
            put(sheet, row.row, STEPS.index("核定得分") + 1, float(result.score.value), look)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(STEPS) - 1, 11)
    sheet.set_column(BLOCK - 1, BLOCK - 1, 14)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _write(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    formula(sheet, row, column, f"={text}", look)


def _number(at: str) -> str:
    return f'IF({at}="","",IF(ISNUMBER({at}),{at},IFERROR(VALUE({at}),"")))'


def _digits(at: str) -> str:
    """Tell whether a text is a plain number of up to fifteen digits, and nothing else."""
    rest = at
    for digit in "0123456789":
        rest = f'SUBSTITUTE({rest},"{digit}","")'
    rest = f'SUBSTITUTE({rest},".","",1)'
    return f'AND(LEN({at})>0,LEN({at})<=15,LEFT({at},1)<>".",RIGHT({at},1)<>".",LEN({rest})=0)'


def _plain_sign(at: str) -> str:
    """Write ≧ and ═, as forms print them, as the signs that are meant."""
    text = f"TRIM({at})"
    for printed, meant in ALIKE.items():
        text = f'SUBSTITUTE({text},"{printed}","{meant}")'
    return text


def _any_of(words: str, at: str) -> str:
    return f"SUMPRODUCT(--ISNUMBER(SEARCH({words},{at})))>0"


def _one_of(words: str, at: str) -> str:
    return f"SUMPRODUCT(--EXACT({words},{at}))>0"


def _year_like(at: str) -> str:
    """Tell whether a number without unit may be a year, a month or a day written in figures."""
    return f"OR(AND({at}>=1900,{at}<2100),AND({at}>=190000,{at}<210000),AND({at}>=19000000,{at}<21000000))"


def _steps(r: int, row: IndicatorRow, rules: Rulebook) -> dict[str, str]:
    """Give the formulas of an indicator's row, by step."""

    def at(name: str) -> str:
        return f"${AT[name]}{r}"

    target, actual, unit, sign = at("指标值（数）"), at("完成值（数）"), at("单位"), at("符号")
    text, done, lists, rule = at("指标值"), at("完成值"), rules.lists, rules.rule
    kind = at("类别")
    inputs = [
        cell(name, r)
        for name in ("name", "value", "actual", "points", "unit", "cause", "action", "planned_as", "printed")
    ]
    plain = f'SUBSTITUTE(SUBSTITUTE(TRIM({cell("actual", r)}),"％","%"),"＝","=")'
    scanned = f'AND({unit}="%",OR(AND({{0}}>=210,{{0}}<300),{{0}}=2100))'
    dated = f'OR(AND({unit}="",{_year_like("{0}")}),AND({unit}="年",{{0}}>=1900,{{0}}<2100))'
    cost = f'OR({at("一级指标")}="成本指标",RIGHT({at("二级指标")},4)="成本指标")'
    lasting = f'AND({at("二级指标")}="时效指标",{_one_of(lists["时长单位"], unit)})'
    own = cell("method", r)
    deadline, first, last = at("期限"), at("完成首日"), at("完成末日")
    met_in_time = (
        f'IF(OR({first}="",{last}=""),"",IF({last}<={deadline},TRUE,IF({first}>{deadline},FALSE,"")))'
    )
    return {
        "三级指标": f'{cell("name", r)}&""',
        "是否填写": f'IF({"&".join(inputs)}="",0,1)',
        "一级指标": f'{cell("category", row.tops[0])}&""',
        "二级指标": f'{cell("subcategory", row.tops[1])}&""',
        "符号": f'IF({cell("sign", r)}="{WORDS_ONLY}","",{_plain_sign(cell("sign", r))})',
        "指标值": f"TRIM({cell('value', r)})",
        "单位": f"TRIM({cell('unit', r)})",
        "单位可读": f'IF({unit}="",TRUE,{_one_of(lists["度量单位"], unit)})',
        "指标值（数）": f'IF(AND({_digits(text)},{at("单位可读")}),VALUE({text}),"")',
        "完成值": f'IF(LEFT({plain},1)="=",MID({plain},2,99),{plain})',
        "去掉单位": f'IF(AND({unit}<>"",RIGHT({done},LEN({unit}))={unit}),LEFT({done},LEN({done})-LEN({unit})),{done})',
        "完成值（数）": (
            f'IF(NOT({_digits(at("去掉单位"))}),"",IF(OR({scanned.format("VALUE(" + at("去掉单位") + ")")},'
            f"AND({at('去掉单位')}={done},{_year_like('VALUE(' + at('去掉单位') + ')')}),"
            f'AND({unit}="年",VALUE({at("去掉单位")})>=1900)),"",VALUE({at("去掉单位")})))'
        ),
        **_days(r, rules),
        "类别": (
            f'IF({target}<>"",IF(OR(AND({sign}="",OR({scanned.format(target)},{dated.format(target)})),AND({unit}="年",{target}>=1900)),"","定量"),'
            f'IF(AND({unit}="",OR({cell("sign", r)}="",{cell("sign", r)}="{WORDS_ONLY}"),NOT({_any_of(lists["数字"], text)})),"定性",IF({at("期限")}<>"","期限","")))'
        ),
        "计分方法": (
            f'IF({own}<>"",{own}&"",IF({cell("rule", r)}<>"","",IF(OR({kind}="定性",{cell("level", r)}<>""),{rule["qualitative"]},'
            f'IF({kind}="定量",IF(AND({at("一级指标")}="满意度指标",{rule["satisfaction"]}<>"",{unit}="%"),{rule["satisfaction"]},{rule["quantitative"]}),'
            f'IF({kind}="期限",IF({rule["deadlines"]}<>"",{rule["deadlines"]},"期限"),"")))))'
        ),
        "越小越好": f'IF({target}="","",OR({sign}="≤",{sign}="<",AND({target}=0,OR({sign}="",{sign}="="))))',
        "方向不明": (
            f'IF(OR({target}="",{actual}=""),FALSE,AND(OR({sign}="",{sign}="="),{actual}<>{target},{target}<>0,'
            f"OR({cost},{lasting},{_any_of(lists['不希望的'], at('三级指标'))})))"
        ),
        "达到": (
            f'IF({kind}="期限",{met_in_time},IF(OR({kind}<>"定量",{actual}="",{at("方向不明")}),"",IF({sign}=">",{actual}>{target},IF({sign}="<",{actual}<{target},'
            f"IF({at('越小越好')},{actual}<={target},{actual}>={target})))))"
        ),
        "分值": _number(cell("points", r)),
        "比例": _number(cell("share", r)),
        "公式得分": _score(r, rules),
        "现在所填": f'IFERROR({_inputs(r, row, rules)},"")',
        "得分": f'IF({at("公式得分")}<>"",{at("公式得分")},IF(AND({at("核定得分")}<>"",{at("核定时所填")}={at("现在所填")}),{at("核定得分")},""))',
        "原表得分": f'IF({cell("printed", r)}="","",IFERROR(VALUE(SUBSTITUTE({cell("printed", r)}&"","分","")),""))',
    }


def _days(r: int, rules: Rulebook) -> dict[str, str]:
    """Give the steps that read a deadline and the day of completion."""

    def at(name: str) -> str:
        return f"${AT[name]}{r}"

    found: dict[str, str] = {}
    for name, source in (("期限", cell("value", r)), ("完成", cell("actual", r))):
        text = at(f"{name}文字")
        found |= {f"{name}文字": days.spelled(source), f"{name}年": days.year(text, rules.year)}
        found |= {f"{name}月": days.month(text), f"{name}余": days.rest(text)}
    due = [at(f"期限{part}") for part in ("文字", "年", "月", "余")]
    done = [at(f"完成{part}") for part in ("文字", "年", "月", "余")]
    deadline = days.last_day(due[0], due[1], due[2], due[3], days.MONTH_ENDS, True)
    found["期限"] = f'IF({at("符号")}&{at("单位")}<>"","",{deadline})'
    found["完成首日"] = days.first_day(done[0], done[1], done[2], done[3], days.DONE_ENDS)
    found["完成末日"] = days.last_day(done[0], done[1], done[2], done[3], days.DONE_ENDS, False)
    return found


def _score(r: int, rules: Rulebook) -> str:
    def at(name: str) -> str:
        return f"${AT[name]}{r}"

    target, actual, points, met = at("指标值（数）"), at("完成值（数）"), at("分值"), at("达到")
    method, low, unit, rule = at("计分方法"), at("越小越好"), at("单位"), rules.rule
    names = METHODS
    share = f'IF(OR({cell("actual", r)}="",{at("比例")}="",AND({method}="{names["banded"]}",{cell("level", r)}="")),"",{points}*{at("比例")})'
    reached = f"IF({low},{target}/{actual},{actual}/{target})"
    floor = f'AND({method}="{names["proportional_with_floor"]}",{rule["floor"]}<>"",ROUND({reached},12)<N({rule["floor"]}))'
    under = f'IF({rule["at_most"]}="linear",MAX(0,{points}*(2*{target}-{actual})/{target}),{points}*{target}/{actual})'
    part = f"IF({met},{points},IF({target}=0,0,IF({floor},0,IF({low},{under},{points}*{actual}/{target}))))"
    share_of_band = band("satisfaction", f"{actual}/100", rules)
    interval = f'IF(OR({low},{unit}<>"%",{cell("rule", r)}<>"",{rule["satisfaction"]}=""),"",{points}*({share_of_band}))'
    numbers = (
        f'IF({method}="{names["all_or_nothing"]}",IF({met},{points},0),IF({method}="{names["interval"]}",{interval},'
        f'IF(OR({method}="{names["proportional"]}",{method}="{names["proportional_with_floor"]}"),{part},"")))'
    )
    undefined = f'AND({target}=0,OR({at("符号")}=">",{at("符号")}="<"),NOT({met}))'
    judged = f'OR({method}="{names["banded"]}",{method}="{names["coefficient"]}")'
    by_rule = f'AND({cell("rule", r)}<>"",OR({method}="",{method}="{names["stepwise"]}",{method}="{names["interval"]}"))'
    in_time = f'IF({by_rule},"",IF({met},{points},IF({method}="{names["all_or_nothing"]}",0,"")))'
    exact = (
        f'IF({judged},{share},IF({met}="","",IF({at("类别")}="期限",{in_time},IF({undefined},"",{numbers}))))'
    )
    return f'IF(OR({rule["scored"]}<>"是",{points}=""),"",IFERROR({rounded(exact, rule["score_places"])},""))'


def _inputs(r: int, row: IndicatorRow, rules: Rulebook) -> str:
    """Give all that a score of this row may depend on, as one text."""
    names = ("name", "sign", "value", "unit", "actual", "points", "level", "share", "method", "rule")
    parts = [
        f"{WORKINGS}!${AT['一级指标']}{r}",
        f"{WORKINGS}!${AT['二级指标']}{r}",
        *(cell(name, r) for name in names),
    ]
    parts += [rules.rubric, rules.year, whole("全年预算数"), whole("全年执行数")]
    return '&"|"&'.join(parts)


def _snapshot(result: IndicatorResult, evaluation: Evaluation) -> str:
    """Give the same text as the cells had it when the program scored; see :func:`_inputs`."""
    one = result.indicator
    sub = SUBCATEGORIES[one.subcategory] if one.subcategory else ""
    share = "" if one.share is None else show(one.share)
    points = "" if one.points is None else show(one.points)
    level = LEVELS[one.level] if one.level else ""
    method = METHODS[one.method] if one.method else ""
    total = evaluation.budget.total
    parts = (
        CATEGORIES[one.category], sub, one.name, *split(one.target), one.actual or "", points, level, share, method, one.rule or "",
        evaluation.project.rubric, str(evaluation.project.year), show(total.adjusted), show(total.outturn),
    )  # fmt: skip
    return "|".join(parts)
