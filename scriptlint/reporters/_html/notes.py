"""A finding as a note beside the text."""

from __future__ import annotations

from collections.abc import Iterator

from scriptlint.model.finding import Clause, Finding
from scriptlint.model.record import dataclass
from scriptlint.reporters._html.escaping import Html, joined, link, shown, tag, text
from scriptlint.reporters._html.words import Words


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with its number in this report."""

    number: int
    finding: Finding
    file: int
    title: str

    @property
    def is_open(self) -> bool:
        """True when nothing silences it."""
        return self.finding.status.state == "open"


def note(item: Numbered, words: Words, *, marked: bool) -> Html:
    """The note. ``marked`` says that the text shows the words, so that there is a place to go back to."""
    finding = item.finding
    state = finding.status.state
    return tag(
        "article",
        joined(*_parts(item, words, marked=marked)),
        id=f"f{item.number}",
        cls=f"finding {finding.level.word}" + ("" if item.is_open else " settled"),
        data_family=finding.family,
        data_level=finding.level.word,
        data_status=state,
        data_rule=finding.rule,
        data_file=item.file,
        tabindex="-1",
        aria_labelledby=f"h{item.number}",
    )


def _parts(item: Numbered, words: Words, *, marked: bool) -> Iterator[Html]:
    finding = item.finding
    number = tag("a", item.number, href=f"#m{item.number}", cls="no", title=words["back"]) if marked else None
    level = finding.level.word
    badges = [
        number or tag("span", item.number, cls="no"),
        tag("span", words[f"one_{level}"], cls="level"),
        tag("span", words.get(f"family_{finding.family}", finding.family), cls="family"),
        tag("span", words[f"verdict_{finding.verdict}"], cls="quiet"),
    ]
    if not item.is_open:
        badges.append(tag("span", words.get(f"status_{finding.status.state}", finding.status.state), cls="badge"))
    if finding.preview:
        badges.append(tag("span", words["preview"], cls="badge"))
    if finding.hint:
        badges.append(tag("span", words["hint"], cls="badge"))
    yield tag("p", joined(*badges), cls="head")
    yield tag("h4", shown(words.said(finding.message), words["invisible"]), id=f"h{item.number}")
    if finding.evasion:
        yield tag("p", words["evasion"], cls="evasion")
    yield from _status(finding, words)
    suggestion = words.said(finding.suggestion)
    facts = [(words["suggest"], shown(suggestion, words["invisible"]))] if suggestion else []
    facts += [(words["fix"], text(words.said(fix.description))) for fix in finding.fixes if item.is_open]
    facts.append((words["basis"], _clauses(finding.basis, words)))
    facts += [(words["related"], _related(each.start.line, each.note, words)) for each in finding.related]
    yield tag("dl", joined(*(joined(tag("dt", name), tag("dd", value)) for name, value in facts)))
    # What a search should find beside what is read anyway.
    named = joined(tag("a", finding.rule, href=f"#rule={finding.rule}", cls="rule"), " ", tag("span", item.title))
    yield tag("p", named, cls="foot")


def _status(finding: Finding, words: Words) -> Iterator[Html]:
    state, reason = finding.status.state, finding.status.reason
    if state != "open":
        why = words.get(f"why_{state}", state)
        # Somebody gave a reason for these; of the others the state says all.
        given = reason if state in ("suppressed", "waived") else ""
        yield tag("p", why + (words["colon"] + given if given else ""), cls="why")
    elif reason:
        yield tag("p", words["noted"] + words["colon"] + reason, cls="why")


def _related(line: int, note: str, words: Words) -> Html:
    return text(f"{words['line'].format(line=line)} {note}".strip())


def _clauses(basis: tuple[Clause, ...], words: Words) -> Html:
    if not basis:
        return tag("span", words["practice"], cls="quiet")
    items = []
    for clause in basis:
        dates = words["since"].format(date=clause.in_force) if clause.in_force else ""
        if clause.verified == "V3":
            dates += (words["comma"] if dates else "") + words["unverified"]
        items.append(tag("li", joined(link(clause.url, clause.text()), " ", tag("span", dates, cls="quiet"))))
    return tag("ul", joined(*items))
