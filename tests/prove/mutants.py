"""Change scoring and the target parser, one small thing at a time, and list the changes no test notices.

``python tests/prove/mutants.py [PATTERN…]`` (all: some eight minutes on one core; a pattern such as ``wenxiao.methods*``
takes only those). mutmut writes the changes of the functions; of each table and pattern at the top of a module one
entry or alternative is left out here, which mutmut does not do. All happens in a copy; a missing mutmut is installed
into the environment that runs this. Survivors are compared with the judged list of docs/mutation.md. It reports, and
always ends with 0.
"""

import fnmatch
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parents[2]
JUDGED = ROOT / "docs" / "mutation.md"
MUTMUT = "mutmut==3.8.1"
MUTATED = ("scoring", "measuring", "methods", "funds", "numerals", "target/*")
TESTS = ("scoring", "worked_cases", "cases", "findings", "target", "steps")
MOST_SECONDS = 60  # of processor time for one mutant: an endless loop ends here

SETTINGS = f"""
[tool.mutmut]
source_paths = ["src/wenxiao"]
only_mutate = {json.dumps([f"src/wenxiao/{name}.py" for name in MUTATED])}
also_copy = ["src", "params", "notebooks", "docs"]
"""
# mutmut writes each function in all its variants, with a switch in front; pytest_runtestloop throws it.
MAKE = """
from pathlib import Path
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
Path("mutants").mkdir()
copy_src_dir(), copy_also_copy_files(), create_mutants(1)
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
    found = f"{mutants / 'src'}:{mutants / 'tests/prove'}"
    settings = {"PYTHONPATH": found, "PATTERNS": "\n".join(patterns or ["*"])}
    tests = [f"tests/test_{name}.py" for name in TESTS]
    # No cache, no words about failures (pytest would parse the huge files for them), no tests of speed: switches take time.
    options = [
        "-q", "-s", "-pno:xdist", "-pno:cacheprovider", "-pmutants", "--tb=native", "--assert=plain", "-k", "not slow",
    ]  # fmt: skip
    command = [sys.executable, "-m", "pytest", *options, *tests]
    subprocess.run(command, cwd=mutants, env=os.environ | settings, check=False)
    verdicts: dict[str, tuple[str, str]] = json.loads((mutants / "verdicts.json").read_text("utf-8"))
    return verdicts


# --- inside pytest, where this file is a plugin -------------------------------------------------------------------------
# mutmut's own runner starts pytest for each mutant, which takes a second; here one pytest collects once and forks. First
# each test runs unchanged and tells which functions it enters; then each mutant meets the tests of its function, the
# quick ones first, until one fails.

Table = Any  # a pattern, or a dict, set or tuple
Change = tuple[Table, Table]  # what stands there, and what shall


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try the mutants that a pattern takes, and leave the verdicts in a file."""
    wanted, verdicts = os.environ["PATTERNS"].splitlines(), {}
    seconds, tests = first_run(session.items)
    for meta in sorted(Path().rglob("*.py.meta")):
        path = str(meta)[:-5]
        dotted = path[4:-3].replace("/", ".").removesuffix(".__init__")
        for name in json.loads(meta.read_text("utf-8"))["exit_code_by_key"]:
            if any(fnmatch.fnmatch(name, one) for one in wanted):
                own = sorted(tests.get(name.rpartition("__mutmut_")[0], ()), key=seconds.__getitem__)
                verdicts[name] = (path, tried(own, name))
        for said, changes in changed_tables(sys.modules[dotted]):
            if any(fnmatch.fnmatch(said, one) for one in wanted):
                verdicts[said] = (path, tried(sorted(seconds, key=seconds.__getitem__), "", changes))
        Path("verdicts.json").write_text(json.dumps(verdicts), encoding="utf-8")
        print(path, len(verdicts), file=sys.stderr, flush=True)
    return True


