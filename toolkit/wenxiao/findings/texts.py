"""Findings on the words of a file: T403, T404, T405, D501, D502."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from wenxiao.evaluation import Evaluation, Finding, Severity
from wenxiao.findings.catalogue import finding
from wenxiao.findings.personal import KINDS, Hit, personal_data
from wenxiao.model import Disclosure, Project
from wenxiao.words import NARRATIVE, Words, label

SHOWN: Final = 3
"""How many places of one field a message names; the rest is counted."""

_CLAUSE: Final = r"(?:^|(?<=[\n(\[,。;:!?、]))[ #>*-]*"
_PLACE: Final = (
    r"省|市(?![长民])|州(?!长)|县(?!长)|区(?!长)|镇(?!长)|乡(?![长亲])|村(?![民支主长])|街道|社区|局(?!长)|厅(?!长)|"
    r"部门|委员会|单位|公司|中心|学校|医院|项目|工程|年度|年[X×\d]|月[X×\d]|万元|元(?!旦)|%"
)
# What stands in a template (outline of annex 3 and usual forms) and in no finished text. Texts come NFKC-normalised.
_PROMPTS: Final = re.compile(
    r"附表说明|附相关评分表|包括项目背景、主要内容(?:及实施情况)?|包括总体目标和阶段性目标|可?另附页|"
    + _CLAUSE + r"(?:请在?此处?填写|请填写|此处填写|在此填写|请(?:根据|结合|按照|据实|如实)[^。;\n]{0,20}填写)[^,。;\n]{0,12}|"
    r"(?:^|(?<=[\n(\[]))(?:填报|填表|填写)说明(?=[:)\]\n]|$)|"
    r"\((?:限|不超过|控制在|限定)? ?\d{2,4} ?字(?:以内|左右|以下)?\)|"
    r"(?:没有|如无|若无)[^,。;\n]{0,6}请?填写?[“\"]无[”\"]|[单点]击(?:或点按)?此处(?:输入|添加|编辑)[^,。;\n]{0,6}|\(待(?:填|补充|填写|完善)\)"
)  # fmt: skip
_BLANKS: Final = re.compile(
    rf"(?<![0-9A-Za-z×])[Xx×╳]{{2,}} ?(?={_PLACE})|^[Xx×╳]{{2,}}$|20[0-9Xx×][Xx×] ?年|_{{3,}} ?(?=[年月日个项元%]|万元)|"
    r"(?<![0-9一二三四五六七八九十〇零]) ?年 +月 *日"
)
_DEBRIS: Final = re.compile(r"\[bookmark: *\w+\]|错误! ?(?:未找到引用源|未定义书签|文档中没有指定样式的文字)")

_OPPOSITES: Final = (
    {"是", "否"}, {"有", "无"}, {"合格", "不合格"}, {"完成", "未完成"}, {"已完成", "未完成"}, {"达成", "未达成"},
    {"达标", "不达标"}, {"达标", "未达标"}, {"优", "差"}, {"达到", "未达到"}, {"达成预期指标", "未达成预期指标且效果较差"},
    {"符合", "不符合"}, {"满意", "不满意"}, {"及时", "不及时"},
)  # fmt: skip
_TICKED: Final = re.compile("[√✓✔☑■☒●◉]")

_NOTHING: Final = re.compile(
    r"(?:(?:原(?:文件|报告|文|表|件)|表上)(?:写|填|印|为|是)+)?(?:本项目|该项目|项目|本单位|本年度|目前|我单位)*"
    r"(?:暂|均|尚|未|目前)*(?:无|没有|未发现|未见|不存在|发现)?(?:任何|明显|重大|其他|其它|突出|需要说明的|相关|有关|特殊)*"
    r"(?:存在)?(?:主要)?(?:的)?(?:经验及做法|经验做法|经验|做法|问题|不足|建议|意见|情况|困难)?(?:及原因分析)?"
)
_NEGATIVE: Final = re.compile("无|没有|未发现|未见|不存在")


def audit(evaluation: Evaluation) -> Iterator[Finding]:
    """Give the findings on what is written, left in, left out, or not to be written at all."""
    project = evaluation.project
    yield from left_in(project)
    if not project.is_excerpt:
        yield from unsigned(project)
    yield from nothing_said(project)
    yield from personal(project)
    if project.disclosure is not None:
        yield from disclosure(project.disclosure)


def texts(data: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Give each text of the facts with its field path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, f"{where}.{key}" if where else key)
    elif isinstance(data, list | tuple):
        for i, value in enumerate(data):
            yield from texts(value, f"{where}[{i}]")
    elif isinstance(data, str):
        yield where, data


def published(project: Project) -> Iterator[tuple[str, str]]:
    """Give each text that a report, or the facts beside it, would show: no contact, no words to hide, no hashes."""
    for where, text in texts(project.model_dump(exclude_unset=True, exclude={"contact", "redact"})):
        if not where.endswith(".sha256"):
            yield where, text


def left_in(project: Project) -> Iterator[Finding]:
    """T403: filling instructions, blanks, unticked options and debris; one finding a place."""
    for where, text in published(project):
        if where.startswith(("printed.", "acknowledged")) or ".printed." in where or where.endswith(".file"):
            continue
        options = where.endswith(".actual") and unticked(text)
        what, phrases = (_OPTIONS, [text.strip()]) if options else instructions(text)
        if phrases:
            shown = "、".join(f"“{phrase}”" for phrase in phrases[:SHOWN])
            yield finding(
                "T403", "warning", where, printed=phrases[0], shown=shown, what=what.zh, what_en=what.en
            )


_PROMPT, _BLANK = Words("填写提示", "filling instructions"), Words("没有填写的空位", "blanks not filled in")
_REST, _OPTIONS = Words("排版残留", "debris"), Words("没有勾选的选项", "options nobody chose from")


def instructions(text: str) -> tuple[Words, list[str]]:
    """Give what a template left in a text: its kind and each phrase once.

    >>> instructions("（一）项目概况。包括项目背景、主要内容及实施情况等。")[1]
    ['包括项目背景、主要内容及实施情况']
    >>> instructions("××县××局于____年验收")[1], instructions("张××等 5 户，共 12 台，型号 XX-200")[1]
    (['××', '____'], [])
    """
    clean = unicodedata.normalize("NFKC", text)
    for what, pattern in ((_PROMPT, _PROMPTS), (_BLANK, _BLANKS), (_REST, _DEBRIS)):
        phrases = dict.fromkeys(found[0].strip(" \n#>*-") for found in pattern.finditer(clean))
        if phrases:
            return what, list(phrases)
    return _PROMPT, []


def unticked(text: str) -> bool:
    """Tell whether a text is nothing but a list of options, none of them chosen.

    >>> unticked("□是 □否"), unticked("是/否"), unticked("☑是 □否"), unticked("是")
    (True, True, False, False)
    """
    words = set(re.split(r"[\s/、|,;或□☐○〇]+", unicodedata.normalize("NFKC", text).strip("。() "))) - {""}
    known = set().union(*_OPPOSITES) | {"部分完成", "基本完成", "部分达成", "良", "中", "一般", "基本满意"}
    known.add("部分达成预期指标并具有一定效果")
    return not _TICKED.search(text) and words <= known and any(pair <= words for pair in _OPPOSITES)


def unsigned(project: Project) -> Iterator[Finding]:
    """T404: no unit signed, or no date."""
    signed = project.signed
    gaps = []
    if signed.unit is None:
        gaps.append((Words("签署单位", "unit that signs"), "未签署"))
    if signed.date is None:
        gaps.append((Words("签署日期", "date"), "未注明日期"))
    if gaps:
        missing = Words("和".join(w.zh for w, _ in gaps), " and no ".join(w.en for w, _ in gaps))
        shown = "、".join(shown for _, shown in gaps)
        yield finding("T404", "note", "signed", missing=missing.zh, missing_en=missing.en, shown=shown)


def nothing_said(project: Project) -> Iterator[Finding]:
    """T405: experience, problems and suggestions all stated, and none of them says anything."""
    said = {key: getattr(project.narrative, key) for key in ("experience", "problems", "suggestions")}
    if all(text is not None and says_nothing(text) for text in said.values()):
        parts = "；".join(f"{NARRATIVE[key]}：{text.strip()}" for key, text in said.items())
        yield finding("T405", "warning", "narrative", parts=parts)


def says_nothing(text: str) -> bool:
    """Tell whether a text only says that there is nothing to say.

    >>> says_nothing("无。"), says_nothing("本项目暂未发现问题"), says_nothing("无障碍设施不足")
    (True, True, False)
    """
    words = "".join(re.findall(r"\w", unicodedata.normalize("NFKC", text)))
    return not words or bool(_NOTHING.fullmatch(words) and _NEGATIVE.search(words))


def personal(project: Project) -> Iterator[Finding]:
    """D501: one finding a field; an error only where the data are surely a person's."""
    for where, text in published(project):
        if hits := personal_data(text):
            # In a value column a bare number may be a figure: 13 billion 元 has the digits of a mobile number.
            figure = bool(_VALUE_COLUMN.fullmatch(where) and re.fullmatch(r"[\d.,\s]+", text))
            yield _personal(where, hits, figure)


