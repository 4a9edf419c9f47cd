"""What can go wrong with workers.

* ClusterError
  + NoClusterError      there is no cluster to work with, or no more
  + WorkerLostError     a project was begun twice and its worker died each time
  + UnlikeWorkerError   a worker has another version of this package
"""

from wenxiao.errors import SpokenError


class ClusterError(SpokenError):
    """Base of errors with workers."""


class NoClusterError(ClusterError):
    """There is no cluster to work with, or no more."""


class WorkerLostError(ClusterError):
    """A project was begun twice, and its worker died each time."""


class UnlikeWorkerError(ClusterError):
    """A worker has another version of this package or of a library, and would make other reports."""
