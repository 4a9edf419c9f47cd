"""Where reports are kept: a folder, or any address fsspec knows. At no moment is a half-written report taken for whole.

base      what a store can do; a folder is a report when its provenance.json is there and the hashes in it hold
local     a folder: written through, renamed into place
remote    an address: provenance.json last, and taken away first
holders, filelock, lease   two runs on one store exclude each other
"""

from pathlib import Path

from wenxiao.running.storage.base import PROVENANCE, Store, StoreError
from wenxiao.running.storage.holders import Holder, LockedError
from wenxiao.running.storage.local import LocalStore
from wenxiao.running.storage.remote import FsspecStore

__all__ = [
    "PROVENANCE",
    "FsspecStore",
    "Holder",
    "LocalStore",
    "LockedError",
    "Store",
    "StoreError",
    "store_for",
]


def store_for(out: str | Path) -> Store:
    """Give the store of a folder or of an address such as ``s3://bucket/reports``.

    >>> type(store_for("reports")).__name__
    'LocalStore'

    Raises:
        StoreError: what the address needs is not installed.
    """
    address = str(out)
    if address.startswith("file://"):
        return LocalStore(address.removeprefix("file://"))
    return FsspecStore(address) if "://" in address else LocalStore(address)
