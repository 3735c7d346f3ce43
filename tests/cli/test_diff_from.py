"""``check --diff-from``: only what an edit touched counts."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.cli.conftest import Desk

BAD = "各位客户，这款理财保证收益。\n"
WARNING_RULE = """\
id: no-warning
title: {zh: 没有提示, en: No warning}
family: risk-warning
verdict: violation
require: {when: [理财], say: [理财有风险], within: document}
message: {zh: "「{match}」没有提示。", en: "“{match}” has no warning."}
suggest: {zh: 加上提示。, en: Add it.}
basis: practice
examples:
  fail: ["这款[[理财]]不错。"]
  pass: ["这款理财不错，理财有风险。"]
"""


def git(desk: Desk, *args: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *args], cwd=desk.cwd, capture_output=True, check=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repo(desk: Desk) -> Desk:
    """A repository with two committed scripts that both offend."""
    (desk.cwd / ".git").rmdir()
    git(desk, "init", "-q")
    desk.write("话术/七月 稿.txt", "您好。\n" + BAD)
    desk.write("b.txt", BAD)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "first")
    return desk


def found(desk: Desk, *args: str) -> list[str]:
    report = json.loads(desk.run("check", "--format", "json", "--diff-from", "HEAD", *args).out)
    return [f"{f['path']}:{f['line']} {f['rule']} {f['status']}" for f in report["findings"]]


def test_nothing_counts_when_nothing_changed(repo: Desk) -> None:
    done = repo.run("check", "--diff-from", "HEAD")
    assert done.code == 0
    assert "共检查 0 个文件" in done.out
    assert "跳过 2(未改动 2)" in done.out


def test_only_added_lines_count_in_files_with_chinese_names(repo: Desk) -> None:
    repo.write("话术/七月 稿.txt", "您好。\n" + BAD + "我们承诺收益。\n")
    assert found(repo) == [
        "话术/七月 稿.txt:2 zz/promised-return unchanged",
        "话术/七月 稿.txt:3 zz/promised-return open",
    ]
    done = repo.run("check", "--diff-from", "HEAD")
    assert (done.code, "未改动处 1" in done.out, "保证收益" in done.out) == (1, True, False)


def test_a_line_that_was_edited_is_new_and_one_that_moved_is_not(repo: Desk) -> None:
    repo.write("b.txt", "第一句。\n第二句。\n" + BAD)
    assert found(repo) == ["b.txt:3 zz/promised-return unchanged"]
    repo.write("b.txt", BAD.replace("各位", "尊敬的"))
    assert found(repo) == ["b.txt:1 zz/promised-return open"]


def test_new_files_count_as_a_whole_whether_git_knows_them_or_not(repo: Desk) -> None:
    repo.write("新.txt", BAD)
    assert found(repo) == ["新.txt:1 zz/promised-return open"]
    git(repo, "add", "-A")
    assert found(repo) == ["新.txt:1 zz/promised-return open"]


def test_a_file_that_was_only_renamed_is_unchanged(repo: Desk) -> None:
    git(repo, "mv", "b.txt", "c.txt")
    assert found(repo) == []


def test_a_rule_about_the_whole_text_counts_in_every_changed_file(repo: Desk) -> None:
    repo.write("../packs/zz/risk-warning/no-warning.yaml", WARNING_RULE)
    repo.write("b.txt", BAD + "理财有风险。\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "second")
    repo.write("b.txt", BAD)
    assert found(repo) == ["b.txt:1 zz/no-warning open", "b.txt:1 zz/promised-return unchanged"]


def test_what_git_sees_no_lines_in_counts_as_a_whole(repo: Desk) -> None:
    repo.write("u.txt", ("您好。\n" + BAD).encode("utf-16"))
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "second")
    repo.write("u.txt", ("您好！\n" + BAD).encode("utf-16"))
    assert found(repo) == ["u.txt:2 zz/promised-return open"]


def test_odd_names_and_settings_of_git_change_nothing(repo: Desk) -> None:
    for name, value in (
        ("diff.noprefix", "true"), ("diff.mnemonicprefix", "true"), ("color.ui", "always"), ("core.quotepath", "true"),
        ("diff.external", "false"), ("diff.interHunkContext", "9"), ("diff.relative", "true"),
    ):  # fmt: skip
        git(repo, "config", name, value)
    odd = '话"术\t1.txt'
    repo.write(odd, "一\n二\n三\n四\n" + BAD)
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "second")
    repo.write(odd, "一\n++ b/b.txt\n三\n我们承诺收益\n" + BAD)
    repo.cwd = repo.cwd / "话术"
    assert found(repo, "..") == [
        f"../{odd}:4 zz/promised-return open",
        f"../{odd}:5 zz/promised-return unchanged",
    ]


def test_a_baseline_takes_the_old_one_of_two_alike(repo: Desk) -> None:
    assert repo.run("baseline", "create", "b.txt").code == 0
    repo.write("b.txt", BAD.replace("各位", "尊敬的") + BAD)
    assert found(repo, "b.txt", "--baseline", ".scriptlint-baseline.json") == [
        "b.txt:1 zz/promised-return open",
        "b.txt:2 zz/promised-return baselined",
    ]


def test_an_unknown_revision_and_no_repository_are_told(repo: Desk) -> None:
    for name in ("nowhere", "--output=x", ""):
        done = repo.run("check", f"--diff-from={name}") if name else repo.run("check", "--diff-from", "HEAD~99")
        assert done.code == 2
        assert "--diff-from: git knows no revision" in done.err
    done = repo.run("check", "-", "--diff-from", "HEAD", stdin=b"x")
    assert (done.code, "does not go with standard input" in done.err) == (2, True)


def test_a_folder_that_is_no_repository_is_told(desk: Desk) -> None:
    (desk.cwd / ".git").rmdir()
    desk.write("a.txt", BAD)
    done = desk.run("check", "--diff-from", "HEAD")
    assert (done.code, "--diff-from: this folder is in no git repository" in done.err) == (2, True)
    done = desk.run("check", "--diff-from", "HEAD", env={"PATH": ""})
    assert (done.code, "git cannot be started" in done.err) == (2, True)
