"""``check --manifest`` and ``verify``: the same result years later, or what changed."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import RULE, Desk

BAD = "各位客户，这款理财保证收益。\n"


@pytest.fixture(scope="module")
def first_check(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was checked, with its manifest and its report beside the scripts."""
    desk = Desk(tmp_path_factory.mktemp("evidence"))
    desk.write("a.txt", BAD)
    desk.write("b/c.txt", "您好。\n")
    desk.write(".scriptlint.yaml", "rules-paths: [../packs]\nselect: [zz, scriptlint]\nbaseline: old.json\n")
    desk.write("old.json", '{"baseline": 1, "findings": []}\n')
    args = ("--as-of", "2026-11-24", "--product", "wm", "--format", "json=report.json")
    assert desk.run("check", "--manifest", "manifest.json", *args).code == 1
    return desk.root


@pytest.fixture
def checked(desk: Desk, first_check: Path) -> Desk:
    """A copy of that folder to work in."""
    shutil.copytree(first_check, desk.root, dirs_exist_ok=True)
    return desk


def test_a_manifest_names_everything_a_result_came_of(checked: Desk) -> None:
    written = (checked.cwd / "manifest.json").read_bytes()
    manifest = json.loads(written)
    assert manifest["as_of"] == "2026-11-24"
    assert manifest["call"] == {"paths": ["."], "options": {"product": ["wm"]}, "outputs": ["report.json"]}
    assert [(pack["name"], pack["rules"]) for pack in manifest["rules"]["packs"]][1] == ("zz", 2)
    assert manifest["rules"]["packs"][0]["version"]
    assert manifest["settings"]["select"] == ["zz", "scriptlint"]
    assert manifest["records"]["baseline"]["path"] == "old.json"
    digest = sha256(BAD.encode()).hexdigest()
    assert [(file["path"], file["sha256"] == digest) for file in manifest["files"]] == [
        ("a.txt", True),
        ("b/c.txt", False),
    ]
    assert manifest["files"][0]["findings"] == [
        {"rule": "zz/promised-return", "level": "error", "status": "open", "count": 1}
    ]
    assert (manifest["counts"]["files"], manifest["counts"]["error"]) == (2, 1)
    assert str(checked.root) not in written.decode()
    checked.run(
        "check",
        "--manifest",
        "manifest.json",
        "--as-of",
        "2026-11-24",
        "--product",
        "wm",
        "--format",
        "json=report.json",
    )
    assert (checked.cwd / "manifest.json").read_bytes() == written


def test_the_same_check_gives_the_same_result(checked: Desk) -> None:
    done = checked.run("verify", "manifest.json")
    assert (done.code, done.out) == (
        0,
        "The result is the same: 2 files, 1 open findings, by the rules of 2026-11-24\n",
    )
    work = checked.cwd
    checked.cwd = checked.root
    assert checked.run("verify", "work/manifest.json", "--root", "work").code == 0
    assert json.loads(checked.run("verify", "work/manifest.json", "--root", str(work), "--format", "json").out)["same"]


def test_what_changed_is_told(checked: Desk) -> None:
    checked.write("a.txt", "您好。\n" + BAD + BAD)
    checked.write("new.txt", "您好。\n")
    (checked.cwd / "b/c.txt").unlink()
    done = checked.run("verify", "manifest.json")
    assert done.code == 1
    assert "What changed around the result:\n  content of a.txt: " in done.out
    assert "  file b/c.txt: there -> not checked now\n  file new.txt: not checked then -> there\n" in done.out
    assert "What changed in the result:\n  a.txt: zz/promised-return error open: 1 -> 2\n" in done.out
    assert done.out.endswith("The result differs: 2 files, 2 open findings, by the rules of 2026-11-24\n")


def test_a_finding_that_moved_is_another_result(checked: Desk) -> None:
    checked.write("a.txt", "您好。\n" + BAD)
    done = checked.run("verify", "manifest.json")
    assert (done.code, "places or words of findings: " in done.out) == (1, True)


def test_changes_that_change_nothing_are_told_too(checked: Desk) -> None:
    checked.write("../packs/zz/return-claim/promised-return.yaml", RULE + "note: 只改了备注\n")
    checked.write("old.json", '{"findings": [], "baseline": 1}\n')
    settings = (checked.cwd / ".scriptlint.yaml").read_text()
    checked.write(".scriptlint.yaml", settings + "levels: {old-words: warning}\n")
    done = checked.run("verify", "manifest.json")
    assert done.code == 0
    for what in ("pack zz: ", "rules: ", 'setting levels: {} -> {"old-words": "warning"}', "baseline file old.json: "):
        assert f"  {what}" in done.out
    assert "The result is the same" in done.out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON at line 1"),
        ("[]", "no manifest of scriptlint"),
        ('{"scriptlint": "manifest", "format": 9}', "a manifest of format 9"),
        ('{"scriptlint": "manifest", "format": 1}', '"tool" is missing or wrong'),
    ],
)
def test_a_malformed_manifest_is_told(desk: Desk, text: str, message: str) -> None:
    desk.write("m.json", text)
    done = desk.run("verify", "m.json")
    assert (done.code, message in done.err, "Traceback" in done.err) == (2, True, False)


def test_a_manifest_that_is_not_whole_is_told(checked: Desk) -> None:
    manifest = json.loads((checked.cwd / "manifest.json").read_text(encoding="utf-8"))
    for key, value in (("rules", {"packs": [1]}), ("as_of", "soon"), ("records", {"baseline": {}})):
        checked.write("m.json", json.dumps({**manifest, key: value}))
        done = checked.run("verify", "m.json")
        assert (done.code, "internal error" in done.err) == (2, False), done


def test_what_cannot_be_made_anew_is_refused(desk: Desk) -> None:
    desk.write("a.txt", BAD)
    for args, message in (
        (("-",), "standard input"),
        (("a.txt", "--fix"), "--fix"),
    ):
        done = desk.run("check", *args, "--manifest", "m.json", stdin=b"x")
        assert (done.code, message in done.err) == (2, True)
    assert desk.run("check", "a.txt", "--manifest", "nowhere/m.json").code == 2
    assert desk.run("verify", "nowhere.json").code == 2
