"""Many files: the same report whatever the number of processes, results known from an earlier run, and interrupts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from scriptlint import crew, packs, results, run
from scriptlint.cli import _progress
from scriptlint.config import Settings
from scriptlint.crew import Crew
from scriptlint.discover import FoundFile
from scriptlint.model.context import Context, Fact
from scriptlint.model.record import replace
from scriptlint.model.report import Report
from scriptlint.run import Examined, Setup

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 24)
_check = crew._check


def deadly(file: FoundFile) -> Examined:
    """What a worker does in a test: one of the files is the end of it."""
    if file.path.name == "deadly.txt":
        os._exit(9)
    return _check(file)


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory) -> Setup:
    folder = tmp_path_factory.mktemp("packs")
    rules = Path(shutil.copytree(packs.find_rules_dir(), folder / "rules"))
    settings = Settings(root=ROOT, rules_paths=(rules,))
    return run.prepare(settings, DAY, own_packs=False, cache=folder / "cache")


def checked(setup: Setup, path: Path, jobs: int | None, cache: Path | None = None) -> Report:
    return run.check([path], setup, path, work=Crew(jobs, cache).work)


def same(one: Report, other: Report) -> bool:
    return (one.findings, one.problems, one.files) == (other.findings, other.problems, other.files)


def test_the_report_is_the_same_whatever_the_number_of_processes(setup: Setup, tmp_path: Path) -> None:
    alone = run.check([ROOT / "examples"], setup, ROOT / "examples")
    assert alone.findings
    for jobs in (1, 2):
        assert same(checked(setup, ROOT / "examples", jobs, tmp_path / str(jobs)), alone)
        assert same(checked(setup, ROOT / "examples", jobs, tmp_path / str(jobs)), alone)


def test_a_file_that_is_as_it_was_is_not_checked_again(
    setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    examine = run.examine

    def counted(script: run.Script, setup: Setup) -> Examined:
        seen.append(script.shown)
        return examine(script, setup)

    monkeypatch.setattr(run, "examine", counted)
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    for name in ("a.txt", "b.txt"):
        (scripts / name).write_text("本产品保本保息,请联系13937160284。\n", encoding="utf-8")
    cache = tmp_path / "cache"
    first = checked(setup, scripts, 1, cache)
    assert seen == ["a.txt", "b.txt"]
    assert same(checked(setup, scripts, 1, cache), first)
    assert seen == ["a.txt", "b.txt"]
    (scripts / "b.txt").write_text("本产品保本保息。\n", encoding="utf-8")
    checked(setup, scripts, 1, cache)
    assert seen == ["a.txt", "b.txt", "b.txt"]
    # Another context, other rules and other settings are other questions.
    others = [
        replace(setup, given=Context({"kind": Fact(("sms",), "flag")})),
        replace(setup, ruleset=setup.ruleset.only(["cn/guaranteed-principal"])),
        replace(setup, settings=replace(setup.settings, deletions=True)),
        replace(setup, as_of=date(2026, 11, 25)),
    ]
    for other in others:
        del seen[:]
        checked(other, scripts, 1, cache)
        assert seen == ["a.txt", "b.txt"]
    assert results.open_store(cache, replace(setup, quote=True)) is None
    kept = b"".join(path.read_bytes() for path in (cache / "results").iterdir())
    assert "保本保息".encode() in kept
    assert b"13937160284" not in kept


def test_what_could_not_be_read_whole_is_tried_again(setup: Setup, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\x03\xff")
    (tmp_path / "b.txt").write_text("您好。\n", encoding="utf-8")
    report = checked(setup, tmp_path, 1, tmp_path / ".cache")
    assert [record.state for record in report.files] == ["unread", "checked"]
    assert len(list((tmp_path / ".cache" / "results").iterdir())) == 1


def test_a_worker_that_dies_costs_one_file(setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_check", deadly)
    for name in ("a.txt", "b.txt", "deadly.txt", "z.txt"):
        (tmp_path / name).write_text("本产品保本保息。\n", encoding="utf-8")
    report = checked(setup, tmp_path, 2)
    assert [(record.path, record.state) for record in report.files] == [
        ("a.txt", "checked"),
        ("b.txt", "checked"),
        ("deadly.txt", "unread"),
        ("z.txt", "checked"),
    ]
    (problem,) = report.problems
    assert (problem.path, problem.severity) == ("deadly.txt", "unread")
    assert "died" in problem.message


@pytest.mark.parametrize(("sizes", "cores", "jobs"), [((1, 1), 8, 1), ((700_000, 1), 8, 2), ((400_000,) * 9, 4, 4)])
def test_small_runs_need_one_process(
    sizes: Sequence[int], cores: int, jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_cores", lambda: cores)
    files = [FoundFile(tmp_path / str(number), str(number)) for number in range(len(sizes))]
    for file, size in zip(files, sizes, strict=True):
        file.path.write_bytes(b" " * size)
    assert Crew()._jobs(files) == jobs
    assert Crew(3)._jobs(files) == min(3, len(files))


@pytest.mark.skipif(sys.platform == "win32", reason="signals work otherwise there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_leaves_nothing_half_written(tmp_path: Path, jobs: str) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    text = "".join(
        path.read_text(encoding="utf-8", errors="ignore") for path in sorted((ROOT / "examples").rglob("*.txt"))
    )
    for number in range(400):
        (scripts / f"{number}.txt").write_text(f"{number}\n{text}", encoding="utf-8")
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "scriptlint", "check", str(scripts), "--jobs", jobs, "--format", f"json={report}"]
    environ = {**os.environ, "SCRIPTLINT_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    started = subprocess.Popen(
        command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    end = time.monotonic() + 60
    while not (tmp_path / "cache" / "results").exists() and time.monotonic() < end:
        time.sleep(0.02)
    os.killpg(started.pid, signal.SIGINT)  # as a terminal does: to every process of the run
    out, err = started.communicate(timeout=30)
    assert (started.returncode, out, err.strip()) == (130, b"", b"")
    assert not report.exists()
    kept = [path.name for path in (tmp_path / "cache" / "results").iterdir()]
    assert 0 < len(kept) < 400
    assert not [name for name in kept if name.startswith(".")]
    assert _gone(started.pid)


def _gone(group: int) -> bool:
    """True when no process of a run is left, which may take a moment."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


class _Terminal:
    def __init__(self, *, is_one: bool) -> None:
        self.is_one = is_one
        self.text = ""

    def isatty(self) -> bool:
        return self.is_one

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        """Nothing waits."""


@pytest.mark.parametrize(
    ("is_one", "quiet", "shown"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_a_bar_is_shown_on_a_terminal_when_it_takes_long(
    is_one: bool, quiet: bool, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    terminal = _Terminal(is_one=is_one)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    progress = _progress.Progress(quiet=quiet)
    now[0] += 1
    progress.tell(1, 4)
    assert terminal.text == ""
    now[0] += 2
    progress.tell(2, 4)
    assert terminal.text == ("\r[###############...............] 2/4\x1b[K" if shown else "")
    progress.clear()
    assert terminal.text.endswith("\r\x1b[K" if shown else "")
