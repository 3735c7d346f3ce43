"""The HTML report without a browser: what it holds, that hostile text stays text, and that no number gets out."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scriptlint import reporters
from scriptlint.model.context import Context
from scriptlint.model.document import Scope
from scriptlint.model.report import FileRecord, Quoted, Report
from scriptlint.model.span import OffsetMap, Position
from tests.cli.conftest import Desk
from tests.cli.conftest import desk as desk

VOID = {"meta", "link", "input", "br", "img"}
HOSTILE = (
    '<script>alert(1)</script>"><img src=x onerror=alert(1)>我们保证收益</style><!--\u202e&amp;&#60;b&#62;\u200b。\n'
    "javascript:alert(1) 我们承诺收益。\n"
)
NUMBERS = ("13800001234", "990101199001010015", "6222020000000000004")


class Page(HTMLParser):
    """Elements in order, with their attributes and the text in them; fails on markup that does not nest."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.raw: dict[str, str] = {}
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("style", "script"):
            self.raw[self.open[-1]] = self.raw.get(self.open[-1], "") + data
        else:
            self.text.append(data)

    def all(self, tag: str, cls: str = "") -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and (not cls or cls in attributes.get("class", "").split())
        ]

    def words(self) -> str:
        return "".join(self.text)


def report(desk: Desk, *args: str) -> str:
    done = desk.run("check", "--as-of", "2026-11-24", "--format", "html=report.html", *args)
    assert "Traceback" not in done.err
    assert "internal error" not in done.err
    return (desk.cwd / "report.html").read_text(encoding="utf-8")


