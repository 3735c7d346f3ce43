"""``compare`` and ``stats``: runs over time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Desk

BAD = "各位客户，这款理财保证收益。\n"


def record(desk: Desk, name: str, day: str, *args: str) -> None:
    desk.run("check", "texts", "--format", "json", "--output", f"runs/{name}", "--as-of", day, *args)


@pytest.fixture(scope="module")
def first_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs: one finding stays and moves, one is put right, one is new, one file is renamed."""
    desk = Desk(tmp_path_factory.mktemp("runs"))
    (desk.cwd / "runs").mkdir()
    desk.write("texts/li/a.txt", BAD + "老掉牙的话\n")
    desk.write("texts/wang/b.txt", BAD)
    record(desk, "1.json", "2026-10-31")
    desk.write("texts/li/a.txt", "您好。\n" + BAD)
    (desk.cwd / "texts/wang/b.txt").rename(desk.cwd / "texts/wang/c.txt")
    desk.write("texts/wang/d.txt", "我们承诺收益。\n")
    record(desk, "2.json", "2026-11-30")
    return desk.root


@pytest.fixture
def runs(desk: Desk, first_runs: Path) -> Desk:
    """A copy of the two runs to work in."""
    shutil.copytree(first_runs, desk.root, dirs_exist_ok=True)
    return desk


def test_compare_tells_new_fixed_and_open(runs: Desk) -> None:
    done = runs.run("compare", "runs/1.json", "runs/2.json")
    assert done.code == 0
    assert done.out == (
        "runs/1.json (2026-10-31) → runs/2.json (2026-11-30)\n"
        "新增 1  复现 0  仍在 2  已改 1  已静默 0  未检查 0\n"
        "平均分 89.5 → 90.0\n"
        "改名: texts/wang/b.txt → texts/wang/c.txt\n"
        "\n"
        "按类别:\n"
        "  conduct  已改 1\n"
        "  return-claim  新增 1  仍在 2\n"
        "\n"
        "按规则:\n"
        "  zz/old-words  已改 1\n"
        "  zz/promised-return  新增 1  仍在 2\n"
        "\n"
        "按目录:\n"
        "  texts  新增 1  仍在 2  已改 1\n"
        "\n"
        "新增:\n"
        "  texts/wang/d.txt:1:3 error zz/promised-return 「承诺收益」承诺收益。\n"
        "\n"
        "已改:\n"
        "  texts/li/a.txt:2:1 info zz/old-words 「老掉牙的话」过时了。\n"
    )
    assert runs.run("compare", "runs/1.json", "runs/2.json", "--fail-on-new").code == 1
    assert runs.run("compare", "runs/1.json", "runs/1.json", "--fail-on-new").code == 0


def test_compare_as_json_by_author(runs: Desk) -> None:
    done = json.loads(runs.run("compare", "runs/1.json", "runs/2.json", "--format", "json", "--depth", "2").out)
    assert done["counts"] == {"new": 1, "returned": 0, "open": 2, "fixed": 1, "silenced": 0, "unchecked": 0}
    assert done["by_folder"]["texts/li"]["fixed"] == 1
    assert done["by_folder"]["texts/wang"]["new"] == 1
    assert done["scores"]["texts/li/a.txt"] == {"old": 89, "new": 90}
    assert [change["state"] for change in done["changes"]] == ["new", "open", "open", "fixed"]


def test_what_was_silenced_came_back_or_was_not_checked_is_no_success(runs: Desk) -> None:
    comment = '<!-- scriptlint: disable-next promised-return reason="原话" -->\n'
    runs.write("texts/e.md", BAD)
    record(runs, "3.json", "2026-12-01")
    runs.write("texts/e.md", comment + BAD)
    runs.write("texts/wang/d.txt", b"\xe6\x94\xb6\xff\xfe\xfd\xfc")
    record(runs, "4.json", "2026-12-02")
    out = runs.run("compare", "runs/3.json", "runs/4.json", "--lang", "en").out
    assert "new 0  returned 0  open 2  fixed 0  silenced 1  unchecked 1\n" in out
    out = runs.run("compare", "runs/4.json", "runs/3.json", "--lang", "en").out
    assert "new 1  returned 1  open 2  fixed 0  silenced 0  unchecked 0\n" in out


def test_a_baseline_makes_nothing_fixed(runs: Desk) -> None:
    runs.run("baseline", "create", "texts")
    record(runs, "3.json", "2026-12-01", "--baseline", ".scriptlint-baseline.json")
    assert "仍在 3  已改 0" in runs.run("compare", "runs/2.json", "runs/3.json").out


def test_stats_show_the_trend_and_the_scores(runs: Desk) -> None:
    done = runs.run("stats", "runs", "--depth", "2")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].split() == ["日期", "文件", "错误", "警告", "提示", "新增", "已改", "平均分", "报告"]
    assert lines[1].split() == ["2026-10-31", "2", "2", "0", "1", "-", "-", "89.5", "1.json"]
    assert lines[2].split() == ["2026-11-30", "3", "3", "0", "0", "1", "1", "90.0", "2.json"]
    assert "  ▆█  2 → 3  错误" in lines
    assert "  █▁  1 → 0  提示" in lines
    assert "   90.0  texts/wang (2)" in lines
    assert "     90  texts/li/a.txt  return-claim 90" in lines
    assert lines[-1].startswith("得分 = 100 - 10×错误")


def test_stats_as_json_hold_every_document(runs: Desk) -> None:
    data = json.loads(runs.run("stats", "runs", "--format", "json").out)
    assert [run["as_of"] for run in data["runs"]] == ["2026-10-31", "2026-11-30"]
    assert data["runs"][1]["families"]["return-claim"] == 3
    scores = {document["path"]: document["scores"] for document in data["documents"]}
    assert scores["texts/wang/b.txt"] == [90, None]
    assert scores["texts/li/a.txt"] == [89, 90]


def test_what_is_no_report_is_told(runs: Desk) -> None:
    runs.write("runs/other.json", "{}")
    done = runs.run("stats", "runs")
    assert (done.code, done.err) == (0, "runs/other.json: no report of `scriptlint check --format json`, left out\n")
    for name, text, message in (
        ("broken.json", "{", "not JSON at line 1"),
        ("short.json", '{"tool": "scriptlint", "findings": []}', "not whole"),
    ):
        runs.write(f"more/{name}", text)
        for command in (("stats", "more"), ("compare", f"more/{name}", "runs/1.json")):
            done = runs.run(*command)
            assert (done.code, message in done.err, "Traceback" in done.err) == (2, True, False)
        (runs.cwd / f"more/{name}").unlink()
    assert runs.run("stats", "more").code == 2
    assert runs.run("stats", "nowhere").code == 2
    assert runs.run("compare", "nowhere.json", "runs/1.json").code == 2
