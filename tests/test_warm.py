"""Warm kernels: what an ordinary kernel gives, only sooner; and nothing left behind, whatever a notebook does."""

import contextlib
import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest

from helpers import ROOT, SEED

if sys.platform != "linux":
    pytest.skip("warm kernels need Linux; elsewhere ordinary ones are used", allow_module_level=True)

from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from traitlets.config import Config

from wenxiao.running import notebook
from wenxiao.running.notebook import ExecutionError, clean, execute, libraries_for
from wenxiao.running.warm import owner
from wenxiao.running.warm.client import KERNELS, PackageKernelSpecs, ReportKernelManager
from wenxiao.running.warm.owner import ZYGOTES, Key, NoZygoteError
from wenxiao.running.warm.provisioner import ordinary_because
from wenxiao.running.warm.standby import Standby, adopt

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.xdist_group("kernel"),
    # pyzmq's and jupyter_client's own affairs at the end of a loop:
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
BIN = Path(sys.executable).parent
TEMPLATE = ROOT / "notebooks" / "self_evaluation.ipynb"
FORESTRY = SEED.parent / "lingling-forestry.yaml"


@pytest.fixture(autouse=True, scope="module")
def _temporary_folder_of_our_own():
    """What these tests count as left behind must be theirs; the path is short, because sockets stand in it."""
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="w", dir="/tmp", ignore_cleanup_errors=True) as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        yield
    tempfile.tempdir = None
    if before is None:
        del os.environ["TMPDIR"]
    else:
        os.environ["TMPDIR"] = before


def notebook_of(*cells):
    code = [nbformat.v4.new_code_cell(source) for source in cells]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=code, metadata={"kernelspec": kernelspec})


def outputs(nb):
    """All that a notebook shows, in order."""
    return [(cell.get("execution_count"), cell.get("outputs")) for cell in nb.cells]


def play(folder, *cells, kernel="wenxiao", **options):
    """Run cells as a batch does; give what the last one printed."""
    client = NotebookClient(
        notebook_of(*cells), kernel_name=kernel, kernel_manager_class=ReportKernelManager, timeout=20,
        shutdown_kernel="immediate", resources={"metadata": {"path": str(folder)}}, **options,
    )  # fmt: skip
    last = client.execute().cells[-1]
    return "".join(o.text for o in last.outputs if o.output_type == "stream" and o.name == "stdout").strip()


def zygote_of(folder):
    """Give the process a new kernel was forked from, or None when the kernel is an ordinary one."""
    said = play(folder, "import os; print(os.getppid())")
    command = Path(f"/proc/{said}/cmdline").read_bytes()
    return int(said) if owner.MODULE.encode() in command else None


def children(pid):
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def descriptors(pid):
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def threads(pid):
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def is_gone(pid):
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


