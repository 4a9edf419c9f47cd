"""Change scoring and the target parser, one small thing at a time, and list the changes no test notices.

``python tests/prove/mutants.py [PATTERN…]`` (all: some 40 minutes on one core; a pattern such as ``wenxiao.methods*``
takes only those). Works on a copy; a missing mutmut is installed into the environment that runs this. Survivors are
compared with the judged list of docs/mutation.md. It reports and always ends with 0.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JUDGED = ROOT / "docs" / "mutation.md"
MUTMUT = "mutmut==3.8.1"
MUTATED = ("scoring", "measuring", "methods", "funds", "numerals", "target/*")
TESTS = ("scoring", "worked_cases", "cases", "findings", "target", "steps")

SETTINGS = f"""
[tool.mutmut]
source_paths = ["src/wenxiao"]
only_mutate = {json.dumps([f"src/wenxiao/{name}.py" for name in MUTATED])}
also_copy = ["src", "params", "notebooks", "docs"]
"""
# mutmut writes each function in all its variants, with a switch in front; the loop below throws the switch.
MAKE = """
from pathlib import Path
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
Path("mutants").mkdir()
copy_src_dir(), copy_also_copy_files(), create_mutants(1)
"""
# mutmut's own runner starts pytest for each mutant, which takes a second; here one pytest collects once and forks. First
# each test runs unchanged and tells which functions it enters; then each mutant meets the tests of its function, the
# quick ones first, until one fails.
LOOP = """
import fnmatch, json, os, signal, sys, time
from collections import defaultdict
from pathlib import Path
import hypothesis
from _pytest.runner import runtestprotocol
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
import wenxiao

assert "/mutants/src/" in wenxiao.__file__, wenxiao.__file__
# Few and always the same examples, and a failure is enough: no smaller one is sought.
hypothesis.settings.register_profile(
    "mutants", max_examples=20, derandomize=True, database=None, deadline=None, phases=("explicit", "generate")
)
hypothesis.settings.load_profile("mutants")
MOST_SECONDS = 60  # of processor time: an endless loop ends here


def passes(item):
    return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))


def tests_by_function(items):
    found, seconds = defaultdict(list), {}
    set_mutant_under_test("stats")
    for item in items:
        began = time.process_time()
        assert passes(item), f"fails without any change: {item.nodeid}"
        seconds[item] = time.process_time() - began
        for function in state()._stats:
            found[function].append(item)
        state()._stats.clear()
    return {function: sorted(tests, key=seconds.get) for function, tests in found.items()}


def tried(name, tests):
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        return "timeout" if os.WIFSIGNALED(status) else "killed" if os.WEXITSTATUS(status) else "survived"
    try:
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        set_mutant_under_test(name)
        os._exit(0 if all(passes(item) for item in tests) else 1)
    finally:
        os._exit(1)


def pytest_runtestloop(session):
    tests, patterns, verdicts = tests_by_function(session.items), os.environ["PATTERNS"].split(), {}
    for meta in sorted(Path().rglob("*.py.meta")):
        path = str(meta)[:-5]
        for name in json.loads(meta.read_text())["exit_code_by_key"]:
            if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
                own = tests.get(name.rpartition("__mutmut_")[0])
                verdicts[name] = (path, tried(name, own) if own else "no test")
        Path("verdicts.json").write_text(json.dumps(verdicts))
        print(path, len(verdicts), file=sys.stderr, flush=True)
    return True
"""
# One process for all differences.
DIFFS = """
import json, sys
from pathlib import Path
from mutmut.mutation.diff_apply import get_diff_for_mutant
print(json.dumps([get_diff_for_mutant(name, path=Path(path)) for path, name in json.load(sys.stdin)]))
"""


def copy_to(place: Path) -> None:
    """Copy what git tracks or would track; toolkit becomes src, where mutmut looks for packages."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )  # fmt: skip
    for name in filter(None, listed.stdout.decode().split("\0")):
        target = place / re.sub("^toolkit/", "src/", name)
        if (ROOT / name).is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    with (place / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)