_VALUE_COLUMN: Final = re.compile(r"indicators\[\d+\]\.(?:target|actual)")
_DOUBTFUL: Final[dict[str, Severity]] = {"bank_card": "warning", "plate": "warning"}
"""Gravity of data that may be nobody's own; the other kinds are worth a note."""

_DOUBT: Final = Words(
    "若只是单位的办公电话、账户或公务用车，可以保留。",
    "An office telephone, the unit's account or an official car may stay.",
)
_FIGURE: Final = Words(
    "若是数量或金额，写上单位或按千分位写；单独的 11 位数不能公开。",
    "For a quantity write its unit or group its digits; eleven digits alone can't be published.",
)


def _personal(where: str, hits: list[Hit], figure: bool) -> Finding:
    hits = sorted(hits, key=lambda hit: not hit.certain)
    kinds = [KINDS[kind] for kind in dict.fromkeys(hit.kind for hit in hits)]
    more = len(hits) - SHOWN
    severity: Severity = "error"
    doubt = Words("", "")
    if figure:
        severity, doubt = "note", _FIGURE
    elif not hits[0].certain:
        severity = "warning" if any(_DOUBTFUL.get(hit.kind) for hit in hits) else "note"
        doubt = _DOUBT
    named = Words("姓名和", "a name and ") if any(hit.name for hit in hits) else Words("", "")
    return finding(
        "D501", severity, where, printed=hits[0].masked,
        what=named.zh + "、".join(k.zh for k in kinds), what_en=named.en + ", ".join(k.en for k in kinds),
        masked="、".join(hit.masked for hit in hits[:SHOWN]),
        more=f"等 {len(hits)} 处" if more > 0 else "", more_en=f" and {more} more" if more > 0 else "",
        doubt=doubt.zh, doubt_en=doubt.en,
    )  # fmt: skip