def soon(condition, seconds=2.0):
    """Wait until a condition holds; tell whether it did in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def temporary_files():
    runtime = Path(os.environ.get("JUPYTER_RUNTIME_DIR", Path.home() / ".local/share/jupyter/runtime"))
    return sorted([*Path(tempfile.gettempdir()).glob("wx-*"), *runtime.glob("kernel-*.json")])


@pytest.fixture(autouse=True, scope="module")
def _as_in_a_batch():
    with notebook.quiet_environment(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            owner, "OF_ONE_KERNEL", (*owner.OF_ONE_KERNEL, "PYTEST_")
        )  # pytest names the running test
        yield
    ZYGOTES.let_go()


@pytest.fixture
def report_folder(tmp_path):
    shutil.copyfile(FORESTRY, tmp_path / "params.yaml")
    return tmp_path


def test_stock_papermill_gives_the_same_outputs(tmp_path):
    kernels = ("wenxiao", "python3")
    options = ("--no-progress-bar", "-p", "params_file", SEED)
    commands = [
        [BIN / "papermill", TEMPLATE, tmp_path / f"{kernel}.ipynb", "-k", kernel, *options]
        for kernel in kernels
    ]
    started = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) for command in commands]
    assert [process.wait(120) for process in started] == [0, 0]
    warm, ordinary = (nbformat.read(tmp_path / f"{kernel}.ipynb", 4) for kernel in kernels)
    assert outputs(warm) == outputs(ordinary)
    assert len(outputs(warm)) > 20
    assert warm.metadata.kernelspec == ordinary.metadata.kernelspec, "the template's own: it opens anywhere"


def test_stock_nbclient_gives_the_same_outputs(tmp_path):
    made = []
    for kernel in ("wenxiao", "python3"):
        nb = nbformat.read(TEMPLATE, 4)
        nb.cells[0].source = f"params_file = {str(FORESTRY)!r}\noverrides = {{}}"
        NotebookClient(
            nb, kernel_name=kernel, timeout=60, resources={"metadata": {"path": str(tmp_path)}}
        ).execute()
        made.append(outputs(nb))
    assert made[0] == made[1]
    assert zygote_of(tmp_path), "the first of them was a warm one"


def test_what_a_batch_makes_is_the_same_byte_for_byte(report_folder, monkeypatch):
    """Warm, ordinary, and the fallback when no zygote comes up."""
    warm = nbformat.writes(execute(TEMPLATE, report_folder, 60, kernel="wenxiao"))
    assert nbformat.writes(execute(TEMPLATE, report_folder, 60, kernel="python3")) == warm
    ZYGOTES.let_go()
    monkeypatch.setattr(owner, "MODULE", "wenxiao.no_such_module")
    assert zygote_of(report_folder) is None
    assert nbformat.writes(execute(TEMPLATE, report_folder, 60, kernel="wenxiao")) == warm
    ZYGOTES.let_go()


@pytest.mark.parametrize("trouble", [OSError("a file went away"), NoZygoteError("no")])
def test_trouble_with_zygotes_is_never_an_error(trouble, tmp_path, monkeypatch):
    def fail(*_):
        raise trouble

    monkeypatch.setattr(owner, "_code_state", fail)
    assert zygote_of(tmp_path) is None


def test_a_zygote_with_threads_does_not_serve(tmp_path, monkeypatch):
    """A fork would have only one of them, and locks that nobody opens."""
    start = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    (tmp_path / "sitecustomize.py").write_text(start)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    hold = owner.Hold.start(Key.of(sys.executable, os.environ))
    assert hold.process.wait(30) != 0
    assert hold.last_words().startswith("ThreadsError: ")
    hold.let_go()


def test_a_kernel_is_born_with_everything_imported_that_does_not_ask_for_a_kernel(tmp_path):
    imported = ("wenxiao.report", "pandas", "matplotlib.backends.backend_svg", "debugpy")
    not_imported = ("matplotlib.pyplot", "matplotlib_inline.backend_inline", "typst")
    cell = "import sys; print(*({name} & set(sys.modules)))"
    assert set(play(tmp_path, cell.format(name=set(imported))).split()) == set(imported)
    assert play(tmp_path, cell.format(name=set(not_imported))) == ""


LEAN = Config({"WarmProvisioner": {"libraries": []}})


@pytest.mark.parametrize(
    ("cells", "libraries"),
    [(["import wenxiao as wx, json", "from decimal import Decimal"], ()), (["import seaborn"], ("pandas",)),
     (["from pandas.api import types"], ("pandas",)), (["%matplotlib inline"], ("pandas",)), ([], ())],
)  # fmt: skip
def test_what_a_template_imports_decides_what_its_kernels_are_born_with(cells, libraries, tmp_path):
    nbformat.write(notebook_of(*cells), tmp_path / "template.ipynb")
    assert libraries_for(tmp_path / "template.ipynb") == libraries


def test_a_kernel_born_without_a_library_imports_it_as_ever(tmp_path):
    assert play(tmp_path, "import sys; print('pandas' in sys.modules)", config=LEAN) == "False"
    shown = (
        "import pandas; print(pandas.get_option('display.max_columns'), pandas.DataFrame({'a': range(3)}))"
    )
    assert play(tmp_path, shown, config=LEAN) == play(tmp_path, shown, kernel="python3")


STATE = """
import json, os, sys, decimal, locale, resource, signal, time, warnings, gc, logging
import matplotlib, numpy, pandas
from matplotlib import font_manager
from pandas._config import config
warnings.simplefilter("ignore")
print(json.dumps({
    "pandas": {k: repr((pandas.get_option(k), o.defval)) for k, o in config._registered_options.items()},
    "matplotlib": {k: repr(v) for k, v in matplotlib.rcParams.items()},
    "backend": matplotlib.get_backend(),
    "fonts": [f.fname for f in font_manager.fontManager.ttflist],
    "numpy": [repr(numpy.geterr()), repr(numpy.get_printoptions())],
    "decimal": repr(decimal.getcontext()),
    "environment": {k: v for k, v in os.environ.items() if k != "JPY_PARENT_PID"},
    "place": [os.getcwd(), sys.path, sys.executable, sys.prefix, os.umask(0o22)],
    "locale": [locale.setlocale(locale.LC_ALL), locale.getpreferredencoding(), time.tzname],
    "command": [a for a in (*sys.argv, *sys.orig_argv) if not a.endswith(".json")],
    "python": [repr(sys.flags), sys.getrecursionlimit(), hash("a"), gc.get_threshold(),
               [repr(f).split(" at ")[0] for f in sys.meta_path]],
    "signals": {str(s): repr(signal.getsignal(s)).split(" at ")[0] for s in signal.valid_signals()},
    "streams": [sys.stdout.encoding, sys.__stdout__.encoding, sys.__stdin__.read()],
    "threads": len(os.listdir("/proc/self/task")),
    "group": [os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid()],
    "limits": {n: resource.getrlimit(getattr(resource, n)) for n in dir(resource)
               if n.startswith("RLIMIT_") and n not in ("RLIMIT_DATA", "RLIMIT_FSIZE")},
    "logging": [len(logging.root.handlers), logging.root.level],
    "hooks": {k: [repr(f).split(" at ")[0] for f in v] for k, v in get_ipython().events.callbacks.items()},
    "foreign": sorted(n for n in globals() if n.startswith("wenxiao") or n == "left"),
}))
"""
SPOILT = """
import builtins, decimal, locale, os, random, signal, sys, warnings, matplotlib, numpy, pandas, wenxiao, wenxiao.money
left = builtins.left = wenxiao.left = 1
wenxiao.money.half_up = None
pandas.set_option("display.max_columns", 3)
matplotlib.rcParams["font.size"] = 77
wenxiao.use_house_style()
decimal.getcontext().prec = 5
decimal.DefaultContext.rounding = decimal.ROUND_UP
numpy.seterr(all="raise"); numpy.random.seed(1); random.seed(1)
locale.setlocale(locale.LC_ALL, "C")
os.chdir("/"); os.environ["LEFT"] = "1"; os.environ["TZ"] = "Asia/Tokyo"; os.umask(0)
sys.path.insert(0, "/left"); sys.setrecursionlimit(5000)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
"""


def test_a_warm_kernel_is_in_the_state_of_an_ordinary_one_whatever_ran_before(tmp_path):
    ordinary = json.loads(play(tmp_path, STATE, kernel="python3"))
    assert json.loads(play(tmp_path, STATE)) == ordinary
    zygote = zygote_of(tmp_path)
    play(tmp_path, SPOILT)
    assert json.loads(play(tmp_path, STATE)) == ordinary
    assert play(tmp_path, "import wenxiao; print(hasattr(wenxiao, 'left'), wenxiao.half_up)").startswith(
        "False <function"
    )
    assert zygote_of(tmp_path) == zygote, "all of that was one zygote"


WRITTEN = (
    "import sys, logging\nfrom IPython.display import display\nprint('一', end=''); print('二')\nsys.stdout.flush()",
    "sys.stderr.write('x'); sys.stdout.write('y'); display('z'); print('w', flush=True)\n'v'",
    "import threading\nt = threading.Thread(target=print, args=('of a thread',)); t.start(); t.join()",
    "import subprocess; print(subprocess.run(['echo', 'of a child'], capture_output=True, text=True).stdout)",
    "logging.warning('w'); sys.stdout.writelines(['a\\n', 'b'])",
)


def test_what_is_written_comes_out_in_the_same_order(tmp_path):
    made = []
    for kernel in ("wenxiao", "python3"):
        nb = notebook_of(*WRITTEN)
        options = {
            "kernel_manager_class": ReportKernelManager,
            "resources": {"metadata": {"path": str(tmp_path)}},
        }
        NotebookClient(nb, kernel_name=kernel, timeout=30, **options).execute()
        made.append(outputs(nb))
    assert made[0] == made[1]


SHOWN = (
    "from IPython.display import HTML, clear_output, display, update_display\nhandle = display('第一', display_id='d')",
    "update_display('第二', display_id='d'); print('out'); HTML('<b>x</b>')",
    "print('gone'); display('gone too'); clear_output(wait=True); display('stays')",
    "display({'text/plain': 'raw', 'text/html': '<i>raw</i>'}, raw=True, metadata={'a': 1}); 1 + 1",
)


def test_the_engine_takes_up_outputs_as_stock_papermill_does(tmp_path):
    import papermill

    template = tmp_path / "template.ipynb"
    nb = notebook_of("params_file = ''", *SHOWN, "1 / 0")
    nb.cells[0].metadata["tags"] = ["parameters"]
    nb.cells[-1].metadata["tags"] = ["raises-exception"]
    nbformat.write(nb, template)
    with pytest.raises(ExecutionError, match="ZeroDivisionError"):
        execute(template, tmp_path, 60)
    nb.cells[-1].source = ""
    nbformat.write(nb, template)
    parameters = {"params_file": notebook.PARAMS}
    stock = papermill.execute_notebook(
        str(template), None, parameters, kernel_name="python3", progress_bar=False
    )
    assert nbformat.writes(execute(template, tmp_path, 60)) == nbformat.writes(clean(stock))


def test_random_numbers_differ_between_kernels_of_one_zygote(tmp_path):
    draw = "import random, uuid, numpy; print(random.random(), numpy.random.rand(), uuid.uuid4())"
    first, second = play(tmp_path, draw).split(), play(tmp_path, draw).split()
    assert not set(first) & set(second)


def test_a_picture_of_pyplot_is_shown_as_ever(tmp_path):
    cells = (
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 3, 2])\nNone",
        "%matplotlib inline\nplt.bar([1], [2]);",
    )
    made = []
    for kernel in ("wenxiao", "python3"):
        nb = notebook_of(*cells)
        NotebookClient(
            nb, kernel_name=kernel, timeout=30, resources={"metadata": {"path": str(tmp_path)}}
        ).execute()
        made.append(outputs(nb))
    assert made[0] == made[1]
    assert "image/png" in made[0][0][1][0].data


def test_forty_runs_leave_nothing(tmp_path):
    cell = "import pandas as pd, os; os.write(2, b'.' * 4000); pd.DataFrame({'a': range(9)}).describe()"
    zygote = zygote_of(tmp_path)
    play(tmp_path, cell)
    me = os.getpid()

    def counts():
        gc.collect()
        return descriptors(me), threads(me), descriptors(zygote), threads(zygote)

    files, before = temporary_files(), counts()
    for _ in range(40):
        play(tmp_path, cell)
    # A thread of zmq may have ended meanwhile, or not yet.
    assert soon(lambda: all(now <= then for now, then in zip(counts(), before, strict=True)))
    assert temporary_files() == files
    assert children(zygote) == []
    assert not [p for p in children(me) if is_gone(p)], "no zombies"
    assert zygote_of(tmp_path) == zygote


FAULTS = {
    "exit": ("import os\nos._exit(3)", "内核意外退出", 30),
    "segfault": ("import ctypes\nctypes.string_at(0)", "内核意外退出", 30),
    "endless": (
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "超过时限 1 秒",
        1,
    ),
    "exception": ("1 / 0", "ZeroDivisionError", 30),
    "memory": ("block = bytearray(9 * 2**30)", "MemoryError", 30),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_and_the_next_run_unharmed(name, tmp_path):
    source, said, timeout = FAULTS[name]
    zygote, before = zygote_of(tmp_path), temporary_files()
    template = tmp_path / "template.ipynb"
    leave = (
        "import subprocess; left = subprocess.Popen(['sleep', '3600']); open('pid', 'w').write(str(left.pid))"
    )
    nb = notebook_of("params_file = ''\nimport pandas", leave, source)  # one that the same zygote can serve
    nb.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(nb, template)
    with pytest.raises(ExecutionError, match=said):
        execute(template, tmp_path, timeout, kernel="wenxiao")
    assert soon(lambda: is_gone(int((tmp_path / "pid").read_text()))), "its child went with it"
    assert soon(lambda: children(zygote) == [])
    assert temporary_files() == before
    assert zygote_of(tmp_path) == zygote


def test_the_memory_limit_is_an_option_and_holds_for_ordinary_kernels_too(tmp_path):
    config = Config({"WarmProvisioner": {"memory_limit": 2**29}})
    cells = ("try:\n    bytearray(2**29)\nexcept MemoryError:\n    print('refused')",)
    assert play(tmp_path, *cells) == ""
    assert play(tmp_path, *cells, config=config) == "refused"
    (tmp_path / "pandas.py").touch()
    assert zygote_of(tmp_path) is None
    assert play(tmp_path, *cells, config=config) == "refused"


def test_a_memory_limit_that_is_lower_already_stays():
    cell = "import resource as r; from wenxiao.running.warm.child import limit; d = r.RLIMIT_DATA; r.setrlimit(d, (2**32, 2**32)); limit(0, 2**33); print(r.getrlimit(d))"
    done = subprocess.run([sys.executable, "-c", cell], capture_output=True, text=True, check=True)
    assert done.stdout == f"({2**32}, {2**32})\n"


def test_after_a_killed_zygote_comes_another(tmp_path):
    first = zygote_of(tmp_path)
    os.kill(first, signal.SIGKILL)
    second = zygote_of(tmp_path)
    assert second not in (None, first)


def test_processes_of_a_batch_share_a_zygote_that_starts_at_the_first_order(tmp_path):
    ZYGOTES.let_go()
    others = children(os.getpid())  # of other tests
    key = Key.of(sys.executable, os.environ)
    unneeded = Standby(key)
    unneeded.let_go()
    standby = Standby(key)
    assert children(os.getpid()) == others
    adopt(key, standby.control.dup())
    zygote = zygote_of(tmp_path)
    assert children(os.getpid()) == [*others, zygote]
    ZYGOTES.let_go()
    assert not is_gone(zygote), "it is not ours alone"
    adopt(key, standby.control.dup())
    assert zygote_of(tmp_path) == zygote
    os.kill(zygote, signal.SIGKILL)
    assert zygote_of(tmp_path) not in (None, zygote), "then one of our own"
    standby.let_go()
    ZYGOTES.let_go()
    assert children(os.getpid()) == others


def test_a_shared_zygote_ends_with_the_batch_whoever_holds_on(tmp_path):
    ZYGOTES.let_go()
    standby = Standby(Key.of(sys.executable, os.environ))
    adopt(Key.of(sys.executable, os.environ | {"LEFT": "1"}), standby.control.dup())
    own = zygote_of(tmp_path)
    assert own in children(os.getpid()), "it would not fit"
    adopt(Key.of(sys.executable, os.environ), standby.control.dup())
    zygote = zygote_of(tmp_path)
    standby.let_go()
    assert soon(lambda: is_gone(zygote))
    ZYGOTES.let_go()


def test_kernels_of_a_killed_zygote_die_with_all_they_started(tmp_path):
    zygote = zygote_of(tmp_path)
    leave = "import os, subprocess; left = subprocess.Popen(['sleep', '3600']); open('pid', 'w').write(f'{os.getpid()} {left.pid}')"
    with pytest.raises(Exception, match="Kernel died"):
        play(tmp_path, leave, f"import os, signal, time; os.kill({zygote}, signal.SIGKILL); time.sleep(60)")
    for pid in (tmp_path / "pid").read_text().split():
        assert soon(lambda pid=int(pid): is_gone(pid))


OWNER = """
import asyncio, sys, os, time
from wenxiao.running.warm.client import ReportKernelManager
async def main():
    manager = ReportKernelManager(kernel_name="wenxiao")
    await manager.start_kernel(cwd=sys.argv[1])
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=30)
    client.execute("import subprocess; left = subprocess.Popen(['sleep', '3600']); open('pid', 'w').write(str(left.pid))")
    while not os.path.exists(sys.argv[1] + "/pid") or not open(sys.argv[1] + "/pid").read():
        time.sleep(0.02)
    print(manager.provisioner.pid, open(sys.argv[1] + "/pid").read(), flush=True)
    time.sleep(60)