def pytest_configure() -> None:
    """Take few and always the same examples; and a failure is enough, no smaller one is sought."""
    few: Any = {"max_examples": 20, "derandomize": True, "database": None, "deadline": None}
    hypothesis.settings.register_profile("mutants", phases=("explicit", "generate"), **few)
    hypothesis.settings.load_profile("mutants")


def first_run(items: Iterable[pytest.Item]) -> tuple[dict[pytest.Item, float], dict[str, set[pytest.Item]]]:
    """Run every test on the unchanged program: its seconds, and the tests of each function."""
    from mutmut.mutation.trampoline import set_mutant_under_test
    from mutmut.state import state

    import wenxiao

    assert "/mutants/src/" in str(wenxiao.__file__), f"another wenxiao is tested: {wenxiao.__file__}"
    seconds: dict[pytest.Item, float] = {}
    found: dict[str, set[pytest.Item]] = defaultdict(set)
    set_mutant_under_test("stats")
    for item in items:
        began = time.process_time()
        assert passes(item), f"fails without any change: {item.nodeid}"
        seconds[item] = time.process_time() - began
        for function in state()._stats:
            found[function].add(item)
        state()._stats.clear()
    return seconds, found


def passes(item: pytest.Item) -> bool:
    """Run a test: as the plain function it is, which is many times quicker, or with pytest where it wants a fixture."""
    assert isinstance(item, pytest.Function)
    values = item.callspec.params if hasattr(item, "callspec") else {}
    if set(item.fixturenames) != set(values):
        return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))
    try:
        item.obj(**values)
    except (Exception, pytest.fail.Exception):
        return False
    return True


def tried(tests: list[pytest.Item], mutant: str, changes: Iterable[Change] = ()) -> str:
    """Give what becomes of a mutant, or of changed tables, in a process of its own."""
    if not tests:
        return "no test"
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        return "timeout" if os.WIFSIGNALED(status) else "killed" if os.WEXITSTATUS(status) else "survived"
    try:
        from mutmut.mutation.trampoline import set_mutant_under_test

        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        set_mutant_under_test(mutant)
        for old, new in changes:
            replace_everywhere(old, new)
        os._exit(0 if all(passes(item) for item in tests) else 1)
    finally:
        os._exit(1)


def replace_everywhere(old: Table, new: Table) -> None:
    for module in [module for name, module in sys.modules.items() if name.startswith("wenxiao")]:
        for name in [name for name, one in vars(module).items() if one is old]:
            setattr(module, name, new)


def changed_tables(module: ModuleType) -> Iterator[tuple[str, list[Change]]]:
    """Leave out one thing of a table or of a list in a pattern: its name, and what has to change."""
    for name, one in tables(module).items():
        about = f"{module.__name__}.{name} without"
        if isinstance(one, dict):
            yield from (
                (f"{about} {key}", [(one, {k: v for k, v in one.items() if k != key})]) for key in one
            )
        elif isinstance(one, frozenset):
            yield from ((f"{about} {key}", [(one, one - {key})]) for key in sorted(one))
        elif isinstance(one, tuple):
            yield from ((f"{about} entry {i + 1}", [(one, one[:i] + one[i + 1 :])]) for i in range(len(one)))
        for pattern in filter(lambda part: isinstance(part, re.Pattern), chain(*nested(one))):
            for words in sorted(lists_of(pattern.pattern) - _SEEN):
                _SEEN.add(words)
                for left_out, rest in shorter(words):
                    if changes := everywhere(words, rest):
                        yield f"{about} {left_out} in {words[:20]}", changes


