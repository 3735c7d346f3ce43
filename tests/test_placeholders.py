"""Template variables in every syntax and format: seen as one thing, named rightly, and no obstacle to the words around."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from scriptlint import run
from scriptlint.config import Settings
from scriptlint.language.placeholders import find_placeholders
from scriptlint.run import Script, Setup
from tests.readers import office
from tests.readers.make import docx as word

SYNTAXES = [
    "{{{ idCard }}}", "{{ id_card }}", "{{customer.id_card}}", "{{id_card.DATA}}", '{{ id_card || "无" }}',
    '{{ id_card | fallback: "无" }}', "{{ id_card | upper }}", "{{~id_card~}}", "{{身份证号}}", "{{ khSfzh }}",
    "${id_card}", "${{ id_card }}", "${客户身份证号}", '${(user.idCard)!""}', "{!Contact.IdCard}", "{!User:Id Card;无}",
    "#{id_card}", "%{id_card}", "@{id_card}", "{$id_card}", "{#身份证号#}", "{#id_card#}", "[[id_card]]", "[[id_card|无]]",
    "[%id_card%]", "{contactfield=id_card|无}", "%(id_card)s", "#id_card#", "#身份证号#", "%ID_CARD%", "{id_card}",
    "{id_card!r}", "{id_card:>10}", "{身份证号}", "$id_card", "<身份证号>", "【身份证号】", "[身份证号]", "«身份证号»",
    "<%= id_card %>", "@id_card@", "｛｛id_card｝｝", "＄｛id_card｝",
]  # fmt: skip
MASKED = [
    "{{ id_card | mask }}", "{{ id_card | last4 }}", "{{ id_card|desensitize }}", "{{ id_card[-4:] }}",
    "{{ id_card.slice(-4) }}", "{{ mask(id_card) }}", "{{ RIGHT(id_card, 4) }}", "{{ id_card_masked }}", "${idCardLast4}",
    "{{ id_card | slice(-4) }}", "{身份证号后四位}", "{tm_id_card}",
]  # fmt: skip
NOTHING = [
    "{% if id_card %}",
    "{# 身份证号 #}",
    "{{#if id_card}}",
    "{{/if}}",
    "{{> id_card}}",
    "<#if id_card>",
    "$100",
    "3.5%上浮",
]
UNNAMED = ["{1}", "${1}", "${NUM_6}", "%s", "%1$s", "{0}"]


@pytest.fixture(scope="module")
def setup() -> Setup:
    return run.prepare(Settings(), date(2026, 11, 24))


def excerpts(setup: Setup, name: str, data: bytes, rule: str = "cn/exposed-variable") -> list[str]:
    examined = run.examine(Script(name, data), setup)
    assert not [problem for problem in examined.problems if problem.severity != "note"]
    return [finding.excerpt for finding in examined.findings if finding.rule == rule]


@pytest.mark.parametrize("variable", SYNTAXES)
def test_a_variable_that_prints_an_identity_number_is_seen_in_every_syntax(setup: Setup, variable: str) -> None:
    assert excerpts(setup, "a.txt", f"您的证件{variable}已通过核验。".encode()) == [variable]


@pytest.mark.parametrize("variable", UNNAMED)
def test_a_variable_without_a_name_is_what_the_words_before_it_say(setup: Setup, variable: str) -> None:
    assert excerpts(setup, "a.txt", f"您的身份证号{variable}已通过核验。".encode()) == [variable]
    assert excerpts(setup, "a.txt", f"您的会议号{variable}已开通。".encode()) == []


def test_ordinary_brackets_count_where_a_value_is_due(setup: Setup) -> None:
    assert excerpts(setup, "a.txt", "您的证件号码是（身份证号），已核验。".encode()) == ["（身份证号）"]
    assert excerpts(setup, "a.txt", "请带好证件（身份证号）到网点。".encode()) == []


@pytest.mark.parametrize("variable", MASKED)
def test_what_is_masked_is_let_pass(setup: Setup, variable: str) -> None:
    assert excerpts(setup, "a.txt", f"您的证件{variable}已通过核验。".encode()) == []


@pytest.mark.parametrize("text", NOTHING)
def test_what_prints_nothing_is_no_variable(text: str) -> None:
    assert find_placeholders(text) == []


def _docx(text: str) -> bytes:
    """The words in runs of three characters, as Word leaves them after an edit."""
    runs = [
        word.r(text[start : start + 3].replace("&", "&amp;").replace("<", "&lt;")) for start in range(0, len(text), 3)
    ]
    return word.package({"word/document.xml": word.document(word.p(*runs))}, {})


def _xlsx(text: str) -> bytes:
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    cells = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>'
    return office.packed(office.workbook_parts(cells))


FORMATS: dict[str, Callable[[str], bytes | str]] = {
    "a.txt": lambda text: text,
    "a.md": lambda text: f"# 标题\n\n{text}\n",
    "table.md": lambda text: f"| 序号 | 话术 |\n|---|---|\n| 1 | {text} |\n",
    "list.md": lambda text: f"- {text}\n",
    "a.html": lambda text: f"<p>{text}</p>",
    "split.html": lambda text: f"<p>{text[:6]}<b>{text[6:9]}</b>{text[9:]}</p>",
    "attribute.html": lambda text: f"<img alt='{text}' src=a.png>",
    "a.json": lambda text: f'{{"text": "{text}"}}',
    "a.jsonl": lambda text: f'{{"text": "{text}"}}\n',
    "quoted.yaml": lambda text: f"text: '{text}'\n",
    "block.yaml": lambda text: f"text: |\n  {text}\n",
    "plain.yaml": lambda text: f"text: {text}\n",
    "bare.yaml": lambda text: f"text: {text.removeprefix('您的')}\n",
    "a.csv": lambda text: f"序号,话术\n1,{text}\n",
    "a.tsv": lambda text: f"序号\t话术\n1\t{text}\n",
    "a.srt": lambda text: f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n",
    "a.eml": lambda text: (
        f"Subject: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    ),
    "a.docx": _docx,
    "a.xlsx": _xlsx,
}
IN_FORMATS = ["{{ id_card | upper }}", "{{id_card}}", "${id_card}", "%{id_card}", "{身份证号}", "«身份证号»"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("variable", IN_FORMATS)
def test_every_format_keeps_a_variable_whole(setup: Setup, name: str, variable: str) -> None:
    made = FORMATS[name](f"您的{variable}已通过核验。")
    assert excerpts(setup, name, made.encode() if isinstance(made, str) else made) == [variable]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_keeps_its_filter(setup: Setup, name: str) -> None:
    made = FORMATS[name]("您的{{ id_card | mask }}已通过核验。")
    assert excerpts(setup, name, made.encode() if isinstance(made, str) else made) == []


SENTENCES = [
    ("我行承诺{}保本。", "cn/guaranteed-principal", 1),
    ("这款{}理财稳赚不赔，{}放心买。", "cn/guaranteed-return", None),
    ("本产品{}不保本。", "cn/guaranteed-principal", 0),
    ("贷款日利率0.02%，年化利率{}%（单利）。", "cn/loan-annual-rate", 0),
]
LONG = [
    "",
    "稳盈一号",
    "{{name}}",
    "{{ customer.product.display_name | upper }}",
    "{!Product:Display Name;本产品}",
    "${产品全称}",
]


@pytest.mark.parametrize(("sentence", "rule", "count"), SENTENCES)
@pytest.mark.parametrize("variable", LONG)
def test_a_text_reads_the_same_empty_filled_and_not_filled(
    setup: Setup, sentence: str, rule: str, count: int | None, variable: str
) -> None:
    filled = sentence.replace("{}", variable)
    if "年化" in sentence:
        filled = sentence.replace("{}", variable if "{" in variable else "7.2")
    found = len(excerpts(setup, "a.txt", filled.encode(), rule))
    assert found == (
        len(excerpts(setup, "a.txt", sentence.replace("{}", "").encode(), rule)) if count is None else count
    )


def test_words_in_the_name_of_a_variable_are_no_claim(setup: Setup) -> None:
    data = "您购买的理财{{保本金额}}元已到账，{稳赚标志}。".encode()
    examined = run.examine(Script("a.txt", data), setup)
    found = [finding for finding in examined.findings if finding.family == "return-claim"]
    # The trained scorer reads names of variables like other words.
    assert [finding.rule for finding in found if "scored" not in finding.rule] == []
