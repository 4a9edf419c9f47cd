"""Many machines: stores that never show half a report, and a real cluster writing to a real S3 server."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from helpers import ROOT, SEED
from wenxiao.running.executors import (
    ClusterExecutor,
    NoClusterError,
    UnlikeWorkerError,
    WorkerLostError,
    cluster,
    executor_for,
    pack,
    unpack,
)
from wenxiao.running.project import Job, Outcome, run_project
from wenxiao.running.storage import (
    FsspecStore,
    Holder,
    LocalStore,
    LockedError,
    StoreError,
    filelock,
    lease,
    store_for,
)

fsspec = pytest.importorskip("fsspec")

PLACE = "2021/示例[1]"
OLD = {"report.html": b"old page", "report.pdf": b"old pdf", "evaluation.json": b"{}"}
NEW = {"report.html": b"new page", "evaluation.json": b'{"new": 1}', "params.yaml": b"schema: wenxiao/1\n"}


def fill(folder, files, inputs):
    """Make a stage as a run does: the files, then what declares them."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    about = {"inputs": inputs, "files": {n: hashlib.sha256(d).hexdigest() for n, d in files.items()}}
    (folder / "provenance.json").write_text(json.dumps(about), encoding="utf-8")


def put(store, files, inputs, place=PLACE):
    with store.stage(place) as stage:
        fill(stage, files, inputs)
        store.place(stage, place)


def shown(store):
    """What a reader takes for whole: the place and the files of each report."""
    found = {}
    for place in store.folders():
        names = json.loads(store.read_bytes(f"{place}/provenance.json"))["files"]
        found[place] = {name: store.read_bytes(f"{place}/{name}") for name in names}
    return found


def everything(store):
    """Give all that lies in a store, by place."""
    if isinstance(store, LocalStore):
        return {p.relative_to(store.root).as_posix() for p in store.root.rglob("*") if p.is_file()}
    return set(store._below(""))


def looked_at(store):
    """What a careful reader takes for whole, and what a hasty one does, who looks at names only."""
    return shown(store), list(store.folders(verified=False))


class Killed(BaseException):
    """The process is gone: nothing of it runs any more, no cleaning up either."""


class Disk:
    """Counts what changes a store, and fails at the n-th change: once, or for good as when the process is killed."""

    def __init__(self, at, kind):
        self.at, self.kind, self.done = at, kind, 0
        self.after = lambda: None

    def change(self, do, undone=None):
        self.done += 1
        if self.kind == "killed" and self.done > self.at:
            raise Killed
        if self.done == self.at:
            if undone:
                undone()
            raise Killed if self.kind == "killed" else OSError(28, "No space left on device", "x")
        answer = do()
        self.after()
        return answer


LOCAL_CALLS = ["rename", "replace", "fsync", "mkdir", "unlink", "rmdir"]


def changing(disk, real):
    return lambda *arguments, **options: disk.change(lambda: real(*arguments, **options))


@contextlib.contextmanager
def local_disk(at=0, kind="never"):
    disk = Disk(at, kind)
    with contextlib.ExitStack() as stack:
        for name in LOCAL_CALLS:
            stack.enter_context(mock.patch.object(os, name, changing(disk, getattr(os, name))))
        yield disk


