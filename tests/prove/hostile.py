"""A batch of 40 in which nine projects misbehave: the others are right, these are named with their cause, in time.

The template gets one more cell, which does to the kernel what its project's name asks for. The good projects' reports
must be byte-identical to those of a run in which nobody misbehaves; one that spoils its own kernel's settings may spoil
its own report, and no other.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WENXIAO = [sys.executable, "-m", "wenxiao", "--lang", "zh"]
DEADLINE = 40
LATE = f"超过时限 {DEADLINE} 秒"
# What a project does to its kernel, and the words by which it must be named.
DEEDS = {
    "raise": ("raise ValueError('boom')", "ValueError: boom"),
    "loop": ("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", LATE),
    "sleep": ("import time; time.sleep(9999)", LATE),
    "exit": ("import os; os._exit(3)", "内核意外退出"),
    "segfault": ("import ctypes; ctypes.string_at(0)", "内核意外退出"),
    "memory": ("x = [bytearray(2**28) for _ in range(40)]", "MemoryError"),
    "disk": ("open('filler', 'wb').write(bytes(2**30))", "File too large"),
    "print": ("for _ in range(1024): print('x' * 2**20)", "输出超过"),
}
CHILD = "import subprocess; subprocess.Popen(['sleep', '4242'])"
SPOIL = (
    "import os, locale, decimal, matplotlib; os.chdir('/'); locale.setlocale(locale.LC_ALL, 'C'); "
    "matplotlib.rcParams['font.size'] = 77; decimal.getcontext().prec = 3; os.environ['TZ'] = 'Asia/Tokyo'"
)


def workspace(root: Path) -> dict[str, str]:
    """Make 40 params files and the template; give stem → deed of those that misbehave."""
    subprocess.run([*WENXIAO, "init", root], check=True, capture_output=True)
    (root / "params" / "example.yaml").unlink()
    subprocess.run(
        [*WENXIAO, "sample", "40", "-o", root / "params", "--clean"], check=True, capture_output=True
    )
    files = sorted((root / "params").rglob("p*.yaml"))
    asked = dict(zip((path.stem for path in files[3::4]), [*DEEDS, "child", "spoil"], strict=True))
    deeds = {
        stem: DEEDS[kind][0] if kind in DEEDS else {"child": CHILD, "spoil": SPOIL}[kind]
        for stem, kind in asked.items()
    }
    template = root / "notebooks" / "self_evaluation.ipynb"
    notebook = json.loads(template.read_text(encoding="utf-8"))
    units = {unit_of(root, stem): deed for stem, deed in deeds.items()}
    harmless = str(root / "harmless")
    source = f"import os\ndeeds = {units!r}\nif not os.path.exists({harmless!r}):\n    exec(deeds.get(project.unit, ''))"
    cell = {
        "cell_type": "code",
        "id": "deed",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }
    notebook["cells"].insert(3, cell)
    template.write_text(json.dumps(notebook), encoding="utf-8")
    return asked


def unit_of(root: Path, stem: str) -> str:
    """Give a unit's name of its own to a misbehaving project."""
    path = next((root / "params").rglob(f"{stem}.yaml"))
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip().startswith("unit:"))
    lines[at] = f"{lines[at].split('unit:')[0]}unit: 示例单位{stem}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return f"示例单位{stem}"


def run(root: Path, out: str) -> tuple[dict[str, dict], float]:
    """Run the batch; give outcome by stem, and the seconds."""
    began = time.monotonic()
    command = [*WENXIAO, "run", "params", "-o", out, "-j", "2", "--timeout", str(DEADLINE), "--json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if "Traceback" in done.stderr:
        raise SystemExit(done.stderr)
    outcomes = [
        json.loads(line) for line in (root / out / "run.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return {one["stem"]: one for one in outcomes}, time.monotonic() - began


def main() -> int:
    """Give the number of things that are not as they must be."""
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "w"
        asked = workspace(root)
        (root / "harmless").touch()
        calm, seconds = run(root, "calm")
        print(f"nobody misbehaves: {len(calm)} projects in {seconds:.0f} s", flush=True)
        (root / "harmless").unlink()
        stormy, seconds = run(root, "stormy")
        for stem, outcome in stormy.items():
            kind = asked.get(stem)
            if kind in DEEDS:
                good = outcome["status"] == "failed" and DEEDS[kind][1] in outcome["error"]
                good = good and outcome["seconds"] < DEADLINE + 15
                print(
                    f"  {kind:<9} {outcome['seconds']:>5} s  {'ok' if good else 'WRONG'}: {str(outcome['error'])[:90]!r}"
                )
                wrong += [] if good else [kind]
            elif outcome["status"] != "done":
                wrong.append(f"{stem}: {outcome['error']}")
        bad = [stem for stem in stormy if asked.get(stem, "child") == "child" and not same(root, stem)]
        print(
            f"nine misbehave: {seconds:.0f} s; {len(stormy) - len(DEEDS)} others, {len(bad)} of them differ"
        )
        wrong += bad
        time.sleep(2)
        left = subprocess.run(["pgrep", "-f", "sleep 4242"], capture_output=True, text=True).stdout.split()
        left += [p.name for p in Path(tempfile.gettempdir()).glob(f"wenxiao-{os.getpid()}-*")]
        print(f"left behind: {left or 'nothing'}")
        wrong += left
    print("all as it must be" if not wrong else f"WRONG: {wrong}")
    return len(wrong)


def same(root: Path, stem: str) -> bool:
    """Tell whether a report is the same in both runs."""
    calm = next((root / "calm").glob(f"*/{stem}"))
    stormy = next((root / "stormy").glob(f"*/{stem}"), None)
    return stormy is not None and all(
        path.read_bytes() == (stormy / path.name).read_bytes()
        for path in calm.iterdir()
        if path.name != "provenance.json"
    )


if __name__ == "__main__":
    assert shutil.which("pgrep")
    raise SystemExit(min(1, main()))
