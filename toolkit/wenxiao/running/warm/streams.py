"""The output streams of a warm kernel: ipykernel's own, but that a flush of nothing wakes no thread.

ipykernel flushes both streams half a dozen times for each cell, and waits each time for the thread that sends.
"""

from typing import Any

from ipykernel.iostream import OutStream


class QuietStream(OutStream):
    """A stream that remembers whether anything was written since it was last flushed."""

    _is_written = False

    def write(self, string: str) -> Any:
        """Write; what another thread flushes before it is noted below was not there yet."""
        written = super().write(string)
        self._is_written = True
        return written

    def flush(self) -> None:
        """Send what was written; return when it is sent."""
        if self._is_written or self.echo is not None:
            self._is_written = False
            super().flush()
