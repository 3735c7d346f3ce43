"""Which files a run checks, and what is said about those it does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scriptlint.discover import EXCLUDED, Discovery, Exclusion, files, glob_matches


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("text")


def shown(found: Discovery) -> list[str]:
    return [file.shown for file in found.files]


def test_folders_are_walked_in_order_and_hidden_ones_passed_over(tmp_path: Path) -> None:
    make(
        tmp_path, "b.txt", "a/z.md", "a/b.yaml", "短信/七月.txt", ".git/x.txt", ".hidden.txt",
        "node_modules/p/readme.md", "env2/pyvenv.cfg", "env2/lib.txt", "~$open.txt", "a/call.mp3", "a/pic.png",
        "old.doc", "Makefile",
    )  # fmt: skip
    found = files([Path()], Exclusion(), tmp_path)
    assert shown(found) == ["a/b.yaml", "a/z.md", "b.txt", "短信/七月.txt"]
    assert found.skipped == {".mp3": 1, "no suffix": 1}
    assert [file.shown for file in found.unread] == ["a/pic.png", "old.doc"]
    assert found.problems == ()


def test_a_named_file_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    make(tmp_path, "notes.script", ".hidden.txt")
    assert shown(files([Path("notes.script"), Path(".hidden.txt")], Exclusion(), tmp_path)) == [
        ".hidden.txt",
        "notes.script",
    ]


def test_a_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert shown(files([Path("a.txt"), Path("./a.txt"), Path()], Exclusion(), tmp_path)) == ["a.txt"]


def test_paths_outside_are_shown_from_the_working_folder(tmp_path: Path) -> None:
    make(tmp_path, "shared/a.txt", "work/b.txt")
    assert shown(files([Path("../shared")], Exclusion(), tmp_path / "work")) == ["../shared/a.txt"]


def test_missing_paths_and_empty_folders_are_problems(tmp_path: Path) -> None:
    make(tmp_path, "empty/call.mp3")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    found = files([Path("nowhere"), Path("empty"), Path("dead.txt")], Exclusion(), tmp_path)
    assert [(problem.path, problem.message, problem.severity) for problem in found.problems] == [
        ("nowhere", "no such file or folder", "usage"),
        ("empty", "nothing to check in this folder (it has 1 .mp3)", "usage"),
        ("dead.txt", "a link that leads nowhere", "usage"),
    ]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert shown(files([Path()], Exclusion(), tmp_path)) == ["a/x.txt"]


def test_excluded_files_are_counted(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "archive/b.txt", "archive/deep/c.txt", "x/d.draft.md")
    globs = Exclusion(("archive/**", "*.draft.md"), tmp_path)
    found = files([Path()], globs, tmp_path)
    assert shown(found) == ["a.txt"]
    assert found.skipped == {EXCLUDED: 3}


def test_globs_leave_named_files_alone_unless_told(tmp_path: Path) -> None:
    make(tmp_path, "archive/b.txt")
    path = Path("archive/b.txt")
    assert shown(files([path], Exclusion(("archive",), tmp_path), tmp_path)) == ["archive/b.txt"]
    forced = files([path], Exclusion(("archive",), tmp_path, named_too=True), tmp_path)
    assert (shown(forced), forced.skipped, forced.problems) == ([], {EXCLUDED: 1}, ())


def test_a_folder_with_nothing_left_after_exclusion_is_no_mistake(tmp_path: Path) -> None:
    make(tmp_path, "archive/b.txt")
    assert files([Path("archive")], Exclusion(("archive",), tmp_path), tmp_path).problems == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_folder_that_cannot_be_listed_is_unread(tmp_path: Path) -> None:
    make(tmp_path, "closed/a.txt")
    (tmp_path / "closed").chmod(0)
    found = files([Path()], Exclusion(), tmp_path)
    (tmp_path / "closed").chmod(0o755)
    assert [(problem.path, problem.severity) for problem in found.problems] == [("closed", "unread")]


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "deep/er/a.txt", True),
        ("/*.txt", "deep/a.txt", False),
        ("sms/*.txt", "sms/a.txt", True),
        ("sms/*.txt", "sms/old/a.txt", False),
        ("sms/**", "sms/old/a.txt", True),
        ("sms/**", "smsx/a.txt", False),
        ("**/old/*.md", "old/a.md", True),
        ("**/old/*.md", "a/b/old/a.md", True),
        ("a/**/z.txt", "a/z.txt", True),
        ("a/**/z.txt", "a/b/c/z.txt", True),
        ("old", "x/old/y/a.txt", True),
        ("old/", "old/a.txt", True),
        ("./a.txt", "a.txt", True),
        ("?.md", "甲.md", True),
        ("[!a].md", "b.md", True),
        ("[!a].md", "a.md", False),
        ("*.{yaml,json}", "x.json", True),
        ("*.{yaml,json}", "x.md", False),
        ("**", "any/thing", True),
        ("a.b", "axb", False),
        ("话术/**", "话术/七月/a.md", True),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    assert glob_matches(glob, path) is expected
