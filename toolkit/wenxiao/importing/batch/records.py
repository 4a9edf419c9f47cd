"""``import.jsonl``: what was made of which file, so that the next import leaves alone what is unchanged."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

RECORDS: Final = "import.jsonl"


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    ``status`` is ``read``, ``partly`` or ``not``; ``state`` says how it came: ``made`` now, ``current`` (unchanged since),
    ``kept`` (the params file was edited by a person and stands). ``params`` and ``list`` are places in the target folder,
    one a project; ``written`` the SHA-256 of each params file as it was written.
    """

    source: str
    status: str
    state: str = "made"
    kind: str = ""
    params: tuple[str, ...] = ()
    list: str = ""
    uncertain: int = 0
    unread: int = 0
    personal: int = 0
    findings: tuple[str, ...] = ()
    errors: int = 0
    problems: int = 0
    error: str = ""
    error_en: str = ""
    seconds: str = "0"
    stem: str = ""
    sha256: str = ""
    key: str = ""
    written: tuple[str, ...] = ()

    def line(self) -> str:
        """Give the outcome as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_records(text: str) -> dict[str, Outcome]:
    """Give the last outcome of each file; lines that a killed run left half-written are passed over."""
    known = {field.name for field in fields(Outcome)}
    found: dict[str, Outcome] = {}
    for line in text.split("\n"):  # a name may hold what else ends a line
        try:
            data: dict[str, Any] = json.loads(line)
            facts: dict[str, Any] = {
                k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in known
            }
            one = Outcome(**facts)
        except (ValueError, TypeError, AttributeError):
            continue
        found[one.source] = one
    return found


def records_text(outcomes: Iterable[Outcome]) -> str:
    """Give the records, sorted by file."""
    return "".join(f"{one.line()}\n" for one in sorted(outcomes, key=lambda o: o.source))