def disclosure(stated: Disclosure) -> Iterator[Finding]:
    """D502: marked as not for the public, or with a review or approval that is not recorded."""
    where = "disclosure.classification"
    if stated.classification == "secret":
        yield finding(
            "D502", "error", where, printed="secret", what="密级写为 secret（涉密），不得公开",
            what_en="The classification is secret: it must not be published", how="不要发布；密级写错的，经保密审查后改正",
            how_en="Do not publish it; a wrong classification is corrected after a security review",
        )  # fmt: skip
    elif stated.classification == "internal":
        yield finding(
            "D502", "warning", where, printed="internal", what="密级写为 internal（内部），不宜公开",
            what_en="The classification is internal: not for publication", how="确需公开的，经审查批准后改为 public",
            how_en="To publish it, have it reviewed and approved, then write public",
        )  # fmt: skip
    elif missing := [key for key in Disclosure.model_fields if getattr(stated, key) is None]:
        names = "、".join(f"{label(key)}（{key}）" for key in missing)
        yield finding(
            "D502", "note", "disclosure", what=f"公开审查没有填完，缺{names}",
            what_en=f"The disclosure review is incomplete: {', '.join(missing)} missing", how="审查、批准后补填",
            how_en="Fill it in after review and approval",
        )  # fmt: skip
