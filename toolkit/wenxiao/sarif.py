"""Problems and findings → SARIF 2.1.0, the form in which editors and CI (GitHub code scanning among them) read them.

The same records give the same bytes: no clock, no address of the machine. Places count characters from 1, as the
loader counts them, and files are named relative to the folder in which the command ran.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from wenxiao.findings.catalogue import KINDS
from wenxiao.words import Words

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
PARAMS: Final = "params"
"""The rule of all faults of a params file that can't be loaded."""

_BYTES: Final = "surrogateescape"
"""How the bytes of a name that is no UTF-8 come back out of a text."""
_LEVELS: Final = {"problem": "error", "error": "error", "warning": "warning", "note": "note"}
_UNLOADED: Final = Words("项目文件有误，无法载入", "the params file can't be loaded")
_CORRECT: Final = Words(
    "按提示修改该处，再重新核对。", "Correct the place as the message says, then check again."
)
_BASIS: Final = Words("依据：", "Basis: ")


@dataclass(frozen=True)
class Placed:
    """One problem or finding at its place: what SARIF calls a result.

    ``file`` is the path as shown to the user; ``line`` and ``column`` count from 1, 0 means the file as a whole.
    ``code`` is the finding's code, empty for a problem of loading; ``severity`` is ``problem``, ``error``, ``warning``
    or ``note``; ``message`` and ``remedy`` are in the user's language; ``acknowledged`` is the reason given, if any.
    """

    file: str
    line: int
    column: int
    where: str
    code: str
    severity: str
    message: str
    remedy: str = ""
    acknowledged: str | None = None

    @property
    def rule(self) -> str:
        """The id of the rule: the finding's code, ``params`` for a problem of loading."""
        return self.code or PARAMS


def sarif(checked: Iterable[Placed], language: str = "zh") -> dict[str, Any]:
    """Give a SARIF 2.1.0 log as plain data; results stand by file, line, column and rule."""
    placed = sorted(
        checked, key=lambda one: (one.file, one.line, one.column, one.rule, one.where, one.message)
    )
    rules = sorted({*KINDS, PARAMS, *(one.rule for one in placed)})
    driver = {
        "name": "wenxiao",
        "fullName": "Wenxiao 问效",
        "version": version("wenxiao"),
        "rules": [_rule(rule, language) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if language == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "results": _results(placed, rules),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: str, language: str) -> dict[str, Any]:
    """Describe a rule in both languages: an editor's reader is not always the one who ran the command.

    The level here is only a starting value: gravity belongs to each finding (the same code may be certain in one case
    and doubtful in another), so every result states its own.
    """
    kind = KINDS.get(rule)
    title = kind.title if kind else _UNLOADED if rule == PARAMS else Words(rule, rule)
    remedy = _general(kind.remedy) if kind else _CORRECT
    said = [remedy.in_(language), *([_BASIS.in_(language) + kind.basis] if kind else [])]
    described: dict[str, Any] = {
        "id": rule,
        "shortDescription": {"text": f"{title.zh} / {title.en}"},
        "fullDescription": {"text": _general(kind.message).in_(language) if kind else title.in_(language)},
        "help": {"text": "\n".join(said)},
        "defaultConfiguration": {"level": "error" if rule == PARAMS else "warning"},
    }
    return described


def _general(words: Words) -> Words:
    """Give a text of the catalogue without the numbers of a case."""
    return Words(*(re.sub(r"\{\w+\}", "…", text) for text in (words.zh, words.en)))


def _results(placed: Sequence[Placed], rules: Sequence[str]) -> list[dict[str, Any]]:
    index = {rule: i for i, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    results = []
    for one in placed:
        print_ = _fingerprint(one)
        seen[print_] += 1
        results.append(_result(one, index[one.rule], f"{print_}:{seen[print_]}"))
    return results


def _result(one: Placed, index: int, fingerprint: str) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(one.file)},
            # Readers want a line; what concerns the file as a whole stands at its beginning.
            "region": {"startLine": max(one.line, 1), "startColumn": max(one.column, 1)},
        }
    }
    if one.where:
        location["logicalLocations"] = [{"fullyQualifiedName": one.where}]
    answered = one.acknowledged is not None
    suppression = {"kind": "inSource", "status": "accepted", "justification": one.acknowledged}
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": "\n".join(text for text in (one.message, one.remedy) if text)},
        "locations": [location],
        # Code scanning knows an alert again by its own key only; the other is for everybody else.
        "partialFingerprints": {"wenxiaoPlace/v1": fingerprint, "primaryLocationLineHash": fingerprint},
        # The standard wants this on all results or on none: an empty list says "not suppressed".
        "suppressions": [suppression] if answered else [],
    }


def _fingerprint(one: Placed) -> str:
    """Give what stays the same when lines move or figures change: rule, field and file."""
    return hashlib.sha256("\0".join((one.rule, one.where, _uri(one.file))).encode()).hexdigest()[:16]


def _uri(file: str) -> str:
    """Give a file's address: relative as it is, absolute (POSIX or Windows) under ``file://``.

    >>> _uri("params/2021/视频 会议.yaml"), _uri("C:\\\\x\\\\a.yaml")
    ('params/2021/%E8%A7%86%E9%A2%91%20%E4%BC%9A%E8%AE%AE.yaml', 'file:///C:/x/a.yaml')
    """
    drive = re.match(r"[A-Za-z]:[\\/]", file)
    path = file.replace("\\", "/") if drive or "/" not in file else file
    if drive:
        return f"file:///{path[:2]}{quote(path[2:], errors=_BYTES)}"
    named = quote(path, errors=_BYTES)
    return f"file://{named}" if path.startswith("/") else named
