"""A single Word report: the facts ride along in it, and it is compared with the report made from them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from wenxiao.publishing.gate.office import parts_of, read_package
from wenxiao.publishing.verifying.comparing import compare_files
from wenxiao.publishing.verifying.documents import inputs_in
from wenxiao.publishing.verifying.environment import compared, other_software
from wenxiao.publishing.verifying.listing import PARAMS, read_file
from wenxiao.publishing.verifying.offices import document_text
from wenxiao.publishing.verifying.remaking import Source, refusal
from wenxiao.publishing.verifying.reports import Found
from wenxiao.publishing.verifying.result import Difference, UnusableError
from wenxiao.running.formats import RUBRIC
from wenxiao.running.storage.base import digest
from wenxiao.words import Words

SUFFIX: Final = ".docx"
_MADE: Final = "report.docx"


class WordReport:
    """A Word report being verified.

    Raises:
        UnusableError: it is no document of ours, or too old to hold what it was made from.
    """

    def __init__(self, path: Path):
        self.name, self.content = path.name, read_file(path)
        self.found = Found()
        try:
            carried = dict(read_package(self.content).carried)
            text = document_text(parts_of(self.content))
        except (ValueError, KeyError):
            raise UnusableError(
                Words(
                    "不是 Word 文档（.docx），或者已损坏。", "It is no Word document (.docx), or is damaged."
                )
            ) from None
        if PARAMS not in carried:
            raise UnusableError(Words(
                "这份 Word 文档里没有问效的项目数据（params.yaml），数字不能重算。请核对整个报告文件夹或 PDF。",
                "This document holds no facts of Wenxiao (params.yaml): nothing can be recomputed. Verify the whole report folder or "
                "the PDF.",
            ))  # fmt: skip
        if (words := refusal(carried[PARAMS], carried.get(RUBRIC))) is not None:
            raise UnusableError(words)
        self._params, self._rubric = carried[PARAMS], carried.get(RUBRIC)
        self._inputs: Mapping[str, Any] = inputs_in(text)
        self.found.environment = compared(self._inputs, None, None)

    def source(self) -> Source[str]:
        """Give what the document is to be made from again."""
        return Source("", self._params, self._rubric, ("docx",))

    def judge(self, made: Path | None, error: str) -> None:
        """Compare with the report made again in a folder; without one, with what its making said."""
        if made is None:
            said = Words(
                f"按所带的数据不能重新生成报告：{error}",
                f"The report can't be made again from what rides along: {error}",
            )
            self.found.differences.append(Difference("failed", PARAMS, said=said))
            return
        found = compare_files(self.name, self.content, (made / _MADE).read_bytes(), self._cause())
        self.found.differences += found
        self.found.files = () if found else (self.name,)

    def _cause(self) -> Words:
        printed = self._inputs.get("params")
        if isinstance(printed, str) and printed != digest(self._params):
            return Words(
                "所带的 params.yaml 与报告里印的指纹不符：两者之一被改过。",
                "the params.yaml that rides along is not what the hash printed in the report says: one of the two was changed.",
            )
        others = [part for part in self.found.environment if not part.same]
        return other_software(others) if others else Words(
            "印的软件与这里的相同，文件却不是由所带的数据生成的：它改过，或者用了红头、另一份模板（请核对整个报告文件夹）。",
            "the software printed in it is the same as here, yet it does not follow from the facts in it: it was changed, or made "
            "with an office's own head or another template (verify the whole report folder).",
        )  # fmt: skip
