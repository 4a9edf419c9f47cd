"""Why a report is refused: the codes of the gate, and the words for each.

A code of a finding (B101 …) is used as it is: an error that is neither repaired nor acknowledged, D501 and D502 among
them, and T403 for a draft. What only the gate can see has codes of its own:

==== ===========================================================================================
G700 the folder holds no report that could be examined
G701 made with overrides (试算)
G702 a file was changed after the run
G703 a file is missing
G704 a file is there that no run writes, or that the gate can't look into
G705 the parts of the folder do not belong together: facts, notebook, page, PDF
G706 a file can't be read as what its name says
G707 the dates of review and approval are impossible
G708 evidence is listed that nobody can verify
G709 a draft by its own words
G710 contact or redact stand in the facts that would be published
G711 a document's properties say more than title, unit and the report's date
G712 a local path
==== ===========================================================================================

What depends on the site as well (names, corrections: G713 and on) stands in :mod:`wenxiao.publishing.building.deciding`.
"""

from dataclasses import dataclass
from typing import Final

from wenxiao.words import Words


@dataclass(frozen=True)
class Refusal:
    """One reason: its code, the place (file, and the field or part in it), what is wrong, and what to do."""

    code: str
    place: str
    words: Words
    remedy: Words

    def text(self, language: str) -> str:
        """Give it in one line: code, place, what is wrong, remedy."""
        colon, gap = ("：", "") if language == "zh" else (": ", " ")
        return f"{self.code} {self.place}{colon}{self.words.in_(language)}{gap}{self.remedy.in_(language)}"


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a report: what refuses it, and what does not but is told all the same."""

    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Refusal, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether the report may be published."""
        return not self.refusals


RUN_AGAIN: Final = Words(
    "改项目文件，再用 wenxiao run 重新生成；报告文件夹里的文件不手工修改。",
    "Change the params file and run wenxiao run again; files of a report folder are not edited by hand.",
)

