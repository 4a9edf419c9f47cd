"""What can go wrong with workers.

* ClusterError
  + NoClusterError      there is no cluster to work with, or no more
  + WorkerLostError     a project was begun twice and its worker died each time
  + UnlikeWorkerError   a worker has another version of this package
"""

from wenxiao.errors import WenxiaoError
from wenxiao.words import Words


class ClusterError(WenxiaoError):
    """Base of errors with workers; ``words`` says it in both languages."""

    def __init__(self, words: Words):
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return self.words.zh

    def text(self, language: str) -> str:
        """Give the message in ``zh`` or ``en``."""
        return self.words.in_(language)


class NoClusterError(ClusterError):
    """There is no cluster to work with, or no more."""


class WorkerLostError(ClusterError):
    """A project was begun twice, and its worker died each time."""


class UnlikeWorkerError(ClusterError):
    """A worker has another version of this package or of a library, and would make other reports."""
