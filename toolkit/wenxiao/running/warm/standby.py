"""One zygote for all workers of a batch: started at their first order, which waits for it in the socket.

A worker whose kernels it does not fit, or that sees it gone, starts one of its own.
"""

import contextlib
import select
import socket
import threading

from wenxiao.running.warm.owner import ZYGOTES, Hold, Key, socketpair, started


class Standby:
    """A zygote that is started when somebody orders a kernel through ``control``, of which any process may have a copy."""

    def __init__(self, key: Key):
        self._key = key
        self.control, theirs = socketpair()
        self._stop, stopped = socketpair()
        self._hold: Hold | None = None
        self._waiting = threading.Thread(target=self._wait, args=(theirs, stopped), daemon=True)
        self._waiting.start()

    def _wait(self, theirs: socket.socket, stopped: socket.socket) -> None:
        with theirs, stopped:
            poll = select.poll()
            poll.register(theirs, select.POLLIN)
            poll.register(stopped, select.POLLIN)
            if stopped.fileno() not in dict(poll.poll()):
                with contextlib.suppress(OSError):  # then the workers see that nobody has the other end
                    self._hold = Hold(started(self._key, theirs), self.control)

    def let_go(self) -> None:
        """End the zygote, if there is one."""
        self._stop.close()
        self._waiting.join()
        if self._hold is not None:
            self._hold.let_go()
        self.control.close()


def adopt(key: Key, control: socket.socket) -> None:
    """Have this process's kernels forked from the zygote on standby."""
    ZYGOTES.adopt(key, control)
