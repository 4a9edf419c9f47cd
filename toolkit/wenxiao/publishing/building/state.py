"""What the last publication left for the next one: which reports passed the gate, and what each page was made from.

It stands in ``.wenxiao/`` of the site, is no part of it, and can be deleted at any time: everything is then examined
and made again, and only what differs is written.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from typing import Final

from wenxiao.running.storage import LocalStore
from wenxiao.running.storage.base import WORK

STATE: Final = f"{WORK}/state.json"
UNFINISHED: Final = f"{WORK}/unfinished"
"""There while a site is written to: a publication that finds it trusts nothing but the files themselves."""


@dataclass
class State:
    """Hashes only. ``whole``: all that the site is made from; ``passed``: place → what the gate saw; ``made``: path → key
    of the page that stands there. ``trusted``: the last publication came to its end.
    """

    code: str = ""
    whole: str = ""
    trusted: bool = True
    passed: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, store: LocalStore, code: str) -> "State":
        """Read what was left by the same code; otherwise, or when that was cut short, a state that knows nothing."""
        trusted = not (store.root / UNFINISHED).exists()
        with contextlib.suppress(OSError, ValueError, TypeError):
            found = cls(**json.loads(store.read_bytes(STATE)))
            if trusted and found.code == code:
                return found
        return cls(code, trusted=trusted)

    def begin(self, store: LocalStore) -> None:
        """Mark the site as unfinished, on the disk, before its first file is touched."""
        store.write_bytes(UNFINISHED, b"")

    def finish(self, store: LocalStore) -> None:
        """Leave the state, have everything written to the disk, and take the mark away."""
        self.trusted = True
        store.write_text(STATE, json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=0) + "\n")
        if hasattr(os, "sync"):
            os.sync()
        (store.root / UNFINISHED).unlink(missing_ok=True)
