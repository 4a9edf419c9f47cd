"""``wenxiao import`` over many files: each in a process of its own, none stops the others, unchanged ones are left alone.

sources   which files; the name of the params file of each
one       one file: read, interpreted, checked
worker    the process that does it, with bounded memory
pool      several such processes, each file with a deadline
records   import.jsonl: what was made of which file
listing   the list of what a person must look at, beside each params file
running   the batch
"""

from wenxiao.importing.batch.records import Outcome
from wenxiao.importing.batch.running import Options, Store, import_files
from wenxiao.importing.batch.sources import Found, find_sources

__all__ = ["Found", "Options", "Outcome", "Store", "find_sources", "import_files"]
