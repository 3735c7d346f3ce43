"""What is said about a rule, in reports and in the reference: why, on whose authority, what passes and what fails; as text and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scriptlint.model.finding import Clause
from scriptlint.model.lazy import lazy_re
from scriptlint.model.report import RuleRecord
from scriptlint.model.rule import Example

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "suggest": "建议",
        "basis": "依据",
        "practice": "行业惯例，没有条款",
        "since": "{date} 起施行",
        "fail": "不合规",
        "pass": "合规",
        "note": "备注",
        "silence": "确需保留时，在上一行写",
        "reason": "原因",
        "locked": "这条规则已锁定：不能调低、关闭、屏蔽或列入基线，只能登记豁免",
        "violation": "违规：条款禁止，只看文字即可判断",
        "evidence": "待举证：没有证据支持即不得使用",
        "review": "待复核：文字只是提示可能有问题，由人判断",
        "advice": "建议：行业做法或通俗表达",
    },
    "en": {
        "suggest": "What to write",
        "basis": "Basis",
        "practice": "practice of the trade, no clause",
        "since": "in force since {date}",
        "fail": "fails",
        "pass": "passes",
        "note": "Note",
        "silence": "Where the words must stay, write on the line above",
        "reason": "why",
        "locked": "This rule is locked: nothing but a waiver silences it",
        "violation": "violation: the clause forbids it, and the text alone decides",
        "evidence": "evidence: forbidden unless there is evidence that the text does not show",
        "review": "review: the text only suggests it, and a person decides",
        "advice": "advice: practice or plain language",
    },
}
_PLACEHOLDER = lazy_re(r"\{[a-z_]+\}")
_SPECIAL = lazy_re(r"([\\`*_\[\]<>#|~])")
_DIGITS = lazy_re(r"\d(?=\d{3})|(?<=\d{3})\d")
_EXAMPLES = 2


def summary(rule: RuleRecord, lang: str) -> str:
    """The message of a rule, where any words may stand."""
    return _PLACEHOLDER.sub("…", rule.message.get(lang)) or rule.title.get(lang)


def advice(rule: RuleRecord, lang: str) -> str:
    """The suggestion of a rule, where any words may stand."""
    return _PLACEHOLDER.sub("…", rule.suggest.get(lang))


def text(rule: RuleRecord, lang: str) -> str:
    """The help as plain text."""
    words = WORDS["en" if lang == "en" else "zh"]
    lines = [summary(rule, lang), words[str(rule.verdict)]]
    if rule.suggest.zh:
        lines.append(f"{words['suggest']}: {advice(rule, lang)}")
    lines += [f"{words['basis']}: {dated(clause, words)}" for clause in rule.basis] or _practice(rule, words)
    if rule.note:
        lines.append(f"{words['note']}: {rule.note}")
    return "\n".join(lines)


def markdown(rule: RuleRecord, lang: str) -> str:
    """The help as Markdown, with examples."""
    words = WORDS["en" if lang == "en" else "zh"]
    blocks = [f"**{plain(rule.title.get(lang))}**", plain(summary(rule, lang)), f"_{words[str(rule.verdict)]}_"]
    if rule.suggest.zh:
        blocks.append(f"**{words['suggest']}**: {plain(advice(rule, lang))}")
    clauses = [f"- {linked(clause, words)}" for clause in rule.basis]
    blocks.append("\n".join([f"**{words['basis']}**", "", *(clauses or [f"- {words['practice']}"])]))
    examples = list(_examples(rule, words))
    if examples:
        blocks.append("\n".join(examples))
    if rule.note:
        blocks.append(f"**{words['note']}**: {plain(rule.note)}")
    if rule.pack != "scriptlint":
        blocks.append(silence(rule, words))
    return "\n\n".join(blocks) + "\n"


def silence(rule: RuleRecord, words: Mapping[str, str]) -> str:
    """How the words may stay where they must, as Markdown."""
    if rule.locked:
        return words["locked"]
    comment = f'scriptlint: disable-next {rule.id.split("/", 1)[1]} reason="{words["reason"]}"'
    return f"{words['silence']} `{comment}`"


def _practice(rule: RuleRecord, words: Mapping[str, str]) -> list[str]:
    return [f"{words['basis']}: {words['practice']}"] if rule.pack != "scriptlint" else []


def dated(clause: Clause, words: Mapping[str, str]) -> str:
    """A clause with the day from which it binds."""
    since = f" [{words['since'].format(date=clause.in_force)}]" if clause.in_force else ""
    return clause.text() + since


def linked(clause: Clause, words: Mapping[str, str]) -> str:
    """The same as Markdown, leading to the text of the issuer."""
    shown = plain(dated(clause, words))
    return f"[{shown}]({clause.url})" if clause.url else shown


def _examples(rule: RuleRecord, words: Mapping[str, str]) -> Iterator[str]:
    # Examples about personal data would be nothing but stars.
    if rule.family == "privacy":
        return
    for kind in ("fail", "pass"):
        chosen = [example for example in rule.examples if example.expect == kind and "\n" not in example.text]
        for example in chosen[:_EXAMPLES]:
            # Numbers are cut, so that none looks like a person's.
            yield f"- {words[kind]}: {_DIGITS.sub('0', marked(example, '**', '**'))}"


def marked(example: Example, before: str, after: str) -> str:
    """An example as Markdown, with something before and after the words that must be found."""
    parts: list[str] = []
    position = 0
    for mark in example.marks:
        parts += [plain(example.text[position : mark.start]), before, plain(example.text[mark.start : mark.end]), after]
        position = mark.end
    parts.append(plain(example.text[position:]))
    return "".join(parts)


def plain(words: str) -> str:
    """A text in which nothing is Markdown."""
    return _SPECIAL.sub(r"\\\1", words)