def try_all(place: Path, patterns: list[str]) -> dict[str, tuple[str, str]]:
    """Make the mutants and try those that a pattern takes; give name → (file, verdict)."""
    if importlib.util.find_spec("mutmut") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", MUTMUT], check=True)
    subprocess.run([sys.executable, "-c", MAKE], cwd=place, check=True, stdout=subprocess.DEVNULL)
    mutants = place / "mutants"
    (mutants / "loop.py").write_text(LOOP, encoding="utf-8")
    settings = {"PYTHONPATH": f"{mutants / 'src'}:{mutants}", "PATTERNS": " ".join(patterns or ["*"])}
    tests = [f"tests/test_{name}.py" for name in TESTS]
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "loop"]
    command += ["--tb=native", "--assert=plain"]  # no words about a failure: pytest would parse the huge files for them
    # The tests of speed are left out: switches take time.
    subprocess.run([*command, "-k", "not slow", *tests], cwd=mutants, env=os.environ | settings, check=False)
    verdicts: dict[str, tuple[str, str]] = json.loads((mutants / "verdicts.json").read_text("utf-8"))
    return verdicts


def described(place: Path, survivors: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Give place, old and new of each survivor, in the words of docs/mutation.md."""
    asked = subprocess.run(
        [sys.executable, "-c", DIFFS], cwd=place, input=json.dumps(survivors), capture_output=True, text=True, check=True
    )  # fmt: skip
    found = []
    for (_, name), diff in zip(survivors, json.loads(asked.stdout), strict=True):
        where = re.sub(r"__mutmut_\d+$", "", name).removeprefix("wenxiao.").replace("x_", "", 1)
        found.append((where.replace("xǁ", "").replace("ǁ", "."), *(_changed(diff, sign) for sign in "-+")))
    return found


def _changed(diff: str, sign: str) -> str:
    lines = [line[1:].strip() for line in diff.splitlines() if line[:1] == sign and line[:3] != sign * 3]
    return re.sub(r"\s+", " ", " ".join(lines)).replace("|", "∣")


def row(where: str, old: str, new: str) -> str:
    """Write a survivor as the first two cells of its line in docs/mutation.md: only what differs, and a little around."""
    start = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    ahead, behind = old[start:], new[start:]
    same = next((i for i, (a, b) in enumerate(zip(ahead[::-1], behind[::-1], strict=False)) if a != b), 0)
    first = max(0, start - 24)
    return f"| `{where}` | `{_piece(old, first, len(old) - same + 16)}` → `{_piece(new, first, len(new) - same + 16)}` |"


def _piece(text: str, first: int, last: int) -> str:
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def report(place: Path, verdicts: dict[str, tuple[str, str]]) -> None:
    """Print totals by module, then the survivors that docs/mutation.md does not judge."""
    for one in sorted({path for path, _ in verdicts.values()}):
        counts = Counter(verdict for path, verdict in verdicts.values() if path == one)
        print(one.removeprefix("src/wenxiao/"), dict(sorted(counts.items())), sep="\t")
    print("all", dict(sorted(Counter(verdict for _, verdict in verdicts.values()).items())), sep="\t")
    left = [(path, name) for name, (path, verdict) in verdicts.items() if verdict in ("survived", "no test")]
    judged = JUDGED.read_text("utf-8") if JUDGED.exists() else ""
    rows = [row(*one) for one in described(place, left)]
    new = [one for one in rows if one not in judged]
    print(f"\n{len(rows)} survivors, {len(new)} not judged in docs/mutation.md", *new, sep="\n")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wenxiao-mutants-") as folder:
        copy_to(Path(folder))
        report(Path(folder), try_all(Path(folder), sys.argv[1:]))


if __name__ == "__main__":
    main()
