"""Which reader takes a file, what the options change, and what is said when a file cannot be read."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scriptlint import readers
from scriptlint.model.document import ReadError, Role, Scope
from scriptlint.readers import ReadOptions, SpeakerNames


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.txt", "plain"),
        ("话术/开场.TXT", "plain"),
        ("a.md", "markdown"),
        ("a.htm", "html"),
        ("a.yml", "yaml"),
        ("a.json", "json"),
        ("a.ndjson", "jsonl"),
        ("a.csv", "csv"),
        ("a.tsv", "tsv"),
        ("a.odd", "plain"),
        ("no-suffix", "plain"),
        ("dir.md/no-suffix", "plain"),
    ],
)
def test_the_suffix_decides(path: str, format: str) -> None:
    assert readers.read(path, b"[]").format == format


def test_the_format_option_beats_the_suffix() -> None:
    data = "# 标题\n\n稳**赚**".encode()
    assert readers.read("a.txt", data, ReadOptions(format="markdown")).segments[1].text == "稳赚"
    assert readers.read("a.txt", data, ReadOptions(format="md")).format == "markdown"
    assert readers.read("-", b'{"a": "b"}', ReadOptions(format="structured")).format == "json"
    assert readers.read("-", b"a: b", ReadOptions(format="structured")).format == "yaml"
    assert readers.read("-", b"a\tb", ReadOptions(format="tsv")).format == "tsv"
    with pytest.raises(ReadError, match='no reader called "word"'):
        readers.read("a.txt", data, ReadOptions(format="word"))


@pytest.mark.parametrize(
    ("path", "kind", "cure"),
    [
        ("a.doc", "document", "save it as .docx"),
        ("a.XLS", "document", "save it as .xlsx"),
        ("a.wps", "document", "save it as .docx"),
        ("a.msg", "document", "save it as text"),
        ("a.png", "picture", "leave pictures without words out"),
        ("a.zip", "archive", "unpack it"),
        ("a.mp3", "", "save it as text"),
    ],
)
def test_formats_without_a_reader_are_refused_not_misread(path: str, kind: str, cure: str) -> None:
    assert readers.refused(path) == kind
    assert not readers.supported(path)
    with pytest.raises(ReadError, match="not supported yet") as caught:
        readers.read(path, b"text")
    assert cure in caught.value.hint


def test_more_than_is_checked_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MOST_CHARACTERS", 3)
    assert readers.read("a.txt", "三个字".encode()).segments
    with pytest.raises(ReadError, match="says 4 characters, more than the 3 checked at once"):
        readers.read("a.csv", "第一,第二".encode())
    monkeypatch.setattr("scriptlint.readers._raw.LARGEST_TEXT", 5_000_000)
    with pytest.raises(ReadError, match="larger than the 5 MB of text that are read"):
        readers.read("a.txt", b" " * 5_000_001)


def test_supported_and_suffixes() -> None:
    assert readers.supported("x/y.Markdown")
    assert not readers.supported("a.odd")
    assert {".txt", ".md", ".html", ".yaml", ".json", ".csv"} <= set(readers.suffixes())
    assert {"html", "markdown", "plain", "structured", "table"} <= set(readers.formats())


def test_importing_and_asking_loads_no_parser() -> None:
    code = (
        "import sys, scriptlint.readers as r; r.suffixes(); r.supported('a.odd');"
        "print(sorted({'yaml', 'csv', 'html.parser', 'json', 'regex'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_team_may_name_its_own_speakers() -> None:
    names = SpeakerNames(institution=("小云", "Piggy:"), customer=("掌柜的",), third=("路人",))
    text = "小云：您好\n掌柜的：这个保本吗\nPIGGY: hello\n路人：走过".encode()
    roles = [segment.role for segment in readers.read("a.txt", text, ReadOptions(speakers=names)).segments]
    assert roles == [Role.INSTITUTION, Role.CUSTOMER, Role.INSTITUTION, Role.THIRD]
    unknown = readers.read("a.txt", text)
    assert {segment.role for segment in unknown.segments} == {Role.UNKNOWN}
    data = '[{"role": "掌柜的", "text": "保本吗"}]'.encode()
    assert readers.read("a.json", data, ReadOptions(speakers=names)).segments[0].role is Role.CUSTOMER


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("a.json", '{"a": "您好",\n "b" 1}', "line 2, column 6: not valid JSON: a colon is expected here"),
        ("a.json", '{"a": 1} x', "line 1, column 10: not valid JSON: the value ends here, but more text follows"),
        ("a.json", '["稳赚', "line 1, column 2: not valid JSON: a string is not closed"),
        ("a.json", '["\\q"]', "line 1, column 3: not valid JSON: unknown escape"),
        ("a.json", "[1,]", "line 1, column 4: not valid JSON: a value is expected here"),
        ("a.json", "[" * 100_000, "line 1, column 151: not valid JSON: nested more than 150 deep"),
        ("a.yaml", "a: 您好\nb: [1", "line 2, column 6:"),
        ("a.yaml", "a: 1\na: 2", 'line 2, column 1: duplicate key "a" (first at line 1)'),
    ],
)
def test_broken_data_is_refused_with_line_and_column(path: str, text: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        readers.read(path, text.encode())
    assert caught.value.message.startswith(message)
    assert caught.value.span is not None


def test_a_broken_second_yaml_document_leaves_the_first() -> None:
    document = readers.read("a.yaml", "a: 您好\n---\nb: [1".encode())
    assert [segment.text for segment in document.segments] == ["您好"]
    assert len(document.unread) == 1


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_broken_front_matter_is_told_and_not_taken_for_text(path: str) -> None:
    source = "---\nkind: [sms\n---\n您好"
    document = readers.read(path, source.encode())
    assert [segment.text for segment in document.segments] == ["您好"]
    assert document.front_matter == {}
    assert document.unread[0].reason.startswith("front matter cannot be read")
    span = document.unread[0].span
    assert span is not None
    assert span.end == source.index("---", 3)


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_a_rule_at_the_top_is_no_front_matter(path: str) -> None:
    document = readers.read(path, "---\n客服：您好\n---\n客户：保本吗".encode())
    assert {segment.text for segment in document.segments} >= {"您好", "保本吗"}
    assert document.unread == ()


def test_an_unclosed_comment_or_script_is_unread() -> None:
    for path, text in (("a.md", "您好\n\n<!-- 保本\n\n稳赚"), ("a.md", "<script>\n稳赚"), ("a.html", "<style>稳赚")):
        document = readers.read(path, text.encode())
        assert len(document.unread) == 1, path
        assert all(segment.scope is Scope.COMMENT or "稳赚" not in segment.text for segment in document.segments)


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("客服：好", Role.INSTITUTION),
        ("小云客服：好", Role.INSTITUTION),
        ("理财经理王倩：好", Role.INSTITUTION),
        ("坐席(工号8001)：好", Role.INSTITUTION),
        ("Agent 01: ok", Role.INSTITUTION),
        ("[客户]: 你好吗", Role.CUSTOMER),
        ("客户A：我问问", Role.CUSTOMER),
        ("客户王女士：我问问", Role.CUSTOMER),
        ("客户说：我问问", Role.CUSTOMER),
        ("Customer: are you sure?", Role.CUSTOMER),
        ("客户姓名：周大海", Role.UNKNOWN),
        ("客户投诉：您请坐", Role.UNKNOWN),
        ("老年客户：放慢语速", Role.UNKNOWN),
        ("尊敬的客户：您好", Role.UNKNOWN),
        ("周女士：您的贷款已到期", Role.UNKNOWN),
        ("系统提示：您的密码已过期", Role.UNKNOWN),
        ("骗子:转账吧", Role.THIRD),
        ("客服电话：400-000-1234", Role.UNKNOWN),
        ("注意：保本产品", Role.UNKNOWN),
    ],
)
def test_labels_are_not_over_guessed(line: str, role: Role) -> None:
    assert readers.read("a.txt", line.encode()).segments[0].role is role
