"""The sections of a report in words → narrative; headings are known by their words, whatever their numbers say."""

import re
from typing import Final

from wenxiao.findings.personal import masked
from wenxiao.findings.texts import instructions, says_nothing
from wenxiao.importing.grid import Paragraph
from wenxiao.importing.interpreting.cleaning import bare, is_blank, squeezed, tidy, without_numbering
from wenxiao.importing.interpreting.drafting import Record, Value
from wenxiao.importing.interpreting.found import Found
from wenxiao.importing.interpreting.labels import in_line
from wenxiao.importing.interpreting.quantities import unit_said
from wenxiao.importing.interpreting.splits import listed
from wenxiao.importing.interpreting.titles import title_of

_BOTH: Final = "experience+problems"
_REST: Final = "rest"
_SECTIONS: Final[tuple[tuple[str, str], ...]] = (
    (_BOTH, r"(?:主要)?经验(?:及|和)?做法[、，,和及].{0,4}问题.*|(?:主要)?经验.{0,8}问题.{0,10}"),
    ("other", r"其[他它]需要?说明的?(?:问题|事项|情况)"),
    ("experience", r"(?:项目)?(?:主要|的)*经验(?:及|和|、)?(?:主要)?(?:的)?做法|主要经验|主要做法"),
    ("problems", r"(?:项目)?(?:存在|主要)的?(?:主要)?问题(?:(?:及|和|与)?(?:其)?原因(?:分析)?)?|偏离绩效目标的原因.*|存在的?问题和原因分析|存在问题"),
    ("suggestions", r"(?:有关|相关|工作|意见)?(?:和)?建议|(?:下一步)?(?:拟)?(?:采取)?的?改进(?:措施|工作|意见).*|下一步(?:工作)?(?:打算|计划|安排).*"),
    ("goals", r"(?:项目)?(?:支出)?绩效(?:总)?目标(?:设定)?(?:情况)?"),
    ("organisation", r"绩效(?:评价|自评)工作(?:开展|组织)?(?:情况|过程)|(?:绩效)?(?:评价|自评)工作(?:组织|开展)?(?:情况|过程)|绩效评价目的.*|绩效评价原则.*|评价(?:原则|方法|过程).*|自评工作.*情况"),
    ("overview", r"(?:项目)?(?:基本|总体)情况|项目(?:基本)?概况|项目(?:实施)?背景.*|概况"),
    (_REST, r"综合评价(?:情况|结论)?.*|评价结论.*|自评结论.*|绩效(?:评价)?(?:指标|目标)(?:的)?(?:分析|完成|实现|分解).*|项目(?:决策|过程|产出|效益|资金|管理).{0,8}(?:情况|分析).*|(?:预算|资金).{0,6}(?:情况|分析).*|绩效自评结果.*|佐证材料.*|总体绩效目标.*|产出指标.*情况.*|效益指标.*情况.*|满意度.*情况.*"),
)  # fmt: skip
_KNOWN: Final = [(key, re.compile(rf"(?:{pattern})")) for key, pattern in _SECTIONS]
_CHAPTER: Final = re.compile(r"\s*[(（]?[一二三四五六七八九十]")
_CODE: Final = re.compile(
    r"(?:公开)?(?:附?表|附件)[\d一二三四五六七八九十-]{1,5}表?[:：]?|(?:公开)?[\d一二三四五六七八九十-]{1,5}表[:：]?|附件[:：]?"
)
_FORM_NOTE: Final = re.compile(r"\s*(?:备?注|填[表报]说明|说明)\s*[:：\d]")
_NUMBERED: Final = re.compile(r"\s*(?:\d{1,2}\s*[.、．]|[①-⑳(（]\d?)")
_UNFILLED: Final = re.compile(
    r"(?:[^:()\d]{0,8}(?:人|单位|部门|日期|时间|电话|签字|签名|盖章)(?:\([^:()]{0,8}\))?:){2,6}(?:年月日)?"
)
"""A line of labels to be filled in by hand, with nothing behind any of them."""
_GOAL: Final = re.compile(r"(?:年度)?总体(?:绩效)?目标[:：](.+)")


