"""Remarks people leave in a file: rules about claims pass them over, rules about personal data do not."""

from __future__ import annotations

from datetime import date

import pytest

from scriptlint import run
from scriptlint.config import Settings
from scriptlint.run import Script, Setup
from tests.readers.make.docx import document, p, package, part, r
from tests.readers.office import SHEET, inline, packed, relations, rows, workbook_parts

REMARK = "这里不能写保本保息。请先与客户周大海（身份证号990101199001011230，手机13800001234）核对。"
OURS = 'scriptlint: disable-file jargon reason="客户13800001234来电"'


@pytest.fixture(scope="module")
def setup() -> Setup:
    return run.prepare(Settings(), date(2026, 12, 1))


def word(remark: str) -> bytes:
    marked = '<w:commentRangeStart w:id="0"/>' + r("您好。") + '<w:commentRangeEnd w:id="0"/>'
    comments = part("comments", f'<w:comment w:id="0">{p(remark)}</w:comment>')
    parts = {"word/document.xml": document(p(marked)), "word/comments.xml": comments}
    return package(parts, {"c": ("comments", "comments.xml")})


def workbook(remark: str) -> bytes:
    parts = workbook_parts(rows(inline("您好。")))
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(("c", "comments", "../comments1.xml"))
    parts["xl/comments1.xml"] = (
        f'<comments xmlns="{SHEET}"><authors><author>合规部</author></authors><commentList><comment ref="A1" authorId="0">'
        f"<text><t>{remark}</t></text></comment></commentList></comments>"
    )
    return packed(parts)


def files(remark: str) -> dict[str, bytes]:
    """One file of each format that has comments, all with this remark."""
    quoted = remark.replace('"', "&quot;")
    return {
        "a.docx": word(quoted),
        "a.xlsx": workbook(quoted),
        "a.html": f"<p>您好。</p><!-- {remark} -->".encode(),
        "a.md": f"您好。\n\n<!-- {remark} -->\n".encode(),
        "a.vtt": f"WEBVTT\n\nNOTE {remark}\n\n00:01.000 --> 00:02.000\n您好。\n".encode(),
    }


@pytest.mark.parametrize("name", files(""))
def test_personal_data_in_a_remark_is_found_and_claims_are_not(setup: Setup, name: str) -> None:
    findings = run.examine(Script(name, files(REMARK)[name]), setup).findings
    rules = {finding.rule for finding in findings if finding.family in ("privacy", "return-claim")}
    assert {"cn/identity-number", "cn/mobile-number"} <= rules
    assert "cn/guaranteed-principal" not in rules
    assert not any("13800001234" in f"{finding.excerpt}{finding.line_text}" for finding in findings)


@pytest.mark.parametrize("name", files(""))
def test_comments_that_speak_to_scriptlint_are_no_remarks(setup: Setup, name: str) -> None:
    findings = run.examine(Script(name, files(OURS)[name]), setup).findings
    assert not [finding for finding in findings if finding.family == "privacy"]