def test_the_page_allows_no_script_but_its_own_and_asks_for_nothing(desk: Desk) -> None:
    desk.write("a.txt", "我们保证收益。\n")
    page = Page(report(desk, "a.txt"))
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind, element in (("script", "script"), ("style", "style")):
        digest = b64encode(sha256(page.raw[element].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert len(page.all("script")) == len(page.all("style")) == 1
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")]
        assert attributes.get("href", "").startswith(("#", "https://", "http://", "data:,")) or "href" not in attributes
    assert "url(" not in page.raw["style"]
    assert "@import" not in page.raw["style"]


def test_findings_stand_in_the_text_with_clause_and_advice_beside(desk: Desk) -> None:
    desk.write("a.txt", "标题\n\n😀这款产品，我们保证收益。\n")
    source = report(desk, "a.txt")
    page = Page(source)
    assert '😀这款产品，我们<span id="m1"></span><a href="#f1" class="mark error"' in source
    assert ">保证收益<sup>1</sup></a>。" in source
    (note,) = page.all("article", "finding")
    assert (note["id"], note["data-level"], note["data-status"]) == ("f1", "error", "open")
    for said in (
        "「保证收益」承诺收益。",
        "《示例条例》(示例〔2020〕1号) 第一条",
        "2020-01-01 起施行",
        "写明收益会变动。",
    ):
        assert said in page.words()
    assert "检查了 1 个文件，1 个有待处理的问题。" in page.words()


def test_the_page_speaks_english(desk: Desk) -> None:
    desk.write("a.txt", "我们保证收益。\n")
    page = Page(report(desk, "a.txt", "--lang", "en"))
    assert page.all("html") == [{"lang": "en"}]
    assert "“保证收益” promises a return." in page.words()
    assert "Say that returns vary." in page.words()
    assert "in force since 2020-01-01" in page.words()
    assert not re.search("[一-鿿]", " ".join(a.get("aria-label", "") + a.get("title", "") for _, a in page.elements))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv"])
def test_hostile_text_stays_text(desk: Desk, name: str) -> None:
    desk.write(name, HOSTILE)
    page = Page(report(desk, name))
    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert not page.all("b", "x")
    assert "\u202e" not in page.words()
    assert [each["data-rule"] for each in page.all("article", "finding")].count("zz/promised-return") >= 1


def test_hostile_names_and_reasons_stay_text(desk: Desk) -> None:
    name = '"><script>x.txt'
    desk.write(name, "我们保证收益。\n")
    reason = "引<img src=x onerror=alert(1)>用"
    desk.write("b.md", f"<!-- scriptlint: disable-next promised-return reason='{reason}' -->\n我们保证收益。\n")
    page = Page(report(desk, "."))
    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert name in page.words()
    assert reason in page.words()
    assert [each["data-status"] for each in page.all("article", "finding")] == ["open", "suppressed"]


def test_no_personal_data_gets_out(desk: Desk) -> None:
    phone, identity, card = NUMBERS
    desk.write(
        "a.md",
        f"# 客户 {phone} 的话术\n\n我们保证收益，客户经理小周 {phone}。\n\n证件号{identity}，卡号{card}\n\n"
        f"## 联系 {phone}\n\n存款利率。\n\n<!-- 电话 {phone} -->\n",
    )
    desk.write("b.csv", f"姓名,手机号{phone},话术\n张三,{phone},我们承诺收益\n")
    desk.write("c.json", f'[{{"{phone}": "我们保证收益", "phone": "{phone}"}}]')
    desk.write("d.txt", f"工作人员电话 {phone}，您好。\n")
    desk.write(".scriptlint.yaml", "rules-paths: [../packs]\n")
    source = report(desk, "a.md", "b.csv", "c.json", "d.txt")
    for number in NUMBERS:
        assert number not in source
    assert "***********" in source


def test_what_was_not_read_is_said_first(desk: Desk) -> None:
    desk.write("broken.docx", b"PK\x03\x04 nothing")
    desk.write("a.txt", "您好。\n")
    page = Page(report(desk, "broken.docx", "a.txt"))
    assert "1 个文件没有读全，结果不完整" in page.words()
    assert "broken.docx" in page.words()
    assert page.all("section", "alarm")


def test_a_clean_run_says_so(desk: Desk) -> None:
    desk.write("a.txt", "您好。\n")
    page = Page(report(desk, "a.txt"))
    assert "检查了 1 个文件，没有待处理的问题。" in page.words()
    assert not page.all("form")
    assert not page.all("section", "chart")
    assert "您好。" in page.words()


def test_waived_and_known_findings_show_their_reasons(desk: Desk) -> None:
    desk.write("a.txt", "我们保证收益。\n")
    desk.write("b.txt", "我们承诺收益。\n")
    desk.write(
        "waivers.yaml",
        "- {rule: promised-return, path: a.txt, text: 保证收益, reason: 教学用, approver: 李, ticket: T-1,"
        " expires: 2027-01-01}\n",
    )
    assert desk.run("baseline", "create", "b.txt", "--baseline", "old.json").code == 0
    page = Page(report(desk, "a.txt", "b.txt", "--waivers", "waivers.yaml", "--baseline", "old.json"))
    assert [each["data-status"] for each in page.all("article", "finding")] == ["waived", "baselined"]
    assert "已登记豁免：教学用 (T-1; 李; 2027-01-01)" in page.words()
    assert "基线里的存量问题" in page.words()


def test_a_thousand_findings_fit(desk: Desk) -> None:
    quiet = "这里没有什么问题，只是一段说明。\n"
    desk.write("a.txt", (quiet + "我们保证收益。\n") * 1000)
    source = report(desk, "a.txt")
    page = Page(source)
    assert len(page.all("article", "finding")) == 1000
    assert len(source) < 3_000_000
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for _, attributes in page.elements if attributes.get("href", "").startswith("#")}
    assert {target for target in targets if "=" not in target} <= set(ids)


def test_long_quiet_texts_are_left_out_and_it_says_so() -> None:
    quiet = "这里没有什么问题，只是一段说明。" * 1000
    texts = [Quoted(quiet, OffsetMap.identity(len(quiet)), Position(1, 1), Scope.PARAGRAPH)] * 40
    record = FileRecord("a.txt", "plain", "utf-8", 40 * len(quiet), 40, "checked", Context(), sha256="0" * 64)
    page = reporters.render(Report((), (), (record,), 1, "f", "1", "2026-11-24", texts={"a.txt": tuple(texts)}), "html")
    assert len(page) < 100_000
    assert "a.txt" in page


def test_two_runs_give_the_same_bytes_and_the_exit_code_stays(desk: Desk) -> None:
    desk.write("a.txt", "我们保证收益。\n")
    assert report(desk, "a.txt") == report(desk, "a.txt")
    assert desk.run("check", "a.txt", "--format", "html=x.html").code == desk.run("check", "a.txt").code == 1


def test_the_page_goes_to_the_screen_too(desk: Desk) -> None:
    desk.write("a.txt", "您好。\n")
    done = desk.run("check", "a.txt", "--format", "html")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("<!doctype html>\n")


def test_the_parts_of_the_page_are_in_the_package() -> None:
    folder = Path(__file__).parents[2] / "scriptlint/reporters/_html"
    assert "</style" not in (folder / "page.css").read_text(encoding="utf-8")
    assert "</script" not in (folder / "page.js").read_text(encoding="utf-8")
