"""What a site of many reports costs: time, memory and size of the first publication, of one without change, and of one
with a single correction. Judges nothing.

A few sample reports are made and copied many times under other names, places and figures, each copy whole: its facts,
page, notebook, the record in its PDF and its provenance agree, as the gate demands.
"""

import argparse
import hashlib
import io
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from decimal import Decimal
from pathlib import Path

import pikepdf
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from watching import tree_memory

from report_folders import made
from wenxiao.publishing.folders import read_folder
from wenxiao.publishing.gate import examine
from wenxiao.sampling import samples

BASE = 40
_TENS, _TWELVES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_TEXTS = ("evaluation.json", "params.yaml", "report.html", "report.ipynb")


def base_reports(folder: Path, count: int = BASE) -> list[Path]:
    """Make the reports that are copied: samples that the gate lets pass."""
    (folder / "params").mkdir(exist_ok=True)
    found = []
    for one in samples(10 * count, faulty=Decimal(0)):
        path = folder / "params" / f"{one.stem}.yaml"
        path.write_text(one.text, encoding="utf-8")
        report = made(path, folder / "base")
        if not examine(read_folder(report)):
            found.append(report)
        if len(found) == count:
            break
    return found


def copy_as(source: Path, target: Path, number: int) -> None:
    """Copy a report folder as another project's: another county, another name."""
    about = json.loads((source / "evaluation.json").read_text(encoding="utf-8"))["project"]
    county = about["region"][len("某省示例市") :]
    other = _TENS[number % 10] + _TWELVES[number // 10 % 12] + "县"
    target.mkdir(parents=True)
    sums = {}
    for name in _TEXTS:
        text = (source / name).read_text(encoding="utf-8")
        text = text.replace(about["name"], f"{about['name']}之{number}").replace(county, other)
        sums[name] = _put(target / name, text.encode())
    sums["report.pdf"] = _put(target / "report.pdf", _pdf(source, target, county, other))
    provenance = json.loads((source / "provenance.json").read_text(encoding="utf-8"))
    provenance["files"] = dict(sorted(sums.items()))
    provenance["inputs"]["params"] = sums["params.yaml"]
    _put(target / "provenance.json", json.dumps(provenance).encode())


def _pdf(source: Path, target: Path, county: str, other: str) -> bytes:
    """Give a report's PDF with what belongs to the copy: its attachments and its properties."""
    with pikepdf.open(source / "report.pdf") as pdf:
        for name in list(pdf.attachments):
            attached = pdf.attachments[name].obj.EF.F
            content = (target / name).read_bytes()
            attached.write(content)
            attached.Params.Size = len(content)
        if "/Author" in pdf.docinfo:
            pdf.docinfo["/Author"] = str(pdf.docinfo["/Author"]).replace(county, other)
        metadata = pdf.Root.Metadata
        metadata.write(metadata.read_bytes().decode().replace(county, other).encode())
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _put(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def publish(reports: Path, site: Path, *more: str) -> None:
    """Publish, and print what it took."""
    command = [
        sys.executable,
        "-m",
        "wenxiao",
        "--lang",
        "en",
        "publish",
        str(reports),
        "-o",
        str(site),
        "--date",
        "2026-11-25",
    ]
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = [0.0, 0.0]
    thread = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    thread.start()
    out, err = process.communicate()
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    thread.join()
    if process.returncode:
        raise SystemExit(err[-3000:])
    said = [line for line in out.splitlines() if "," in line]
    print(
        f"  {seconds:7.1f} s ({cpu:.1f} s of CPU), {peak[0]:.0f} MB ({peak[1]:.0f} MB with its search indexer); {' '.join(said)}",
        flush=True,
    )


def _watch(process: "subprocess.Popen[str]", peak: list[float]) -> None:
    root = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            peak[0] = max(peak[0], root.memory_info().rss / 2**20)
            peak[1] = max(peak[1], tree_memory(root))
        except psutil.Error:
            return
        time.sleep(0.3)


def sizes(site: Path) -> None:
    """Print how large the parts of a site are."""
    found = {
        path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()
    }
    print(f"  {len(found)} files, {sum(found.values()) / 2**20:.0f} MB")
    for part in ("list", "pagefind", "data", "log", "assets", "how"):
        inside = [size for path, size in found.items() if path.startswith(f"{part}/")]
        print(
            f"  {part:<9} {len(inside):>7} files {sum(inside) / 2**20:>8.1f} MB, largest {max(inside) / 1000:.0f} kB"
        )
    pages = {path: size for path, size in found.items() if path.endswith("index.html")}
    for path in sorted(pages, key=lambda path: -pages[path])[:3]:
        print(f"  {pages[path] / 1000:.0f} kB  {path}")
    for path in ("index.html", "SHA256SUMS", "ro-crate-metadata.json", "sitemap.xml"):
        print(f"  {found.get(path, 0) / 1000:.0f} kB  {path}")


def main() -> None:
    """Measure sites of each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("counts", nargs="*", type=int, default=[200, 2_000])
    parser.add_argument("--keep", type=Path, help="a folder for reports and site, which stay")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = given.keep or Path(name)
        home.mkdir(exist_ok=True)
        base = base_reports(home)
        for count in given.counts:
            reports, site = home / f"reports-{count}", home / f"site-{count}"
            for number in range(count):
                copy_as(base[number % BASE], reports / "2024" / f"p{number:06d}", number)
            print(f"{count} reports:", flush=True)
            publish(reports, site, "--base-url", "https://www.example.gov.cn/jixiao/")
            publish(reports, site, "--base-url", "https://www.example.gov.cn/jixiao/")
            middle = reports / "2024" / f"p{count // 2:06d}"
            subprocess.run(["rm", "-r", str(middle)], check=True)
            copy_as(base[count // 2 % BASE], middle, count + 7)
            publish(reports, site, "--base-url", "https://www.example.gov.cn/jixiao/", "--because", "更正")
            sizes(site)


if __name__ == "__main__":
    main()