def tables(module: ModuleType) -> dict[str, Table]:
    """Give the tables and patterns that a module makes, not those it imports."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    names = set(re.findall(r"(?m)^([A-Z_]+)\b.* = ", source))
    return {name: one for name, one in vars(module).items() if name in names}


def nested(table: Table) -> Iterator[Iterable[Any]]:
    """Give what a table holds: a pattern itself, and the patterns in rows."""
    yield [table]
    yield from (row for row in table if isinstance(row, tuple)) if isinstance(table, tuple) else ()


_SEEN = set[str]()
_TOKEN = re.compile(r"\\.|\((?:\?(?:P?<\w+>|P=|<?[=!]|:))?|\[\^?(?:\\.|[^\]])*\]|.", re.DOTALL)


def lists_of(text: str) -> set[str]:
    """Give the lists of a pattern: what stands in a group with alternatives, and sets without ranges."""
    bodies, starts = {text}, [0]
    for token in _TOKEN.finditer(text):
        if token[0][0] == "(":
            starts.append(token.end())
        elif token[0] == ")":
            bodies.add(text[starts.pop() : token.start()])
    return {one for one in bodies if len(alternatives(one)) > 1} | {
        one for one in _sets(text) if "-" not in one
    }


def shorter(words: str) -> Iterator[tuple[str, str]]:
    """Leave out each alternative of a list, or each character of a set."""
    parts = list(words[1:-1].removeprefix("^")) if words in _sets(words) else alternatives(words)
    for place, part in enumerate(parts):
        rest = [*parts[:place], *parts[place + 1 :]]
        negated = "^" if words.startswith("[^") else ""
        yield part, f"[{negated}{''.join(rest)}]" if words in _sets(words) else "|".join(rest)


def _sets(text: str) -> list[str]:
    return [token[0] for token in _TOKEN.finditer(text) if token[0][0] == "["]


def alternatives(text: str) -> list[str]:
    """Split a pattern at the bars that stand in no group."""
    parts, depth = [""], 0
    for token in _TOKEN.finditer(text):
        depth += (token[0][0] == "(") - (token[0] == ")")
        parts = [*parts, ""] if token[0] == "|" and not depth else [*parts[:-1], parts[-1] + token[0]]
    return parts


def everywhere(words: str, rest: str) -> list[Change]:
    """Change a list in every pattern that holds it: it may be written once and stand in several."""
    changes = []
    for module in [module for name, module in sys.modules.items() if name.startswith("wenxiao.")]:
        for one in vars(module).values():
            with suppress(re.error):
                new = rewritten(one, words, rest)
                changes += [(one, new)] if new is not one else []
    return changes


def rewritten(one: Table, words: str, rest: str) -> Table:
    """Give a pattern, or a table of rows with patterns, with ``rest`` for ``words``; itself where they do not occur."""
    if isinstance(one, re.Pattern):
        found = isinstance(one.pattern, str) and words in one.pattern
        return re.compile(one.pattern.replace(words, rest), one.flags) if found else one
    if type(one) is not tuple:
        return one
    new = tuple(rewritten(part, words, rest) for part in one)
    return new if any(a is not b for a, b in zip(one, new, strict=True)) else one


# --- the report -----------------------------------------------------------------------------------------------------------


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


_JUDGED_ROW = re.compile(r"\| `[\w.]+` \| (`|without `)")


def table_row(name: str) -> str:
    """Write what a table or pattern does not need as the first two cells of its line in docs/mutation.md."""
    where, _, left_out = name.removeprefix("wenxiao.").partition(" without ")
    return f"| `{where}` | without `{left_out.replace('|', '∣')}` |"


def _piece(text: str, first: int, last: int) -> str:
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def report(place: Path, verdicts: dict[str, tuple[str, str]], whole: bool) -> None:
    """Print totals by module, the survivors that docs/mutation.md does not judge, and of a whole run what it judges in vain."""
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
    if whole:
        old = [
            line
            for line in judged.splitlines()
            if _JUDGED_ROW.match(line) and not line.startswith(tuple(rows))
        ]
        print(f"\n{len(old)} judged there that survive no more", *old, sep="\n")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wenxiao-mutants-") as folder:
        try:
            copy_to(Path(folder))
            report(Path(folder), try_all(Path(folder), sys.argv[1:]), whole=not sys.argv[1:])
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"no result, see above: {error}")


if __name__ == "__main__":
    main()
