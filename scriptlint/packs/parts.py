"""The parts of a pack that rules stand on: sources, vocabulary, guards, clues and glossary."""

from __future__ import annotations

from datetime import date

from scriptlint import yamltree
from scriptlint.language import Compiler, Condition, Definition, GlossaryEntry, Guard, Node, unknown, words_of
from scriptlint.language.fold import fold_words
from scriptlint.language.pattern import PatternError, parse
from scriptlint.language.ruleset import Clue
from scriptlint.language.vocabulary import concepts_in
from scriptlint.model.document import Role, Scope
from scriptlint.model.rule import Instrument, KnownClause, Text
from scriptlint.packs.files import Loader, entries, get, items, text, texts


def instruments(loader: Loader, shown: str, node: yamltree.Node | None) -> dict[str, Instrument]:
    """The instruments of a sources file."""
    result: dict[str, Instrument] = {}
    for item in items(node):
        name = text(get(item, "id"))
        if name in result:
            loader.wrong(shown, item.span.start, f'the source "{name}" is listed twice')
        result[name] = Instrument(
            id=name,
            title=text(get(item, "title")),
            number=text(get(item, "number")),
            issuer=text(get(item, "issuer")),
            in_force=_date(loader, shown, get(item, "in_force")),
            ends=_date(loader, shown, get(item, "ends")),
            status=text(get(item, "status")),
            verified=text(get(item, "verified")),
            url=text(get(item, "url")),
            note=text(get(item, "note")),
            clauses=tuple(
                KnownClause(text(get(clause, "clause")), text(get(clause, "about")), text(get(clause, "unchecked")))
                for clause in items(get(item, "clauses"))
            ),
            unchecked=text(get(item, "unchecked")),
        )
    return result


def _date(loader: Loader, shown: str, node: yamltree.Node | None) -> date | None:
    if node is None:
        return None
    try:
        return date.fromisoformat(text(node))
    except ValueError:
        loader.wrong(shown, node.span.start, f'"{text(node)}" is not a day of the calendar')
        return None


def definitions(loader: Loader, shown: str, node: yamltree.Node | None) -> list[tuple[yamltree.Scalar, Definition]]:
    """The concepts of a vocabulary file, with their keys for later messages."""
    result: list[tuple[yamltree.Scalar, Definition]] = []
    for key, value in entries(node):
        said = get(value, "say") if isinstance(value, yamltree.Mapping) else value
        ways: list[Node] = []
        for words in words_of(said):
            try:
                ways.append(parse(words.text))
            except PatternError as error:
                loader.wrong(shown, words.at + error.offset, error.message)
        harmless = tuple(fold_words(word) for word in texts(get(value, "except")))
        result.append((key, Definition(key.text, tuple(ways), harmless)))
    return result


def check_concepts(
    loader: Loader, shown: str, found: list[tuple[yamltree.Scalar, Definition]], known: set[str]
) -> None:
    """Note every use of a concept that does not exist."""
    for key, definition in found:
        for way in definition.ways:
            for name in concepts_in(way):
                if name not in known:
                    loader.wrong(shown, key.span.start, f"{key.text}: {unknown('concept', name, known)}")


def guards(node: yamltree.Node | None, compiler: Compiler) -> dict[str, Guard]:
    """The guards of a guards file."""
    result: dict[str, Guard] = {}
    for key, value in entries(node):
        title = wording(get(value, "title"))
        conditions = tuple(_condition(item, compiler) for item in items(get(value, "any")))
        default = get(value, "default")
        flag = isinstance(default, yamltree.Scalar) and default.value is True
        result[key.text] = Guard(key.text, title.zh, title.en, conditions, flag)
    return result


_PATTERN_KEYS = (
    "before", "after", "beyond", "around", "inside", "covers", "gap",
    "heading", "column", "beside", "lead", "previous", "next", "document",
)  # fmt: skip


def _condition(node: yamltree.Node, compiler: Compiler) -> Condition:
    patterns = {key: compiler.patterns(words_of(get(node, key)), rule=False) for key in _PATTERN_KEYS}
    reach = get(node, "reach")
    unless = get(node, "not")
    context = get(node, "context")
    return Condition(
        **patterns,
        within=text(get(node, "within")) or "clause",
        reach=int(text(reach)) if reach is not None else 50,
        quoted=_flag(get(node, "quoted")),
        question=_flag(get(node, "question")),
        role=tuple(Role(role) for role in texts(get(node, "role"))),
        previous_role=tuple(Role(role) for role in texts(get(node, "previous-role"))),
        starts=_flag(get(node, "starts")),
        scope=tuple(Scope(scope) for scope in texts(get(node, "scope"))),
        context={key.text: texts(value) for key, value in entries(context)} if context is not None else None,
        unless=_condition(unless, compiler) if unless is not None else None,
    )


def _flag(node: yamltree.Node | None) -> bool | None:
    return bool(node.value) if isinstance(node, yamltree.Scalar) else None


def clues(node: yamltree.Node | None, compiler: Compiler) -> tuple[Clue, ...]:
    """The clues of a context file."""
    return tuple(
        Clue(
            key=text(get(item, "key")),
            value=text(get(item, "value")),
            say=compiler.patterns(words_of(get(item, "say")), rule=False),
            heading=compiler.patterns(words_of(get(item, "heading")), rule=False),
            start=compiler.patterns(words_of(get(item, "start")), rule=False),
            unless=compiler.patterns(words_of(get(item, "unless")), rule=False),
            layout=texts(get(item, "layout")),
            weight=int(text(get(item, "weight")) or 1),
        )
        for item in items(node)
    )


def glossary(node: yamltree.Node | None) -> tuple[GlossaryEntry, ...]:
    """The entries of a glossary file."""
    return tuple(
        GlossaryEntry(
            term=text(get(item, "term")),
            forms=tuple(fold_words(form) for form in (text(get(item, "term")), *texts(get(item, "also")))),
            plain=text(get(item, "plain")),
            instead=text(get(item, "instead")),
            harmless=tuple(fold_words(word) for word in texts(get(item, "except"))),
            soft=text(get(item, "level")) == "soft",
        )
        for item in items(node)
    )


def wording(node: yamltree.Node | None) -> Text:
    """A wording in one language or two."""
    if isinstance(node, yamltree.Mapping):
        return Text(text(node.get("zh")), text(node.get("en")))
    return Text(text(node))
