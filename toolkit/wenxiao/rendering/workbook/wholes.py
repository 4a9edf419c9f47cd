"""Formulas of the whole form: 执行率 and its score, 总分, 等级."""

from wenxiao.rendering.workbook.addresses import AT, Rulebook, band, rounded, whole
from wenxiao.rendering.workbook.layout import TOTAL_ROW, Layout


def whole_form(layout: Layout, rules: Rulebook) -> dict[str, str]:
    """Give the formulas of the whole form, by name."""
    first, last, rule = layout.first, layout.last, rules.rule
    sources = (layout.sources[0].row, layout.sources[-1].row)

    def here(name: str) -> str:
        return whole(name).split("!")[1]

    def column(name: str) -> str:
        return f"${AT[name]}${first}:${AT[name]}${last}"

    def effective(letter_: str) -> str:
        span = f"${letter_}${sources[0]}:${letter_}${sources[1]}"
        return f"IF({here('资金来源数')}>0,ROUND(SUM({span}),10),${letter_}${TOTAL_ROW})"

    rate, points, spent, budget = (
        here("执行率"),
        rule["execution_points"],
        here("全年执行数"),
        here("全年预算数"),
    )
    exact = f'IF({rule["rate_first"]}="是",{points}*ROUND({rate}*100,{rule["rate_places"]})/100,{points}*{spent}/{budget})'
    proportional = f"IF({spent}>={budget},{points},{rounded(exact, rule['score_places'])})"
    done, banded = here("完成年度"), band("execution", rate, rules)
    interval = (
        f'IF(AND({done}<>"",{done}<=N({rules.year}),{spent}<={budget}),{points},IF(OR(AND({done}="",{spent}<={budget}),{rate}>=1),"",'
        f"{rounded(f'{points}*({banded})', rule['score_places'])}))"
    )
    complete = (
        f'AND({rule["scored"]}="是",{rules.excerpt}<>"true",{here("填写的指标")}>0,{here("有分值的指标")}={here("填写的指标")},'
        f'{here("有得分的指标")}={here("填写的指标")},ROUND({here("分值合计")},8)=N({rule["total"]}),OR({points}="",{here("执行得分")}<>""))'
    )
    grade = '""'
    for i in reversed(range(4)):
        name, lower = rule[f"grade_{i}"], rule[f"grade_from_{i}"]
        grade = f'IF(AND({name}<>"",N({here("总分")})>=N({lower})),{name},{grade})'
    return {
        "全年预算数": effective("C"),
        "全年执行数": effective("D"),
        "执行率": f'IF(OR({budget}="",{spent}=""),"",IF({budget}=0,"",{spent}/{budget}))',
        "完成年度": f'IF({rules.completed}="","",IF(ISNUMBER({rules.completed}),YEAR({rules.completed}),IFERROR(VALUE(LEFT({rules.completed},4)),"")))',
        "执行得分": f'IF(OR({rate}="",{points}=""),"",IFERROR(IF({rule["execution"]}="proportional",{proportional},IF({rule["execution"]}="interval",{interval},"")),""))',
        "填写的指标": f"SUM({column('是否填写')})",
        "有分值的指标": f"COUNT({column('分值')})",
        "分值合计": f"ROUND(SUM({column('分值')})+N({points}),8)",
        "有得分的指标": f"COUNT({column('得分')})",
        "总分": f'IF({complete},ROUND(SUM({column("得分")})+N({here("执行得分")}),8),"")',
        "等级": f'IF({here("总分")}="","",{grade})',
        "资金来源数": f"COUNT($C${sources[0]}:$C${sources[1]})",
    }
