"""Titles: the year evaluated, and where no field says them, the unit and the project's name."""

import re
from typing import Final

from wenxiao.importing.grid import Cell, Paragraph
from wenxiao.importing.interpreting.cleaning import squeezed, tidy
from wenxiao.importing.interpreting.drafting import Value
from wenxiao.importing.interpreting.found import Found

_TITLE: Final = re.compile(
    r"(?:绩效)?(?:目标)?(?:完成情况)?(?:自评|评价)(?:价)?(?:表|报告|情况|结果)|自评表|自评报告|评价报告"
)
_YEAR: Final = re.compile(r"((?:19|20)\d\d)\s*年")
_ONLY_YEAR: Final = re.compile(r"\(?((?:19|20)\d\d)年?(?:度|)\)?")
_KIND: Final = re.compile(
    r"(?:支出|财政|专项|资金)*(?:绩效)?(?:目标)?(?:完成情况)?(?:自评价?|评价)(?:价)?(?:表|报告|情况|结果).*$|(?:绩效)自评表?.*$"
)
_ORGAN: Final = re.compile(
    r"^(.{2,30}?(?:局|厅|委员会|委|办公室|人民政府|残联|联合会|大队|管理处|中学|小学|医院)"
    r"|.{0,12}?[省市州县区旗镇乡].{1,20}?(?:中心|监督所|服务站|管理站|工作站|研究所|敬老院|福利院|卫生院|支队))(?=.)"
)


def title_of(found: Found, item: Cell | Paragraph) -> bool:
    """Read a title or a line with the year only; True where the text is one."""
    plain = squeezed(item.text)
    if len(plain) > 80 or not plain:
        return False
    only = _ONLY_YEAR.fullmatch(plain)
    if only and plain != only[1]:
        found.draft.put("project.year", Value(only[1], (item,)))
        found.ledger.use(item)
        return True
    if not is_title(item.text):
        return False
    if year := _YEAR.search(plain):
        found.draft.put("project.year", Value(year[1], (item,)))
    found.names.append((tidy(item.text), item))
    found.ledger.use(item)
    return True


def is_title(text: str) -> bool:
    """Tell the title of a form or report.

    >>> is_title("项目支出绩效自评表（2022年度）"), is_title("自评表由单位填写。")
    (True, False)
    """
    plain = squeezed(text)
    ends = re.search(r"(?:表|报告)(?:\(.*\))?$", plain)
    return bool(ends and _TITLE.search(plain)) and len(plain) <= 80


def name_in(title: str) -> tuple[str | None, str | None]:
    """Give the unit and the name that a title holds, each None where it holds none.

    >>> name_in("2021年度甲县水利局水库监测项目支出绩效自评报告")
    ('甲县水利局', '水库监测')
    >>> name_in("项目支出绩效自评表（2022年度）")
    (None, None)
    """
    text = re.sub(r"[(（]\s*(?:19|20)?\d*\s*年?度?\s*[)）]", "", title)
    text = re.sub(r"^.{0,30}?(?:19|20)\d\d\s*年(?:度)?", "", text) if _YEAR.search(text) else text
    text = re.sub(r"(?:部门)?(?:整体|项目)?$", "", _KIND.sub("", text).strip())
    organ = _ORGAN.match(text)
    unit, name = (organ[1], text[organ.end() :]) if organ else (None, text)
    name = name.strip('“”"《》 关于的')
    return unit, name if len(name) > 3 else None
