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
import fnmatch, json, os, re, signal, sys, time
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
    found = defaultdict(set)
    set_mutant_under_test("stats")
    for item in items:
        began = time.process_time()
        assert passes(item), f"fails without any change: {item.nodeid}"
        item.seconds = time.process_time() - began
        for function in state()._stats:
            found[function].add(item)
        state()._stats.clear()
    return found


def tried(name, tests, change=lambda: None):
    if not tests:
        return "no test"
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        return "timeout" if os.WIFSIGNALED(status) else "killed" if os.WEXITSTATUS(status) else "survived"
    try:
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        set_mutant_under_test(name)
        change()
        os._exit(0 if all(passes(item) for item in sorted(tests, key=lambda item: item.seconds)) else 1)
    finally:
        os._exit(1)


def shorter(pattern):
    # Each alternative left out, and each character of a set: (what is left out, the pattern without it).
    text, levels, at, token = pattern.pattern, [[0]], 0, re.compile(r"\\\\.|\\(\\?(?:P?<\\w+>|P=|<?[=!]|:)|\\[\\^?(?:\\\\.|[^\\]])*\\]|.", re.S)
    cuts = []
    for found in token.finditer(text):
        one = found[0]
        if one[0] == "[" and "-" not in one:
            cuts += [(found.start() + k, found.start() + k + 1) for k in range(1 + (one[1] == "^"), len(one) - 1)]
        elif one[0] == "(":
            levels.append([found.end()])
        elif one == "|":
            levels[-1].append(found.end())
        elif one == ")":
            cuts += pieces(levels.pop(), found.start())
    for first, last in cuts + pieces(levels.pop(), len(text)):
        try:
            yield text[first:last].strip("|"), re.compile(text[:first] + text[last:], pattern.flags)
        except re.error:
            continue


def pieces(starts, end):
    ends = [start - 1 for start in starts[1:]] + [end]
    spans = list(zip(starts, ends)) if len(starts) > 1 else []
    return [(a, b + 1) if b != end else (a - 1, b) for a, b in spans]


def smaller(table):
    # Each table with one thing less.
    if isinstance(table, re.Pattern):
        yield from shorter(table)
    elif isinstance(table, dict) and table:
        yield from ((str(key), {k: v for k, v in table.items() if k != key}) for key in table)
    elif isinstance(table, frozenset):
        yield from ((str(key), table - {key}) for key in sorted(table))
    elif isinstance(table, tuple) and table:
        for place, one in enumerate(table):
            yield f"entry {place + 1}", table[:place] + table[place + 1 :]
            if isinstance(one, tuple) and isinstance(one[0], re.Pattern):
                for left_out, less in shorter(one[0]):
                    yield f"entry {place + 1}: {left_out}", (*table[:place], (less, *one[1:]), *table[place + 1 :])


def replace_everywhere(old, new):
    for module in [m for name, m in sys.modules.items() if name.startswith("wenxiao")]:
        for name, one in list(vars(module).items()):
            if one is old:
                setattr(module, name, new)


def tables(module):
    # The tables and patterns of a module, each where it is made.
    here = Path(module.__file__).read_text(encoding="utf-8")
    return {n: t for n, t in vars(module).items() if re.search(rf"(?m)^{n}\\b.* = ", here) and "mutmut" not in n}


def pytest_runtestloop(session):
    tests, patterns, verdicts = tests_by_function(session.items), os.environ["PATTERNS"].split(), {}
    for meta in sorted(Path().rglob("*.py.meta")):
        path = str(meta)[:-5]
        dotted = path[4:-3].replace("/", ".").removesuffix(".__init__")
        for name in json.loads(meta.read_text())["exit_code_by_key"]:
            if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
                verdicts[name] = (path, tried(name, tests.get(name.rpartition("__mutmut_")[0])))
        own = set().union(*(some for function, some in tests.items() if function.rpartition(".")[0] == dotted))
        for name, table in tables(sys.modules[dotted]).items():
            if any(fnmatch.fnmatch(f"{dotted}.{name}", pattern) for pattern in patterns):
                for left_out, less in smaller(table):
                    said = f"{dotted}.{name} without {left_out}"
                    verdicts[said] = (path, tried("", own, lambda: replace_everywhere(table, less)))
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
    # No cache, no words about failures (pytest would parse the huge files for them), no tests of speed: switches take time.
    options = [
        "-q",
        "-s",
        "-pno:xdist",
        "-pno:cacheprovider",
        "-ploop",
        "--tb=native",
        "--assert=plain",
        "-k",
        "not slow",
    ]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    subprocess.run(command, cwd=mutants, env=os.environ | settings, check=False)
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
        where = where.replace("xǁ", "").replace("ǁ", ".")
        found.append((where, _changed(diff, "-"), _changed(diff, "+")))
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
    first = max(0, start - 40)
    return f"| `{where}` | `{_piece(old, first, len(old) - same + 24)}` → `{_piece(new, first, len(new) - same + 24)}` |"


def table_row(name: str) -> str:
    """Write what a table or pattern does not need as the first two cells of its line in docs/mutation.md."""
    where, _, left_out = name.removeprefix("wenxiao.").partition(" without ")
    return f"| `{where}` | without `{left_out.replace('|', '∣')}` |"


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
    rows = [row(*one) for one in described(place, [one for one in left if " without " not in one[1]])]
    rows += [table_row(name) for _, name in left if " without " in name]
    new = [one for one in rows if one not in judged]
    print(f"\n{len(rows)} survivors, {len(new)} not judged in docs/mutation.md", *new, sep="\n")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wenxiao-mutants-") as folder:
        copy_to(Path(folder))
        report(Path(folder), try_all(Path(folder), sys.argv[1:]))


if __name__ == "__main__":
    main()