REASONS: Final[dict[str, tuple[Words, Words]]] = {
    "overrides": (
        Words("这是试算报告，{fields} 不是项目文件中的数据。", "This is a what-if report: {fields} are not those of the params file."),
        Words("去掉 overrides，按项目文件重新生成。", "Run it again without overrides."),
    ),
    "changed": (
        Words("生成之后被改动过，与 provenance.json 记录的不一致。", "It was changed after the run: it differs from provenance.json."),
        RUN_AGAIN,
    ),
    "missing": (Words("缺少这个文件，报告不完整。", "The file is missing: the report is not complete."), Words("重新生成报告。", "Make the report again.")),
    "foreign": (
        Words("报告文件夹里不应有这个文件。", "A report folder holds no such file."),
        Words("删除它，或移到报告文件夹之外；佐证材料放在项目文件旁边。", "Delete it or move it out; evidence stands beside the params file."),
    ),
    "apart": (
        Words("{what} 与 {whole} 不是同一次生成的。", "{what} and {whole} are not of one run."),
        RUN_AGAIN,
    ),
    "unfit": (
        Words("读不出内容：文件已损坏，或者不是它的名字所说的格式。", "It can't be read: it is damaged, or not what its name says."),
        Words("重新生成报告。", "Make the report again."),
    ),
    "order": (
        Words("批准日期 {approved} 早于审查日期 {reviewed}。", "It was approved on {approved}, before its review on {reviewed}."),
        Words("先审查，后批准；核对两个日期。", "Review comes before approval; check the two dates."),
    ),
    "early": (
        Words("{which} {given} 早于评价年度 {year} 年。", "The date {given} lies before the year evaluated, {year}."),
        Words("核对日期的年份。", "Check the year."),
    ),
    "future": (
        Words("{which} {given} 晚于发布日期 {day}。", "The date {given} lies after the day of publication, {day}."),
        Words("等到批准之后再发布，或者改正日期。", "Publish after the approval, or correct the date."),
    ),
    "secret": (
        Words("密级写为 secret（涉密），不得公开。", "It is classified secret: it must not be published."),
        Words("不要发布；密级写错的，经保密审查后改正。", "Do not publish it; a wrong classification is corrected after a security review."),
    ),
    "internal": (
        Words("密级写为 internal（内部），不是 public（公开）。", "It is classified internal, not public."),
        Words("确需公开的，经审查批准后改为 public。", "To publish it, have it reviewed and approved, then write public."),
    ),
    "unclassified": (
        Words("没有写明密级，不知道能否公开。", "No classification is stated."),
        Words("经保密审查后写 disclosure.classification: public。", "After a security review write disclosure.classification: public."),
    ),
    "unsanctioned": (
        Words("公开审查没有填完，缺{names}。", "The disclosure review is incomplete: {keys} missing."),
        Words("审查、批准之后，在 disclosure 补填；写机构或职务，不写个人姓名。", "Fill it in under disclosure after review and approval; name an office, no person."),
    ),
    "finding": (Words("{message}", "{message_en}"), Words("{remedy}或者在 acknowledged 写明理由，理由会印在报告里。", "{remedy_en} Or give the reason under acknowledged; the report prints it.")),
    "empty_reason": (
        Words("对 {finding} 的说明“{said}”没有内容。", "The answer to {finding}, “{said}”, says nothing."),
        Words("写明具体理由，或者改正问题。", "State the reason, or repair what was found."),
    ),
    "evidence": (
        Words("佐证材料“{title}”没有可核对的文件。", "The evidence “{title}” names no file that could be verified."),
        Words("写 file，wenxiao run 会记下文件的 SHA-256；没有文件的，从 evidence 删去。", "Name its file, so that wenxiao run notes the SHA-256; delete what has no file."),
    ),
    "draft": (
        Words("“{word}”表明这还是草稿。", "“{word}” says that this is a draft."),
        Words("定稿后去掉这几个字，重新生成。", "Take the word out of the final version and make the report again."),
    ),
    "private_part": (
        Words("这一栏不得公开，却留在随报告公开的数据里。", "This part must not be published, yet stands in the facts beside the report."),
        RUN_AGAIN,
    ),
    "property": (
        Words("文件属性里有{what}：{given}。", "The document's properties hold {what_en}: {given}."),
        Words("从笔记本模板里去掉，重新生成；属性只写标题、实施单位和报告日期。", "Take it out of the notebook template and make the report again; properties hold title, unit and the report's date."),
    ),
    "path": (
        Words("写着本机的路径：{given}。", "It shows a path of a machine: {given}."),
        Words("从项目文件或笔记本模板里删去，重新生成。", "Take it out of the params file or the notebook template and make the report again."),
    ),
    "person": (
        Words("含有{what}：{masked}。", "It holds personal data ({what_en}): {masked}."),
        Words("删去，或把联系人移到 contact（不会公开），把人名写进 redact，再重新生成。", "Delete it, move a contact person to contact (never published) or list the words under redact, and make the report again."),
    ),
    "figure": (
        Words("只写了 11 位数 {masked}，读起来是手机号。", "It is nothing but the eleven digits {masked}, which read as a mobile number."),
        Words("是数量或金额的，写上单位或按千分位写，如 13,800,001,111元；是手机号的，删去。", "For a quantity write its unit or group it (13,800,001,111元); delete a telephone number."),
    ),
    "amount": (
        Words("金额 {masked} 是 11 位整数，读起来是手机号。", "The amount {masked} is a whole number of eleven digits, which reads as a mobile number."),
        Words("金额单位改用万元或亿元（amount_unit）；误填的手机号，删去。", "State amounts in 万元 or 亿元 (amount_unit); delete a telephone number put in by mistake."),
    ),
    "perhaps": (
        Words("可能是{what}：{masked}。", "It may hold personal data ({what_en}): {masked}."),
        Words("单位的办公电话、账户、公务用车可以保留；是个人的，删去。", "An office telephone, a unit's account or an official car may stay; delete what is a person's."),
    ),
    "note": (Words("{message}", "{message_en}"), Words("{remedy}", "{remedy_en}")),
}  # fmt: skip
"""Reason → (what is wrong, what to do), with ``{placeholders}``."""


def refusal(code: str, place: str, reason: str, **values: object) -> Refusal:
    """Give a refusal with the words of a reason of :data:`REASONS`."""
    wrong, remedy = REASONS[reason]
    return Refusal(code, place, wrong.filled(**values), remedy.filled(**values))
