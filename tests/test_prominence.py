"""What is said but not seen: hidden warnings count for nothing, faint ones are told, in every format that knows looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scriptlint import run
from scriptlint.config import Settings
from scriptlint.model.context import Context, Fact
from scriptlint.model.document import Prominence, Role, Scope, Segment
from scriptlint.model.finding import Finding
from scriptlint.model.span import OffsetMap
from scriptlint.run import Script, Setup
from scriptlint.verbs import _look
from tests.readers.make import docx as word

CLAIM = "这只基金值得买，经理很资深，欢迎到网点咨询。"
WARNING = "基金有风险，投资须谨慎。"
MISSING, FAINT = "cn/fund-risk-notice", "cn/faint-risk-notice"


@pytest.fixture(scope="module")
def setup() -> Setup:
    ready = run.prepare(Settings(select=("fund-risk-notice", "faint-risk-notice")), date(2026, 11, 24))
    return replace(ready, given=Context({"product": Fact(("fund",), "flag"), "kind": Fact(("ad",), "flag")}))


def found(setup: Setup, name: str, data: bytes) -> list[Finding]:
    return list(run.examine(Script(name, data), setup).findings)


def docx(*paragraphs: str, **parts: str) -> bytes:
    whole = {"word/document.xml": word.document("".join(paragraphs))}
    links = {}
    for name, inside in parts.items():
        whole[f"word/{name}.xml"] = inside
        links[f"r{name}"] = (name.rstrip("0123456789"), f"{name}.xml")
    return word.package(whole, links)


HTML = [
    ("<p>{c}</p><p>{w}</p>", []),
    ("<p>{c}</p><p style='display:none'>{w}</p>", [MISSING]),
    ("<p>{c}</p><p style='color:#fff'>{w}</p>", [MISSING]),
    ("<p>{c}</p><p hidden>{w}</p>", [MISSING]),
    ("<p>{c}</p><p style='font-size:7px'>{w}</p>", [FAINT]),
    ("<p>{c}</p><p style='color:#ddd'>{w}</p>", [FAINT]),
    ("<p>{c}</p><p style='color:#ddd'>{w}</p><p>{w}</p>", []),
    ("<p>{c}</p><p style='color:#ddd;background:#222'>{w}</p>", []),
    ("<p>{c}</p><p style='color:#ddd;background:url(a.png)'>{w}</p>", []),
    ("<p style='font-size:30px'>{c}</p><p style='font-size:12px'>{w}</p>", [FAINT]),
    ("<h1 style='font-size:30px'>{c}</h1><p style='font-size:12px'>{w}</p>", []),
    ("<p>{c}</p>" + "<p>管理费、托管费和申购费以招募说明书为准。</p>" * 100 + "<p>{w}</p>", [FAINT]),
]


@pytest.mark.parametrize(("page", "rules"), HTML)
def test_pages(setup: Setup, page: str, rules: list[str]) -> None:
    data = page.replace("{c}", CLAIM).replace("{w}", WARNING).encode()
    assert [finding.rule for finding in found(setup, "a.html", data)] == rules


def test_word_files(setup: Setup) -> None:
    claim = word.p(CLAIM)
    looks = {
        "": [],
        "<w:vanish/>": [MISSING],
        '<w:sz w:val="10"/>': [FAINT],
        '<w:color w:val="DDDDDD"/>': [FAINT],
    }
    for look, rules in looks.items():
        data = docx(claim, word.p(word.r(WARNING, look)))
        assert [finding.rule for finding in found(setup, "a.docx", data)] == rules, look


def test_the_message_says_what_is_wrong_and_points_at_the_claim(setup: Setup) -> None:
    data = f"<p>{CLAIM}</p><p style='font-size:6px;color:#ddd'>{WARNING}</p>".encode()
    (finding,) = found(setup, "a.html", data)
    assert (
        finding.message["zh"]
        == "风险提示「基金有风险」不醒目：字号只有4.5磅（正文10.5磅）、颜色太浅（与底色对比1.4:1）。"
    )
    assert "set in 4.5 points (the text has 10.5) and pale" in finding.message["en"]
    assert finding.related[0].span.start < finding.start.column
    assert str(finding.verdict) == "review"


def test_a_missing_warning_points_at_the_hidden_one(setup: Setup) -> None:
    (finding,) = found(setup, "a.html", f"<p>{CLAIM}</p><p hidden>{WARNING}</p>".encode())
    assert [place.note for place in finding.related] == ["此处的提示看不见，不算"]


@pytest.mark.parametrize(
    ("colour", "background", "ratio"),
    [
        ("#000000", None, 21.0),
        ("000", None, 21.0),
        ("#767676", None, 4.5),
        ("white", "#000000", 21.0),
        ("rgb(255, 0, 0)", None, 4.0),
        ("red", "", None),
        ("var(--x)", None, None),
        (None, None, None),
    ],
)
def test_contrast(colour: str | None, background: str | None, ratio: float | None) -> None:
    look = Prominence(None, False, colour, background)
    segment = Segment("字", OffsetMap.identity(1), Scope.PARAGRAPH, Role.UNKNOWN, prominence=look)

    class View:
        pass

    view = View()
    view.segment = segment  # type: ignore[attr-defined]
    got = _look.contrast(view)  # type: ignore[arg-type]
    assert (got is None) if ratio is None else (got == pytest.approx(ratio, abs=0.05))
