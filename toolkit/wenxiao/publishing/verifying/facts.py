"""Facts that were changed after publication, and the copy of them that the published PDF has attached."""

from collections.abc import Collection, Mapping

from wenxiao.publishing.verifying.documents import read_document
from wenxiao.publishing.verifying.result import Difference, UnusableError
from wenxiao.publishing.verifying.texts import differing, lines
from wenxiao.running.storage.base import digest
from wenxiao.words import Words

_CAUSE = Words(
    "公布之后被改过：PDF 所附的是公布时的原件。",
    "changed after publication: the PDF has what was published attached.",
)


def recovered(pdf: bytes, recorded: Mapping[str, str], names: Collection[str]) -> Mapping[str, bytes]:
    """Give name → content of files as they were published, from a PDF; nothing unless all are attached to it.

    ``recorded`` is name → SHA-256 at publication.
    """
    try:
        attached = read_document(pdf).attachments
    except UnusableError:
        return {}
    found = {name: attached[name] for name in names if name in attached}
    whole = len(found) == len(names) and all(digest(found[name]) == recorded[name] for name in names)
    return found if whole else {}


def edited(name: str, now: bytes, published: bytes) -> list[Difference]:
    """Say which lines of a file were changed."""
    return [
        Difference("text", name, one.where, one.published, one.expected, Words(
            f"现在是“{one.published or ''}”，公布时是“{one.expected or ''}”。",
            f"now “{one.published or ''}”, as published “{one.expected or ''}”.",
        ), _CAUSE)
        for one in differing(lines(now.decode("utf-8", "replace")), lines(published.decode("utf-8", "replace")))
    ]  # fmt: skip
