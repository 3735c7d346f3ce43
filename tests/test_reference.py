"""The rule reference in docs/rules is what the packs say, and can be made anew by one command."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from scriptlint import packs, reference
from scriptlint.rulehelp import WORDS
from tests.cli.conftest import RULE, Desk
from tests.cli.conftest import desk as desk

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
RULESET = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24))
PAGES = reference.pages(RULESET)


def test_the_reference_is_current() -> None:
    written = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.md")}
    old = sorted(name for name in PAGES.keys() | written.keys() if PAGES.get(name) != written.get(name))
    assert old == [], "run `make docs` and commit docs/rules"


def test_every_rule_has_a_page_that_says_what_why_and_how() -> None:
    for name, rule in RULESET.all_rules.items():
        page = PAGES[f"{name}.md"]
        assert page.startswith(reference.MADE)
        for heading in ("# ", "## 报告什么", "## 依据", "## 例子", "### 报 Found", "### 不报", "## 确需保留"):
            assert f"\n{heading}" in page, (name, heading)
        # Wordings are those of findings, with a dash where the words found would stand.
        said = page[page.index("## 报告什么") : page.index("## 依据")]
        assert not re.search(r"\{[a-z_]+\}", said), name
        for clause in RULESET.clauses(rule):
            assert clause.title.strip("《》")[:6] in page
        if not rule.basis:
            assert WORDS["zh"]["practice"] in page


def test_links_of_the_index_lead_to_pages() -> None:
    targets = set(re.findall(r"\]\(([^)#]+\.md)\)", PAGES["index.md"]))
    assert targets == PAGES.keys() - {"index.md"}
    anchors = set(re.findall(r"\]\(#([^)]+)\)", PAGES["index.md"]))
    assert anchors == set(re.findall(r'<a id="([^"]+)">', PAGES["index.md"]))


def test_the_day_changes_no_page() -> None:
    assert reference.pages(packs.load([packs.find_rules_dir()], as_of=date(2031, 1, 1))) == PAGES


def test_texts_of_rules_are_no_markup() -> None:
    page = reference.pages(packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24)))["index.md"]
    assert "<script" not in page
    for name, text in PAGES.items():
        bare = re.sub(r"`[^`\n]*`", "", text.removeprefix(reference.MADE))
        tags = set(re.findall(r"(?<!\\)<(/?[a-z]+)[^>\n]*>", bare))
        assert tags <= {"b", "/b", "br", "a", "/a"}, name


def test_pages_are_written_kept_and_removed(desk: Desk) -> None:
    done = desk.run("rules", "--write-docs", "out", "--as-of", "2026-11-24")
    assert done.code == 0
    assert (desk.cwd / "out/zz/promised-return.md").is_file()
    assert "承诺收益" in (desk.cwd / "out/index.md").read_text(encoding="utf-8")
    assert "removed" in done.err
    desk.write("out/own.md", "# Mine\n")
    (desk.cwd / "../packs/zz/conduct/old-words.yaml").unlink()
    again = desk.run("rules", "--write-docs", "out", "--as-of", "2026-11-24")
    assert again.err.endswith("1 written, 1 removed\n")
    assert not (desk.cwd / "out/zz/old-words.md").exists()
    assert (desk.cwd / "out/own.md").is_file()


def test_a_broken_rule_removes_no_page(desk: Desk) -> None:
    desk.run("rules", "--write-docs", "out")
    desk.write("../packs/zz/return-claim/promised-return.yaml", RULE + "nonsense: 1\n")
    done = desk.run("rules", "--write-docs", "out")
    assert done.code == 2
    assert "nonsense" in done.err
    assert (desk.cwd / "out/zz/promised-return.md").is_file()


def test_wrong_calls_are_told(desk: Desk) -> None:
    assert "takes no NAMES" in desk.run("rules", "promised-return", "--write-docs", "out").err
    desk.write("out", "a file")
    done = desk.run("rules", "--write-docs", "out")
    assert done.code == 2
    assert "it is no folder" in done.err