def read_paragraphs(found: Found) -> None:
    """Read what stands outside tables: titles, labelled lines, and the sections in their order."""
    sections: dict[str, list[tuple[str, Paragraph]]] = {}
    key: str | None = None
    notes = False
    for block in found.paragraphs:
        if is_blank(block.text) or found.ledger.is_used(block):
            continue
        section, rest = _heading(block)
        if section == _REST and key is None and not (block.level or _CHAPTER.match(block.text)):
            section = None
        if section:
            key = section
            left_in = instructions(block.text)[1]
            kept = tidy(block.text) if left_in and not rest else rest
            found.ledger.use(block)
            if section == _REST:
                title = without_numbering(tidy(block.text)).removesuffix(rest).rstrip("。:： ")
                sections.setdefault(key, []).append((f"**{title}**", block))
                kept = rest
            if kept:
                sections.setdefault(key, []).append((kept, block))
        elif key is None and _CODE.fullmatch(squeezed(block.text)):
            found.ledger.use(block)
            found.ledger.remark("表号，没有录入。", block)
        elif key is None and _form_note(found, block, notes):
            notes = True
        elif key is None:
            _before_sections(found, block)
        elif key == "goals" and (goal := _GOAL.fullmatch(without_numbering(tidy(block.text)))):
            record = Record()
            record.put("planned", masked(goal[1]), block)
            found.objectives.append(record)
            found.ledger.use(block)
        elif _signature(found, block) or listed(found, block):
            continue
        else:
            sections.setdefault(key, []).append((tidy(block.text), block))
            found.ledger.use(block)
    _state(found, sections)


def _heading(block: Paragraph) -> tuple[str | None, str]:
    """Give the section a paragraph is the heading of, and what follows the heading on the same line."""
    text = tidy(block.text)
    unnumbered = without_numbering(text)
    numbered = unnumbered != text or block.level > 0
    head, _, rest = re.sub(r"([。:：])", r"\1\0", unnumbered, count=1).partition("\0")
    name = bare(head).strip("。:：.")
    if not name or len(name) > 40 or (not numbered and len(unnumbered) > 25):
        return None, ""
    key = next((key for key, known in _KNOWN if known.fullmatch(name)), None)
    if key is None or (head != unnumbered and not numbered and head[-1] not in ":："):
        return None, ""
    return key, "" if instructions(rest)[1] else rest.strip()


def _form_note(found: Found, block: Paragraph, within: bool) -> bool:
    """Keep the notes printed under a form as remarks: they are the form's, not the unit's."""
    if not (_FORM_NOTE.match(block.text) or (within and _NUMBERED.match(block.text))):
        return False
    found.ledger.use(block)
    found.ledger.remark("表注，没有录入。", block)
    return True


def _before_sections(found: Found, block: Paragraph) -> None:
    if title_of(found, block):
        return
    if in_line(found, block) or listed(found, block):
        return
    if unit := unit_said(block.text):
        found.units.append((unit, block))
        if len(squeezed(block.text)) < 12:
            found.ledger.use(block)
            return
    _signature(found, block)


def _signature(found: Found, block: Paragraph) -> bool:
    """Read the lines at the end: who signs, and when; blank ones state nothing."""
    plain = squeezed(block.text)
    if re.fullmatch(
        r"年月日|(?:项目)?(?:单位|部门|负责人|签字)[^:：]{0,6}\((?:签|盖章|公章|签章|签字)\):?", plain
    ):
        found.ledger.use(block)
        return True
    if _UNFILLED.fullmatch(plain):
        found.ledger.use(block)
        return True
    date = re.fullmatch(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日", plain)
    if date:
        return in_line(found, Paragraph(f"日期：{plain}", block.place))
    unit = re.fullmatch(r"(.{3,40})\((?:盖章|公章|签章)\)", plain)
    if unit and found.draft.put("signed.unit", Value(unit[1], (block,))):
        found.ledger.use(block)
        return True
    return in_line(found, block) if len(plain) < 40 else False


def _state(found: Found, sections: dict[str, list[tuple[str, Paragraph]]]) -> None:
    if rest := sections.pop(_REST, None):
        sections["other"] = [*sections.get("other", []), *rest]
        found.ledger.remark("评价结论和指标分析没有对应栏目，放在“其他需要说明的问题”。", rest[0][1])
    if goals := sections.pop("goals", None):
        sections["overview"] = [*sections.get("overview", []), *goals]
    if both := sections.pop(_BOTH, None):
        text = "\n".join(line for line, _ in both)
        if says_nothing(text):
            sections.setdefault("experience", []).extend(both)
        else:
            found.ledger.doubt(both[0][1], "存在的问题", "经验和问题写在一起，没有拆开", "narrative.problems")
        sections.setdefault("problems", []).extend(both)
    for key, lines in sections.items():
        value = Value(masked("\n".join(line for line, _ in lines)), tuple(block for _, block in lines))
        told = found.draft.get(f"narrative.{key}")
        if told is None:
            found.draft.put(f"narrative.{key}", value)
        elif squeezed(told.text) != squeezed(value.text):  # a row of the form and a section below it
            told.text, told.items = f"{told.text}\n{value.text}", (*told.items, *value.items)