class ObjectStore(fsspec.get_filesystem_class("memory")):
    """fsspec's memory over a disk that fails; an object appears whole or not at all."""

    protocol = "flaky"
    store, pseudo_dirs, disk = {}, [""], Disk(0, "never")
    torn = staticmethod(lambda do: None)

    def pipe_file(self, path, value, mode="overwrite", **kwargs):
        write = super().pipe_file

        def half():
            self.torn(lambda: write(path, value[: len(value) // 2]))

        return self.disk.change(lambda: write(path, value, mode=mode, **kwargs), half)

    def cp_file(self, path1, path2, **kwargs):
        copy, write = super().cp_file, super().pipe_file

        def half():
            self.torn(lambda: write(path2, self.cat_file(path1)[:3]))

        return self.disk.change(lambda: copy(path1, path2, **kwargs), half)

    def rm_file(self, path):
        remove = super().rm_file
        return self.disk.change(lambda: remove(path))


class InPlaceStore(ObjectStore):
    """The same, but a write that fails leaves half of its bytes."""

    protocol = "torn"
    store, pseudo_dirs = {}, [""]
    torn = staticmethod(lambda do: do())


for one in (ObjectStore, InPlaceStore):
    fsspec.register_implementation(one.protocol, one, clobber=True)


@contextlib.contextmanager
def flaky_disk(at=0, kind="never"):
    ObjectStore.disk = disk = Disk(at, kind)
    try:
        yield disk
    finally:
        ObjectStore.disk = Disk(0, "never")


@pytest.fixture(autouse=True)
def quick_lease(monkeypatch):
    monkeypatch.setattr(lease, "SETTLE", 0.01)


@pytest.fixture(params=["local", "flaky", "torn"])
def new_store(request, tmp_path):
    """Give empty stores, one after another, and the disk that may fail under them."""
    count = iter(range(1000))

    def make():
        if request.param == "local":
            return LocalStore(tmp_path / str(next(count)))
        return FsspecStore(f"{request.param}://{tmp_path.name}/reports{next(count)}")

    return make, (local_disk if request.param == "local" else flaky_disk)


def after_a_run(store):
    """The next run: it takes the lock, whoever left it, and sweeps."""
    with store.lock():
        store.sweep()


@pytest.mark.parametrize("kind", ["failed", "killed"])
@pytest.mark.parametrize("before", [None, OLD], ids=["new", "replaced"])
def test_whatever_step_fails_no_reader_sees_half_a_report(new_store, before, kind):
    make, failing = new_store
    allowed = [{}, {PLACE: NEW}] + ([{PLACE: before}] if before else [])
    for at in range(1, 200):
        store = make()
        if before:
            put(store, before, {"v": 1})
        with failing(at, kind) as disk:
            seen = []
            disk.after = lambda store=store, seen=seen: seen.append(looked_at(store))
            with contextlib.suppress(Killed, OSError, StoreError):
                put(store, NEW, {"v": 2})
        assert all(list(careful) == hasty for careful, hasty in seen), at
        assert all(one in allowed for one in [*(careful for careful, _ in seen), shown(store)]), at
        time.sleep(0.001)  # what is left is older than the next lock
        after_a_run(store)
        left = shown(store)
        assert left in allowed, at
        assert left or not before, f"step {at}: a finished report is lost"
        names = set().union(
            *({f"{PLACE}/{n}" for n in [*files, "provenance.json"]} for files in left.values())
        )
        if left or "torn:" not in getattr(store, "address", ""):
            assert everything(store) == names, at
        else:  # a store that writes in place may keep a cut-off provenance.json, and its files, until the next run
            assert shown(store) == {}, at
        assert store.current(PLACE, {"v": 2}) == (left == {PLACE: NEW})
        if disk.done < at:
            break
    else:
        pytest.fail("it never came through")
    assert at > 4, "hardly a step was counted"
    assert left == {PLACE: NEW}


@pytest.mark.parametrize("kind", ["failed", "killed"])
def test_a_file_of_the_batch_is_the_old_or_the_new_one(tmp_path, kind):
    for at in range(1, 20):
        store = LocalStore(tmp_path / str(at))
        store.write_text("run.jsonl", "old\n")
        with local_disk(at, kind) as disk, contextlib.suppress(Killed, OSError):
            store.write_text("run.jsonl", "new\n")
        assert store.read_text("run.jsonl") in ("old\n", "new\n")
        time.sleep(0.001)
        after_a_run(store)
        assert everything(store) == {"run.jsonl"}
        if disk.done < at:
            break
    assert store.read_text("run.jsonl") == "new\n"
    assert at > 2


def test_sweeping_may_be_killed_too(new_store):
    make, failing = new_store
    for at in range(1, 60):
        store = make()
        put(store, OLD, {"v": 1})
        with failing(9, "killed"), contextlib.suppress(Killed):  # in the middle of the replacement
            put(store, NEW, {"v": 2})
        time.sleep(0.001)
        with store.lock(), failing(at, "killed") as disk, contextlib.suppress(Killed):
            store.sweep()
        assert shown(store) in ({}, {PLACE: OLD}, {PLACE: NEW})
        after_a_run(store)
        assert shown(store) in ({PLACE: OLD}, {PLACE: NEW})
        if disk.done < at:
            break
    assert at > 1


def test_current_sees_a_change_of_inputs_and_of_every_file(new_store):
    store = new_store[0]()
    assert not store.current(PLACE, {"v": 1})
    put(store, OLD, {"v": 1})
    assert store.current(PLACE, {"v": 1})
    assert not store.current(PLACE, {"v": 2})
    for name in OLD:
        store.write_bytes(f"{PLACE}/{name}", b"tampered")
        assert not store.current(PLACE, {"v": 1}), name
        assert list(store.folders()) == []
        assert list(store.folders(verified=False)) == [PLACE]
        store.write_bytes(f"{PLACE}/{name}", OLD[name])
    assert store.current(PLACE, {"v": 1})


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": {"../x": "0"}}', b'{"files": {}}'])
def test_a_torn_provenance_is_none(new_store, content):
    store = new_store[0]()
    put(store, OLD, {})
    store.write_bytes(f"{PLACE}/provenance.json", content)
    assert list(store.folders()) == []
    assert not store.current(PLACE, {})


def test_folders_come_sorted_and_work_is_none_of_them(new_store):
    store = new_store[0]()
    for place in ("2022/b", "2021/b", "2021/a"):
        put(store, OLD, {}, place)
    with store.stage("2021/c") as stage:
        fill(stage, OLD, {})
        assert list(store.folders()) == ["2021/a", "2021/b", "2022/b"]
    store.write_text("run.jsonl", "{}\n")
    assert store.read_text("run.jsonl") == "{}\n"
    with pytest.raises(FileNotFoundError):
        store.read_text("portfolio.csv")


def test_two_runs_exclude_each_other_and_say_who(new_store):
    store = new_store[0]()
    with store.lock():
        with pytest.raises(LockedError) as raised, store.lock():
            pass
        zh, en = raised.value.text("zh"), raised.value.text("en")
        for said in (socket.gethostname(), str(os.getpid())):
            assert said in zh
            assert said in en
        assert raised.value.holder.since[:4] in zh
    with store.lock():
        pass
    assert everything(store) == set()


def test_sweep_needs_the_lock_and_spares_what_is_younger(new_store):
    store = new_store[0]()
    with pytest.raises(RuntimeError):
        store.sweep()
    with store.lock(), store.stage(PLACE) as stage:
        fill(stage, NEW, {})
        store.sweep()
        store.place(stage, PLACE)
    assert shown(store) == {PLACE: NEW}


HOLD = "import sys, time; from wenxiao.running.storage import LocalStore\nwith LocalStore(sys.argv[1]).lock(): print('held', flush=True); time.sleep(60)"


def test_a_lock_of_a_killed_process_is_taken_over(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=str(other.pid)), LocalStore(tmp_path).lock():
            pass
        other.kill()
        other.wait()
        assert (tmp_path / ".wenxiao.lock").exists()
        with LocalStore(tmp_path).lock():
            pass


def test_a_lock_left_by_another_host_is_believed(tmp_path):
    left = replace(Holder.here(), host="elsewhere")
    (tmp_path / ".wenxiao.lock").write_text(left.text())
    with pytest.raises(LockedError, match="elsewhere") as raised, LocalStore(tmp_path).lock():
        pass
    assert str(tmp_path / ".wenxiao.lock") in raised.value.text("zh")
    (tmp_path / ".wenxiao.lock").unlink()
    with LocalStore(tmp_path).lock():
        pass


def test_a_lock_file_that_goes_while_it_is_locked_is_none(tmp_path, monkeypatch):
    """The last holder removes it between our opening and our locking: the lock would be nobody's."""
    path, real = tmp_path / ".wenxiao.lock", filelock._lock

    def lock(descriptor):
        monkeypatch.setattr(filelock, "_lock", real)
        path.unlink()
        real(descriptor)

    monkeypatch.setattr(filelock, "_lock", lock)
    with LocalStore(tmp_path).lock(), pytest.raises(LockedError), LocalStore(tmp_path).lock():
        pass


def dead_process():
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


@pytest.mark.parametrize(
    ("changes", "is_gone"),
    [
        ({}, False),
        ({"pid": None}, True),
        ({"host": "elsewhere"}, False),
        ({"host": "elsewhere", "until": 1.0}, True),
    ],
    ids=str,
)
def test_a_lease_is_taken_over_when_its_holder_is_gone(changes, is_gone):
    store = FsspecStore("flaky://bucket/leases")
    changes = {k: v or dead_process() for k, v in changes.items()}
    other = replace(Holder.here("token", time.time() + 60), **changes)
    store.write_text(".wenxiao.lock", other.text())
    if is_gone:
        with store.lock():
            assert Holder.read(store.read_bytes(".wenxiao.lock")).token != "token"
    else:
        with pytest.raises(LockedError), store.lock():
            pass
        assert store.read_text(".wenxiao.lock") == other.text()


def test_a_lease_is_renewed_and_its_loss_is_told(monkeypatch):
    monkeypatch.setattr(lease, "RENEW", 0.02)
    store = FsspecStore("flaky://bucket/leases2")
    with store.lock():
        first = Holder.read(store.read_bytes(".wenxiao.lock"))
        time.sleep(0.3)
        assert Holder.read(store.read_bytes(".wenxiao.lock")).until > first.until
    with pytest.raises(StoreError, match="接管"), store.lock():  # noqa: PT012 - it is told at the end
        store.write_text(".wenxiao.lock", Holder.here("another", time.time() + 60).text())
        time.sleep(0.3)
    assert Holder.read(store.read_bytes(".wenxiao.lock")).token == "another"


def test_an_address_nobody_can_open_says_what_to_install():
    with pytest.raises(StoreError, match="wenxiao\\[cluster\\]"):
        store_for("nosuch://bucket/reports")
    assert isinstance(store_for("file:///tmp/x"), LocalStore)


def job_for(params, out, **more):
    template = ROOT / "notebooks" / "self_evaluation.ipynb"
    return Job(params=str(params), out=str(out), template=str(template), formats=("html",), **more)


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """Some projects; one names evidence, one the rubric of its bureau."""
    folder = tmp_path_factory.mktemp("params")
    for path in sorted((ROOT / "params").rglob("*.yaml"))[:2]:
        shutil.copy(path, folder)
    text = SEED.read_text("utf-8")
    first = "name: 应急管理平台服务器1个, "
    assert first in text
    (folder / "evidence").mkdir()
    (folder / "evidence" / "receipt.txt").write_text("验收合格", encoding="utf-8")
    named = text.replace(first, first + "evidence: [{title: 验收单, file: evidence/receipt.txt}], ")
    (folder / "evidence.yaml").write_text(named, encoding="utf-8")
    shutil.copy(ROOT / "toolkit/wenxiao/rubrics/county-no-scores.yaml", folder / "evidence" / "bureau.yaml")
    own = text.replace("rubric: county-no-scores", "rubric: evidence/bureau.yaml")
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    return sorted(folder.glob("*.yaml"))


def test_a_parcel_holds_all_that_a_worker_must_have(projects, tmp_path):
    from wenxiao.checking import check_file

    for params in projects:
        job = job_for(params, "s3://bucket/reports")
        folder = tmp_path / params.stem
        there = unpack(pack(job), folder)
        assert all(Path(p).is_relative_to(folder) for p in (there.params, there.template))
        assert replace(there, params=job.params, template=job.template) == job
        here, far = (check_file(Path(one.params), one.rubric).as_json() for one in (job, there))
        assert far == here


def test_a_rubric_given_to_the_run_travels_too(projects, tmp_path):
    rubric = projects[0].parent / "evidence" / "bureau.yaml"
    there = unpack(pack(job_for(projects[0], "reports", rubric=str(rubric))), tmp_path)
    assert Path(there.rubric).is_relative_to(tmp_path)
    assert Path(there.rubric).read_bytes() == rubric.read_bytes()


def test_a_worker_of_another_version_refuses(projects, tmp_path):
    one = replace(pack(job_for(projects[0], "reports")), maker="another")
    with pytest.raises(UnlikeWorkerError) as raised:
        unpack(one, tmp_path)
    assert "同一份代码" in raised.value.text("zh")
    assert "same lock" in raised.value.text("en")
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_that_is_not_there_is_said_clearly(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        pytest.raises(NoClusterError, match="没有应答") as raised,
        executor_for(f"tcp://127.0.0.1:{free_port()}", 2),
    ):
        pass
    assert "dask scheduler" in raised.value.text("en")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoClusterError, match="wenxiao\\[cluster\\]"), executor_for("tcp://127.0.0.1:1", 2):
        pass


class KilledWorker(Exception):  # noqa: N818
    """Named as Dask's own, which is known by its name alone."""


class Far:
    """A future of the cluster, as much of it as is used."""

    def __init__(self, arguments):
        self.arguments, self.status, self.callbacks, self.released = arguments, "pending", [], False

    def add_done_callback(self, call):
        self.callbacks.append(call)

    def become(self, status, value=None):
        self.status, self.value = status, value
        for call in self.callbacks:
            call(self)

    def result(self):
        return self.value

    def exception(self):
        return self.value

    def release(self):
        self.released = True


class Scheduler:
    """A Dask client of one worker that does nothing by itself."""

    def __init__(self):
        self.sent, self.workers, self.handler = [], {"one": 1}, None

    def subscribe_topic(self, topic, handler):
        self.handler = handler

    def nthreads(self):
        return self.workers

    def submit(self, function, *arguments, **options):
        self.sent.append(Far(arguments))
        return self.sent[-1]

    def begin(self, far):
        self.handler((0, far.arguments[2][1]))


@pytest.fixture
def scheduler():
    return Scheduler()


@pytest.fixture
def pool(scheduler):
    one = ClusterExecutor(scheduler)
    yield one
    one.shutdown(wait=False, cancel_futures=True)


DONE = Outcome("x", "done", 0.1)


def test_only_as_many_are_under_way_as_keep_the_workers_busy(scheduler, pool, projects):
    futures = [pool.submit(run_project, job_for(projects[1], "out")) for _ in range(5)]
    assert len(scheduler.sent) == 2
    scheduler.sent[0].become("finished", DONE)
    assert futures[0].result(1) is DONE
    assert scheduler.sent[0].released
    assert len(scheduler.sent) == 3
    assert [f.running() for f in futures[1:]] == [True, True, False, False]


def test_what_was_only_waiting_is_sent_again_and_what_was_begun_twice_is_not(scheduler, pool, projects):
    future = pool.submit(run_project, job_for(projects[1], "out"))
    scheduler.begin(scheduler.sent[0])
    scheduler.sent[0].become("error", KilledWorker())
    assert not future.done()
    scheduler.begin(scheduler.sent[1])
    scheduler.sent[1].become("error", KilledWorker())
    with pytest.raises(WorkerLostError):
        future.result(1)
    assert len(scheduler.sent) == 2


def test_a_scheduler_that_allows_more_deaths_does_not_begin_a_project_for_ever(scheduler, pool, projects):
    future = pool.submit(run_project, job_for(projects[1], "out"))
    for _ in range(2):
        scheduler.begin(scheduler.sent[0])
        assert not future.done()
    scheduler.begin(scheduler.sent[0])
    with pytest.raises(WorkerLostError):
        future.result(1)
    assert scheduler.sent[0].released


def test_an_error_of_the_work_itself_comes_through(scheduler, pool, projects):
    future = pool.submit(run_project, job_for(projects[1], "out"))
    scheduler.sent[0].become("error", ZeroDivisionError("x"))
    with pytest.raises(ZeroDivisionError):
        future.result(1)


@pytest.mark.parametrize("workers", [{}, None], ids=["no workers", "no scheduler"])
def test_a_deserted_cluster_ends_the_wait(scheduler, pool, projects, monkeypatch, workers):
    monkeypatch.setattr(cluster, "LOOK", 0.02)
    monkeypatch.setattr(cluster, "DESERTED", 0.1)
    scheduler.workers = workers
    futures = [pool.submit(run_project, job_for(projects[1], "out")) for _ in range(5)]
    for future in futures:
        with pytest.raises(NoClusterError, match="失去联系"):
            future.result(10)


def test_leaving_in_a_hurry_cancels_what_is_not_begun(scheduler, projects):
    pool = ClusterExecutor(scheduler)
    futures = [pool.submit(run_project, job_for(projects[1], "out")) for _ in range(3)]
    pool.shutdown(wait=False, cancel_futures=True)
    assert futures[2].cancelled()
    assert all(future.done() for future in futures)
    with pytest.raises(RuntimeError):
        pool.submit(run_project, job_for(projects[1], "out"))


def test_files_that_cannot_be_packed_are_reported_as_a_local_run_would(scheduler, pool, tmp_path):
    missing = job_for(tmp_path / "none.yaml", tmp_path / "out")
    outcome = pool.submit(run_project, missing).result(5)
    assert (outcome.status, outcome.error) == ("failed", run_project(missing).error)
    assert scheduler.sent == []


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answers(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextlib.contextmanager
def server(port, *command, **environment):
    """A program that listens at a port; ended with everything it started."""
    with subprocess.Popen(
        [sys.executable, *map(str, command)], env=os.environ | environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            end = time.monotonic() + 30
            while port and not answers(port) and time.monotonic() < end:
                assert process.poll() is None, command
                time.sleep(0.1)
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def bucket():
    """An S3 server of its own, found by clients and workers as any other: through the environment."""
    pytest.importorskip("moto")
    pytest.importorskip("s3fs")
    port = free_port()
    settings = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip
    with (
        server(port, "-m", "moto.server", "-H", "127.0.0.1", "-p", port),
        mock.patch.dict(os.environ, settings),
    ):
        fsspec.filesystem("s3").mkdir("reports-of-a-prefecture")
        yield "s3://reports-of-a-prefecture/2026"


@pytest.fixture(scope="module")
def dask(bucket, tmp_path_factory):  # the bucket first: its settings are the workers' too
    """A scheduler and two workers, each a program of its own, as the handbook starts them."""
    pytest.importorskip("distributed")
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scratch = tmp_path_factory.mktemp("dask")
    worker = [
        "-m",
        "dask",
        "worker",
        address,
        "--nthreads",
        1,
        "--no-dashboard",
        "--local-directory",
        scratch,
    ]
    with (
        server(
            port, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard",
            DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1",
        ),
        server(0, *worker),
        server(0, *worker),
        mock.patch.object(cluster, "PATIENCE", 30),
    ):  # fmt: skip
        yield address


def files_of(store):
    """All report files by place, without what says when they were made."""
    places = (f"{one}/{name}" for one, files in shown(store).items() for name in files)
    return {place: store.read_bytes(place) for place in places}


@pytest.fixture(scope="module")
def local_reports(projects, tmp_path_factory):
    out = tmp_path_factory.mktemp("local")
    with executor_for(None, 2) as pool:
        outcomes = list(pool.map(run_project, [job_for(path, out) for path in projects]))
    assert [o.status for o in outcomes] == ["done"] * len(projects), outcomes
    return files_of(LocalStore(out))


@pytest.mark.kernel
@pytest.mark.xdist_group("kernel")
def test_a_cluster_makes_the_same_reports_though_a_worker_is_killed(
    dask, bucket, projects, local_reports, tmp_path
):
    broken = tmp_path / "broken.yaml"
    broken.write_text("schema: wenxiao/1\n  year: 2021\n", encoding="utf-8")
    outs = (bucket, str(tmp_path / "shared"))
    jobs = [job_for(path, out) for path in projects for out in outs]
    with executor_for(dask, 2) as pool:
        futures = [pool.submit(run_project, job) for job in jobs]
        failing = pool.submit(run_project, job_for(broken, outs[0]))
        futures[0].result(60)
        pool._client.wait_for_workers(2, timeout=30)
        victim = next(iter(pool._client.run(os.getpid).values()))
        os.kill(victim, signal.SIGKILL)
        outcomes = [future.result(60) for future in futures]
        failed = failing.result(60)
    assert [o.error for o in outcomes] == [None] * len(jobs)
    assert {o.status for o in outcomes} <= {
        "done",
        "current",
    }  # one finished just before its worker died is current
    for out in outs:
        store = store_for(out)
        assert files_of(store) == local_reports
        after_a_run(store)
        assert everything(store) == {*local_reports, *(f"{one}/provenance.json" for one in shown(store))}
    assert failed.status == "failed"
    assert failed.error.startswith(f"{broken}:2:")


@pytest.mark.kernel
@pytest.mark.xdist_group("kernel")
def test_two_runs_on_one_bucket_exclude_each_other(bucket):
    with (
        store_for(bucket).lock(),
        pytest.raises(LockedError, match=str(os.getpid())),
        store_for(bucket).lock(),
    ):
        pass
    with store_for(bucket).lock():
        pass


@pytest.mark.kernel
@pytest.mark.xdist_group("kernel")
def test_an_s3_report_is_replaced_and_a_killed_replacement_finished(bucket):
    store = store_for(f"{bucket}/replaced")
    put(store, OLD, {"v": 1})
    put(store, NEW, {"v": 2})
    assert shown(store) == {PLACE: NEW}
    with mock.patch.object(FsspecStore, "_copy", side_effect=Killed), contextlib.suppress(Killed):
        put(store, OLD, {"v": 3})
    assert shown(store) == {}
    time.sleep(0.001)
    after_a_run(store)
    assert shown(store) == {PLACE: OLD}
    assert everything(store) == {f"{PLACE}/{name}" for name in [*OLD, "provenance.json"]}


@pytest.mark.kernel
@pytest.mark.xdist_group("kernel")
def test_a_bucket_that_is_not_there_is_said_clearly(bucket):
    store = store_for("s3://no-such-bucket/reports")
    with pytest.raises(StoreError, match="s3://no-such-bucket/reports") as raised, store.lock():
        pass
    assert "credentials" in raised.value.text("en")


@pytest.mark.kernel
@pytest.mark.xdist_group("kernel")
def test_a_project_that_kills_its_workers_is_begun_twice_and_reported(dask, projects, tmp_path):
    import nbformat

    begun = tmp_path / "begun"
    template = tmp_path / "deadly.ipynb"
    nb = nbformat.read(ROOT / "notebooks" / "self_evaluation.ipynb", 4)
    nb.cells[
        2
    ].source = (
        f"import os\nopen({str(begun)!r}, 'a').write('x')\nos.kill(int(os.environ['JPY_PARENT_PID']), 9)"
    )
    nbformat.write(nb, template)
    deadly = replace(job_for(projects[0], tmp_path / "out"), template=str(template))
    with executor_for(dask, 2) as pool:
        lost = pool.submit(run_project, deadly)
        others = [pool.submit(run_project, job_for(path, tmp_path / "out")) for path in projects[1:3]]
        with pytest.raises(WorkerLostError, match="两次"):
            lost.result(90)
        assert [one.result(90).status for one in others] == ["done"] * 2
    assert begun.read_text() == "xx"


def test_local_processes_are_ended_at_once_in_a_hurry():
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), executor_for(None, 2) as pool:  # noqa: PT012
        futures = [pool.submit(time.sleep, 60) for _ in range(5)]
        while not futures[0].running():
            time.sleep(0.01)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 20
    assert all(future.done() for future in futures)