asyncio.run(main())
"""


def test_a_killed_owner_takes_zygote_and_kernels_with_it(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, tmp_path], stdout=subprocess.PIPE, text=True
    ) as process:
        kernel, left = map(int, process.stdout.readline().split())
        (zygote,) = children(process.pid)
        assert children(zygote) == [kernel]
        process.kill()
    for pid in (zygote, kernel, left):
        assert soon(lambda pid=pid: is_gone(pid), 2)
    for folder in Path(tempfile.gettempdir()).glob("wx-*"):  # a killed owner can't tidy up after itself
        shutil.rmtree(folder)


def test_another_environment_needs_another_zygote(tmp_path, monkeypatch):
    first = zygote_of(tmp_path)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert play(tmp_path, "import time; print(time.tzname[0])") == "JST"
    second = zygote_of(tmp_path)
    assert second != first
    assert soon(lambda: is_gone(first)), "retired when its last kernel has ended"


def test_a_retired_zygote_lets_its_kernels_end_first(tmp_path):
    told = f"print(__import__('pathlib').Path({str(tmp_path / 'go')!r}).exists())"
    with contextlib.ExitStack() as stack:
        client = NotebookClient(
            notebook_of(told), kernel_name="wenxiao", kernel_manager_class=ReportKernelManager, timeout=20
        )
        stack.enter_context(client.setup_kernel())
        old = ZYGOTES.get(Key.of(sys.executable, os.environ)).process.pid
        new = ZYGOTES.get(Key.of(sys.executable, os.environ | {"LEFT": "1"})).process.pid
        assert new != old
        client.execute_cell(client.nb.cells[0], 0)
        assert outputs(client.nb)[0][1][0].text == "False\n"
    assert soon(lambda: is_gone(old))


def test_edited_code_needs_another_zygote(tmp_path, monkeypatch):
    monkeypatch.setattr(owner, "PACKAGE", tmp_path)
    (tmp_path / "tables.py").write_text("")
    before = Key.of(sys.executable, {})
    assert Key.of(sys.executable, {"JPY_SESSION_NAME": "x"}) == before, "of one kernel only"
    assert Key.of("/usr/bin/python3", {}) != before
    os.utime(tmp_path / "tables.py", (time.time() + 9, time.time() + 9))
    assert Key.of(sys.executable, {}) != before


@pytest.mark.parametrize("name", ["pandas.py", "wenxiao/__init__.py", "matplotlibrc"])
def test_what_the_kernels_folder_would_replace_is_left_to_an_ordinary_kernel(name, tmp_path):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("")
    assert zygote_of(tmp_path) is None


def test_what_a_fork_cannot_be_is_left_to_an_ordinary_kernel():
    cmd = [sys.executable, "-m", "ipykernel_launcher", "-f", "x.json"]
    assert ordinary_because(cmd, {}, {"env": {}, "cwd": "/", "stderr": 2}) is None
    assert ordinary_because([cmd[0], "-X", "dev", *cmd[1:]], {}, {})
    assert ordinary_because(cmd, {"PYTHONPATH": "toolkit"}, {})
    assert ordinary_because(cmd, {}, {"independent": True})


def test_the_kernelspec_is_python3s_but_for_its_provisioner():
    from ipykernel.kernelspec import get_kernel_dict

    ours = json.loads((KERNELS / "wenxiao" / "kernel.json").read_text("utf-8"))
    stock = get_kernel_dict()
    assert ours["argv"] == ["python", *(a for a in stock["argv"][1:] if not a.startswith("-X"))]
    assert ours["metadata"].pop("kernel_provisioner") == {"provisioner_name": "wenxiao-warm"}
    assert ours["metadata"] == stock["metadata"]
    assert ours["display_name"] == "问效"
    assert KernelSpecManager().get_kernel_spec("wenxiao").to_dict()["display_name"] == "问效", (
        "run: make install"
    )


def test_the_kernelspec_is_found_where_only_the_package_is(monkeypatch):
    monkeypatch.setattr("jupyter_client.kernelspec.jupyter_path", lambda *_: [])
    assert PackageKernelSpecs().get_kernel_spec("wenxiao").display_name == "问效"
    monkeypatch.setattr(notebook, "entry_points", lambda **_: ())
    assert notebook.kernel_name.__wrapped__() == "python3", "nobody would know the provisioner"
