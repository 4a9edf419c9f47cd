"""A single PDF: its attachments are the record and the facts, and it is compared with the PDF made from them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wenxiao.publishing.verifying.comparing import compare_files
from wenxiao.publishing.verifying.documents import Document, printed_inputs, read_document
from wenxiao.publishing.verifying.environment import compared, other_software
from wenxiao.publishing.verifying.listing import PARAMS, RECORD, read_file
from wenxiao.publishing.verifying.records import numbers_of, read_record
from wenxiao.publishing.verifying.remaking import Source, refusal
from wenxiao.publishing.verifying.reports import Found
from wenxiao.publishing.verifying.result import Difference, UnusableError
from wenxiao.rubric import rubric_hash, rubric_ids
from wenxiao.running.formats import RUBRIC
from wenxiao.running.storage.base import digest
from wenxiao.words import Words

_MADE: Final = "report.pdf"


class Paper:
    """A PDF being verified.

    Raises:
        UnusableError: it is no PDF of ours, or too old to hold what it was made from.
    """

    def __init__(self, path: Path):
        self.name = path.name
        self.document: Document = read_document(read_file(path))
        self.found = Found()
        attached = self.document.attachments
        if RECORD not in attached:
            raise UnusableError(Words(
                "不是问效的报告：PDF 里没有附 evaluation.json。",
                "This is no report of Wenxiao: the PDF has no evaluation.json attached.",
            ))  # fmt: skip
        try:
            self._record = read_record(attached[RECORD])
        except ValueError:
            raise UnusableError(
                Words("PDF 所附的 evaluation.json 读不出。", "The attached evaluation.json can't be read.")
            ) from None
        schema = self._record.get("schema")
        if schema != "wenxiao/evaluation/1":
            raise UnusableError(Words(
                "PDF 所附的 evaluation.json 不是这个版本认识的格式（schema）。",
                "The attached evaluation.json is of a schema that this version does not know.",
            ))  # fmt: skip
        if PARAMS not in attached:
            raise UnusableError(Words(
                "这份 PDF 里只附了评价结果，没有附项目数据（params.yaml），数字不能重算，文字也无从核对。"
                "请改为核对公布的整个报告文件夹。",
                "This PDF has only the results attached, not the facts (params.yaml): nothing can be recomputed, nor the words be "
                "checked. Verify the whole report folder that was published instead.",
            ))  # fmt: skip
        if (words := refusal(attached[PARAMS], attached.get(RUBRIC))) is not None:
            raise UnusableError(words)
        self._inputs: Mapping[str, object] = self._printed()
        self.found.environment = compared(self._inputs, None, self._rubric_hash())

    def _printed(self) -> Mapping[str, object]:
        try:
            return printed_inputs(self.document)
        except Exception:  # a damaged page: pypdf raises many unrelated classes
            return {}

    def _rubric_hash(self) -> str | None:
        name = self._record.get("rubric")
        known = RUBRIC not in self.document.attachments and name in rubric_ids()
        return rubric_hash(str(name)) if known else None

    def source(self) -> Source[str]:
        """Give what the PDF is to be made from again."""
        attached = self.document.attachments
        return Source("", attached[PARAMS], attached.get(RUBRIC), ("pdf",))

    def judge(self, made: Path | None, error: str) -> None:
        """Compare with the report made again in a folder; without one, with what its making said."""
        if made is None:
            said = Words(
                f"按所附的数据不能重新生成报告：{error}",
                f"The report can't be made again from what is attached: {error}",
            )
            self.found.differences.append(Difference("failed", PARAMS, said=said))
            return
        cause = self._cause()
        same = []
        for name, published in (*self.document.attachments.items(), (self.name, self.document.content)):
            expected = made / (_MADE if name == self.name else name)
            if not expected.is_file():  # a rubric that the facts do not name
                said = Words("报告没有用到这个附件。", "The report makes no use of this attachment.")
                self.found.differences.append(Difference("extra", f"{self.name}（{name}）", said=said))
                continue
            found = compare_files(name, published, expected.read_bytes(), cause)
            if name == self.name:
                self.found.differences += found
                same += [] if found else [name]
            else:
                shown = f"{self.name}（{name}）"
                self.found.differences += [one.renamed(shown) for one in found]
                if name == RECORD and not found:
                    self.found.numbers = numbers_of(self._record)
        self.found.files = tuple(same)

    def _cause(self) -> Words | None:
        printed = self._inputs.get("params")
        if isinstance(printed, str) and printed != digest(self.document.attachments[PARAMS]):
            return Words(
                "所附的 params.yaml 与报告里印的指纹不符：两者之一被改过。",
                "the attached params.yaml is not what the hash printed in the report says: one of the two was changed.",
            )
        others = [part for part in self.found.environment if not part.same]
        return other_software(others) if others else Words(
            "PDF 里印的软件与这里的相同，PDF 却不是由所附的数据生成的：它可能被改过，或者用了另一份模板（请核对整个报告文件夹）。",
            "the software printed in it is the same as here, yet the PDF does not follow from the facts attached: it may have been "
            "changed, or made with another template (verify the whole report folder).",
        )  # fmt: skip
