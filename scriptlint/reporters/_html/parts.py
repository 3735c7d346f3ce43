"""The parts of the page below the overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scriptlint.model.context import CONTEXT_VALUES, Context
from scriptlint.model.finding import SILENT
from scriptlint.model.report import FileRecord, Quoted, Report
from scriptlint.model.rule import FAMILIES
from scriptlint.reporters._html.escaping import Html, joined, shown, tag, void
from scriptlint.reporters._html.notes import Numbered, note
from scriptlint.reporters._html.texts import Allowance, plain_text, text_of
from scriptlint.reporters._html.words import LEVELS, Words

_STATES = ("open", *SILENT)


def problems(report: Report, words: Words) -> Html:
    """What could not be checked, and why."""
    if not report.problems:
        return Html("")
    order = ("unread", "usage", "note")
    listed = sorted(report.problems, key=lambda each: order.index(each.severity) if each.severity in order else 0)
    items = []
    for problem in listed:
        kind = tag("span", words.get(f"problem_{problem.severity}", problem.severity), cls="badge")
        said = joined(
            kind, " ", tag("code", shown(problem.place(), words["invisible"])), " ", _said(problem.message, words)
        )
        hint = tag("p", _said(problem.hint, words), cls="quiet") if problem.hint else ""
        items.append(tag("li", joined(said, hint), cls=f"is-{problem.severity}"))
    bad = any(problem.severity != "note" for problem in report.problems)
    listing = tag("ul", joined(*items))
    title = tag("h2", joined(words["problems"], " ", tag("span", len(items), cls="quiet")))
    if bad:
        return tag("section", joined(title, listing), id="problems", cls="alarm")
    return tag("section", tag("details", joined(tag("summary", title), listing)), id="problems")


def filters(numbered: Sequence[Numbered], words: Words) -> Html:
    """The bar to choose with. Without scripts it is not shown, and everything else is."""
    if not numbered:
        return Html("")
    families = Counter(item.finding.family for item in numbered)
    levels = Counter(item.finding.level.word for item in numbered)
    states = Counter(item.finding.status.state for item in numbered)
    known = [*FAMILIES, *sorted(set(families) - set(FAMILIES))]
    files = dict(sorted({(item.file, item.finding.path) for item in numbered}))
    options = [tag("option", words["all_files"], value="")]
    options += [tag("option", path, value=index) for index, path in files.items()]
    label = tag("label", joined(tag("span", words["search"], cls="unseen-title"), _search(words)), cls="search")
    choose = tag("select", joined(*options), id="file", aria_label=words["file"])
    checkbox = joined(void("input", type="checkbox", id="only"), " ", words["only_found"])
    controls = [
        label,
        _chips("family", [(name, words.get(f"family_{name}", name)) for name in known if families[name]], words),
        _chips("level", [(name, words[f"level_{name}"]) for name in LEVELS if levels[name]], words),
        _chips("status", [(name, words[f"status_{name}"]) for name in _STATES if states[name]], words),
        choose,
        tag("label", checkbox, cls="only"),
        tag("span", joined(tag("code", ""), tag("button", "×", type="button", aria_label=words["reset"])), id="rule", hidden=True),
        tag("output", "", id="shown", aria_live="polite", data_said=words["shown"]),
        tag("button", words["reset"], type="button", id="reset", hidden=True),
    ]  # fmt: skip
    return tag("form", joined(*controls), id="filters", role="search", aria_label=words["filter"])


def _search(words: Words) -> Html:
    return void(
        "input", type="search", id="q", placeholder=words["search"], autocomplete="off", spellcheck="false",
        title=words["keys"], maxlength="200",
    )  # fmt: skip


def _chips(key: str, values: Sequence[tuple[str, str]], words: Words) -> Html:
    buttons = [
        tag(
            "button",
            joined(name, " ", tag("span", "", cls="count")),
            type="button",
            cls=f"chip {value}",
            data_key=key,
            data_value=value,
            aria_pressed="false",
        )
        for value, name in values
    ]
    return tag("div", joined(*buttons), role="group", aria_label=words[key], cls="chips")


def file_section(
    index: int, record: FileRecord, quoted: Sequence[Quoted], found: Sequence[Numbered], words: Words, allowance: Allowance
) -> Html:  # fmt: skip
    """One file with its context, its text and its notes."""
    counts = Counter(item.finding.level.word for item in found if item.is_open)
    badges = [
        tag("span", joined(words[f"level_{level}"], " ", counts[level]), cls=f"badge {level}")
        for level in LEVELS
        if counts[level]
    ]
    title = joined(tag("h3", shown(record.path, words["invisible"])), tag("p", joined(*badges), cls="badges"))
    inner = joined(
        tag("header", title),
        tag("div", joined(*_about(record, words)), cls="about"),
        text_of(quoted, found, words, allowance),
    )
    return tag("section", inner, id=f"file-{index}", cls="file", data_file=index)


def elsewhere(found: Sequence[Numbered], words: Words) -> Html:
    """Findings about files that are no scripts, such as a list of waivers."""
    notes = []
    for item in found:
        where = tag("p", shown(f"{item.finding.path}:{item.finding.start.line}", words["invisible"]), cls="where")
        notes.append(joined(where, note(item, words, marked=False)))
    return tag("section", tag("div", joined(*notes), cls="loose"), cls="file", data_file=0)


def clean_file(index: int, record: FileRecord, quoted: Sequence[Quoted], words: Words, allowance: Allowance) -> Html:
    """One file without findings, closed."""
    inside = [tag("div", joined(*_about(record, words)), cls="about")]
    if quoted and allowance.take(quoted):
        inside.append(plain_text(quoted, words))
    name = tag("span", shown(record.path, words["invisible"]), cls="path")
    state = tag("span", words[f"state_{record.state}"], cls="badge") if record.state != "checked" else ""
    return tag("details", joined(tag("summary", joined(name, " ", state)), *inside), id=f"file-{index}", cls="clean")


def _about(record: FileRecord, words: Words) -> Iterator[Html]:
    size = words["characters"].format(count=f"{record.characters:,}")
    yield tag("p", joined(f"{record.format} · {record.encoding} · {size}"), cls="quiet")
    if record.unread:
        items = joined(*(tag("li", _said(each, words)) for each in record.unread))
        yield tag("div", joined(tag("strong", words["unread_parts"]), tag("ul", items)), cls="alarm")
    yield _context(record.context, words)
    for key, rules in (record.not_applied or {}).items():
        said = words["not_applied"].format(key=words.get(f"key_{key}", key), count=len(rules))
        names = tag("p", joined(*(tag("code", rule) for rule in rules)), cls="codes")
        yield tag("details", joined(tag("summary", said), names))
    if record.sections:
        rows = [
            tag("li", joined(tag("span", shown(name, words["invisible"])), _context(facts, words)))
            for name, facts in record.sections
        ]
        yield tag("details", joined(tag("summary", words["sections"]), tag("ul", joined(*rows))))


def _context(context: Context, words: Words) -> Html:
    facts: list[Html] = []
    for key in CONTEXT_VALUES:
        fact = context.get(key)
        if fact.origin == "default" or (not fact.values and key == "jurisdiction"):
            continue
        values = (
            "、".join(map(words.value, fact.values)) if words.lang == "zh" else ", ".join(map(words.value, fact.values))
        )
        origin = words.get(f"origin_{fact.origin}", fact.origin) if fact.values else ""
        reason = joined(
            " ", tag("span", joined(origin, words["colon"] if fact.reason else "", fact.reason), cls="origin")
        )
        shown_value = joined(tag("b", values or words["unknown"]), reason if origin else "")
        pair = joined(tag("dt", words.get(f"key_{key}", key)), tag("dd", shown_value))
        facts.append(tag("div", pair, cls=None if fact.values else "unknown"))
    return tag("dl", joined(*facts), cls="context")


def file_table(report: Report, numbered: Sequence[Numbered], words: Words) -> Html:
    """Every file with its counts."""
    counts = Counter((item.file, item.finding.level.word) for item in numbered if item.is_open)
    settled = Counter(item.file for item in numbered if not item.is_open)
    names = [words["file"], *(words[f"level_{level}"] for level in LEVELS), words["settled"], words["state"]]
    head = joined(*(tag("th", name, scope="col") for name in (*names, words["format"], words["digest"])))
    rows = []
    for index, record in enumerate(report.files, 1):
        lead = tag("a", shown(record.path, words["invisible"]), href=f"#file-{index}")
        numbers = [counts[index, level] for level in LEVELS]
        cells = [
            tag(
                "th",
                lead if record.state in ("checked", "partial") else shown(record.path, words["invisible"]),
                scope="row",
            )
        ]
        cells += [
            tag("td", number or "–", cls="zero" if not number else level)
            for level, number in zip(LEVELS, numbers, strict=True)
        ]
        cells += [tag("td", settled[index] or "–", cls="zero" if not settled[index] else None)]
        cells += [tag("td", words[f"state_{record.state}"], cls=record.state), tag("td", record.format)]
        cells += [tag("td", tag("code", record.sha256[:12]), title=record.sha256 or None)]
        rows.append(tag("tr", joined(*cells)))
    table = tag("table", joined(tag("thead", tag("tr", head)), tag("tbody", joined(*rows))), cls="listing")
    inner = joined(tag("h2", words["all_files_table"]), tag("div", table, cls="scrolls", tabindex="0"))
    return tag("section", inner, id="files") if rows else Html("")


def facts(report: Report, words: Words) -> Html:
    """What is needed to repeat the run."""
    skipped = words["comma"].join(f"{words.get(name, name)} {count}" for name, count in report.skipped.items())
    pairs = [
        (words["version"], report.version),
        (words["as_of"], report.as_of),
        (words["fingerprint"], report.fingerprint),
        (words["rules"], f"{report.rules}"),
        (words["skipped"], skipped),
    ]
    listed = joined(*(joined(tag("dt", name), tag("dd", value)) for name, value in pairs if value))
    notes = joined(tag("p", joined(words["masked"], " ", words["disclaimer"]), cls="quiet"))
    return tag("section", joined(tag("h2", words["facts"]), tag("dl", listed, cls="facts"), notes), id="facts")


def _said(value: str, words: Words) -> Html:
    return shown(value, words["invisible"])
