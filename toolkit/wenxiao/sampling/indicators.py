"""绩效指标 of a sample: how one indicator of each sort comes out, mostly met, else with cause and corrective action."""

from decimal import Decimal
from typing import Final

from wenxiao.money import half_up, places_of, show
from wenxiao.sampling.data import Effect, Facts, Measure, explanations
from wenxiao.sampling.drawing import Draw
from wenxiao.sampling.money import sums
from wenxiao.target import Bound, read

_AT_LEAST: Final = ("≥", "≥", "≥", "=", "", "不少于")


def counted(category: str, subcategory: str, one: Measure, draw: Draw) -> Facts:
    """Give an indicator with a number: mostly met, sometimes short or far above."""
    wanted = draw.between(one.low, one.high, one.places)
    if wanted > 200:  # nobody plans 3,217 persons
        wanted = (wanted / 10).quantize(Decimal(1)) * 10
    luck, part = draw.random(), draw.share(820, 985)
    more, far = 1 + draw.share(0, 110), 1 + draw.share(260, 560)
    factor = part if luck < 0.12 else far if luck > 0.96 else Decimal(1) if luck > 0.6 else more
    done = half_up(wanted * factor, one.places)
    sign = draw.choice(_AT_LEAST)
    row = _row(category, subcategory, one.name, f"{sign}{show(wanted)}{one.unit}", f"{show(done)}{one.unit}")
    if done < wanted:
        return _explained(row, "quantity", draw)
    return _explained(row, "above", draw) if done * 5 > wanted * 6 else row


def rated(category: str, subcategory: str, name: str, draw: Draw) -> Facts:
    """Give an indicator whose target is a rate of a whole."""
    asked = category == "satisfaction"
    wanted = Decimal(draw.choice((90, 90, 90, 92, 95) if asked else (90, 95, 95, 98, 100, 100)))
    short = draw.random() < 0.1
    # Below 90 % for the satisfied, or the rubrics that score by interval would take nothing off.
    top, bottom = (min(wanted, Decimal(90)) if asked else wanted), Decimal("0.4")
    done = top - draw.between(bottom, Decimal(6), 1) if short else draw.between(wanted, Decimal(100), 1)
    sign = draw.choice(("=", "=", "")) if wanted == 100 else "≥"
    row = _row(category, subcategory, name, f"{sign}{show(wanted)}%", f"{show(done)}%")
    return _explained(row, "satisfaction" if asked else "rate", draw) if short else row


def judged(category: str, subcategory: str, one: Measure, draw: Draw) -> Facts:
    """Give a qualitative indicator with level and share; evidence is named for some only."""
    luck = draw.random()
    level, before, low, high = (
        ("达成", "", 80, 100) if luck < 0.86 else ("部分达成", "部分", 62, 79) if luck < 0.98 else ("未达成", "尚未", 30, 48)
    )  # fmt: skip
    share = 100 if level == "达成" and draw.random() < 0.6 else draw.randint(low, high)
    row = _row(category, subcategory, one.name, one.word, f"{before}{one.word}")
    row |= {"level": level, "share": f"{share}%"}
    if draw.random() < 0.4:
        title = draw.choice(("现场核查记录", "问卷调查汇总表", "前后对比照片", "部门统计台账"))
        row["evidence"] = [{"title": title}]
    return row if share == 100 else _explained(row, "judged", draw)


def effect(one: Effect, draw: Draw) -> Facts:
    """Give an indicator of the outcome."""
    if one.word:
        return judged("outcome", one.subcategory, one, draw)
    if one.unit == "%":
        return rated("outcome", one.subcategory, one.name, draw)
    return counted("outcome", one.subcategory, one, draw)


def deadline(year: int, draw: Draw) -> Facts:
    """Give a deadline; one missed earns nothing, because no rule says what a late day costs."""
    month = draw.randint(9, 11)
    name = draw.choice(("完成建设任务时间", "项目完工时间", "任务完成时间", "竣工验收时间"))
    target = draw.choice((f"{year}年{month}月底前", f"{month}月底前", f"{year}年{month}月30日前"))
    if draw.random() < 0.05:
        row = _row("output", "timeliness", name, target, f"{year}年12月{draw.randint(1, 24)}日")
        return _explained(row | {"method": "all_or_nothing"}, "late", draw)
    done = f"{year}年{draw.randint(7, month)}月{draw.randint(1, 28)}日"
    return _row("output", "timeliness", name, target, done)


def priced(category: str, one: Measure, draw: Draw) -> Facts:
    """Give a unit cost: at most so much."""
    limit = draw.between(one.low, one.high, one.places)
    factor = 1 + draw.share(15, 90) if draw.random() < 0.06 else draw.share(900, 1000)
    spent = half_up(limit * factor, max(one.places, 1))
    row = _row(category, "cost", one.name, f"≤{show(limit)}{one.unit}", f"{show(spent)}{one.unit}")
    return _explained(row, "cost", draw) if spent > limit else row


def whole_cost(category: str, budget: Facts) -> Facts:
    """Give the project's whole cost: what was spent against what was planned."""
    amounts, unit = sums(budget), budget["amount_unit"]
    target, actual = f"≤{show(amounts['adjusted'])}{unit}", f"{show(amounts['outturn'])}{unit}"
    return _row(category, "cost", "项目总成本", target, actual)


def missed(row: Facts, draw: Draw) -> Facts:
    """Give an indicator of a project that went badly: most targets of "at least" are missed by far."""
    target = read(row["target"])
    if draw.random() < 0.3 or not isinstance(target, Bound) or target.lower_is_better:
        return row
    number, unit = target.quantity.number, target.quantity.unit
    done = half_up(number * draw.share(350, 880), min(1, places_of(number)))
    kind = row["subcategory"]
    if kind not in explanations():
        kind = "rate" if unit == "%" else "quantity"
    return _explained(row | {"actual": f"{show(done)}{unit}"}, kind, draw)


def _row(category: str, subcategory: str, name: str, target: str, actual: str) -> Facts:
    return {
        "category": category, "subcategory": subcategory, "name": name, "target": target, "actual": actual,
    }  # fmt: skip


def _explained(row: Facts, kind: str, draw: Draw) -> Facts:
    one = draw.choice(explanations()[kind])
    said = {"deviation_cause": one.cause, "corrective_action": one.action}
    return row | {key: text.format(town=draw.town()) for key, text in said.items()}
