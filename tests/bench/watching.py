"""What processes use, as Linux tells it: shared by the benchmark and the proofs."""

from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Use:
    """What one process uses: memory is its resident set in MB, which forks of it that share pages do not change."""

    pid: int
    parent: int
    began: float
    command: str
    descriptors: int
    threads: int
    memory: float


def use(process: psutil.Process) -> Use | None:
    """Give what a process uses, nothing at all for a zombie; None when it has just ended."""
    try:
        with process.oneshot():
            parent, began = process.ppid(), process.create_time()
            try:
                command, descriptors = " ".join(process.cmdline()), process.num_fds()
                memory = process.memory_info().rss / 2**20
                return Use(process.pid, parent, began, command, descriptors, process.num_threads(), memory)
            except psutil.ZombieProcess:
                return Use(process.pid, parent, began, "", 0, 0, 0)
    except psutil.Error:
        return None


def tree_memory(root: psutil.Process) -> float:
    """Give the memory of a process and its descendants in MB (PSS: shared pages counted once)."""
    total = 0
    for process in [root, *root.children(recursive=True)]:
        try:
            for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except (OSError, psutil.Error):
            continue
    return total / 1024
