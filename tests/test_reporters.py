"""How text stands on a terminal, and what every report must hold."""

from __future__ import annotations

import json

import pytest

from scriptlint import reporters
from scriptlint.model.context import Context, Fact
from scriptlint.model.finding import Clause, Finding, Identity, Problem, Related, Status
from scriptlint.model.report import FileRecord, Report
from scriptlint.model.rule import Level, Verdict
from scriptlint.model.span import Position, Span
from scriptlint.reporters._width import excerpt, width

LINE = "甲" * 100


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("稳赚不赔A", 9), ("ＡＢ", 4), ("🙂", 2), ("e\u0301", 1), ("。", 2)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("line", "start", "length", "expected"),
    [
        ("这款保本", 2, 2, ("这款保本", 4, 4)),
        ("a🙂保本", 2, 2, ("a🙂保本", 3, 4)),
        ("\t保本", 1, 2, ("    保本", 4, 4)),
        ("保\u200b本好", 0, 3, ("保·本好", 0, 5)),
        ("\u202e保本", 1, 2, ("·保本", 1, 4)),
        ("保本", 2, 0, ("保本", 4, 1)),
        ("", 0, 0, ("", 0, 1)),
        ("保本", 9, 3, ("保本", 4, 1)),
    ],
)
def test_marks_stand_under_their_words(line: str, start: int, length: int, expected: tuple[str, int, int]) -> None:
    shown = excerpt(line, start, length)
    assert (shown.text, shown.before, shown.marked) == expected


@pytest.mark.parametrize(("start", "length"), [(0, 2), (50, 2), (98, 2), (10, 60), (0, 100)])
def test_long_lines_are_cut_around_the_finding(start: int, length: int) -> None:
    shown = excerpt(LINE, start, length)
    assert width(shown.text) <= 82
    assert shown.text.startswith("…") is (start > 0)
    under = shown.text.encode("utf-32-le")
    assert len(under) // 4 == len(shown.text)
    assert shown.before + shown.marked <= width(shown.text)


def test_a_line_that_lost_its_beginning_says_so() -> None:
    shown = excerpt("abc保本", 3, 2, cut=True)
    assert (shown.text, shown.before, shown.marked) == ("…abc保本", 4, 4)


def finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "path": "a.txt", "rule": "cn/x", "family": "conduct", "verdict": Verdict.REVIEW, "level": Level.WARNING,
        "span": Span(2, 4), "start": Position(1, 3), "end": Position(1, 5), "excerpt": "保本",
        "line_text": "这款保本", "line_offset": 2, "message": {"zh": "不行。", "en": "No."},
        "suggestion": {"zh": "换。", "en": ""}, "basis": (Clause("S", "某法", "", "第一条", "V1", "2020-01-01"),),
        "identity": Identity("cn/x", "a.txt", "0"),
    }  # fmt: skip
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def report(*found: Finding, lang: str = "zh", problems: tuple[Problem, ...] = ()) -> Report:
    context = Context({"kind": Fact(("sms",), "inferred", "【】")})
    record = FileRecord("a.txt", "plain", "utf-8", 5, 1, "checked", context, (), {"audience": ("cn/y",)})
    return Report(found, problems, (record,), 3, "f" * 16, "0.1.0", "2026-11-24", lang)


def test_text_shows_what_a_finding_holds() -> None:
    found = finding(evasion=True, preview=True, related=(Related(Span(0, 1), Position(1, 1), "触发处"),))
    assert reporters.render(report(found), "text").splitlines()[:7] == [
        "a.txt:1:3: warning cn/x 不行。（文字中有插入、隐藏或变形的字符）（试行规则）",
        "  | 这款保本",
        "  |     ^^^^",
        "  依据: 《某法》 第一条",
        "  建议: 换。",
        "  相关: a.txt:1:1 触发处",
        "  语境: kind=sms (推断: 【】)；product=未知；audience=未知；channel=未知；audience 未知，1 条规则未检查",
    ]


def test_a_rule_without_a_clause_prints_none() -> None:
    assert "依据" not in reporters.render(report(finding(basis=())), "text")


def test_a_wording_that_is_missing_in_english_is_shown_in_chinese() -> None:
    text = reporters.render(report(finding(), lang="en"), "text")
    assert "warning cn/x No.\n" in text
    assert "  suggestion: 换。\n" in text


def test_a_finding_about_a_whole_file_has_no_line() -> None:
    text = reporters.render(report(finding(span=None)), "text")
    assert text.startswith("a.txt: warning cn/x 不行。\n  依据")
    data = json.loads(reporters.render(report(finding(span=None)), "json"))
    assert (data["findings"][0]["start"], data["findings"][0]["end"]) == (None, None)


def test_suppressed_findings_are_counted_and_shown_on_request() -> None:
    silent = finding(status=Status("suppressed", "原话"))
    text = reporters.render(report(silent), "text")
    assert text == "共检查 1 个文件，3 条规则；错误 0，警告 0，提示 0；已屏蔽 1。机器初筛，不构成法律意见或审批结论。\n"
    assert "  已屏蔽:原话\n" in reporters.render(report(silent), "text", reporters.Options(silenced=True))


def test_problems_come_with_their_hints() -> None:
    problem = Problem("b.txt", "not text", "save it as UTF-8", Position(2, 3))
    text = reporters.render(report(problems=(problem,)), "text")
    assert text.startswith("b.txt:2:3: 未能检查: not text\n  提示: save it as UTF-8\n\n共检查")
    data = json.loads(reporters.render(report(problems=(problem,)), "json"))
    assert data["problems"] == [
        {
            "path": "b.txt",
            "line": 2,
            "column": 3,
            "severity": "unread",
            "message": "not text",
            "hint": "save it as UTF-8",
        }
    ]


def test_nothing_to_say_is_nothing_when_quiet() -> None:
    assert reporters.render(report(), "text", reporters.Options(quiet=True)) == ""


@pytest.mark.parametrize("name", reporters.names())
def test_every_reporter_gives_the_same_bytes_twice_and_ends_its_last_line(name: str) -> None:
    first = reporters.encode(report(finding()), name)
    assert first == reporters.encode(report(finding()), name)
    assert first.endswith(b"\n") or reporters.kind(name) == "binary"


def test_a_format_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        reporters.render(report(), "xml")
