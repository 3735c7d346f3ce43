"""``guard-variables``: template variables that would print more than they should."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from scriptlint import yamltree
from scriptlint.language import Compiler, Match, Matcher, Passage, words_of
from scriptlint.language.placeholders import Lexicon, Placeholder, find_placeholders
from scriptlint.model.span import Span

SCHEMA = {
    "description": "Classes of variables that must not be printed in full (variables.yaml lists their names).",
    "type": "object",
    "properties": {
        "classes": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
        "near": {
            "description": "Only beside one of these expressions in the same segment.",
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "minItems": 1,
        },
        "masked": {"description": "false: not even a masked value is right.", "type": "boolean"},
    },
    "required": ["classes"],
    "additionalProperties": False,
}
_TAIL_WORDS = ("尾号", "尾号为", "后四位", "末四位", "后4位", "last four", "ending in", "ending with")


def build(params: yamltree.Node, compiler: Compiler) -> Matcher:
    """A matcher that yields every placeholder of the classes that no mask makes harmless."""
    assert isinstance(params, yamltree.Mapping)
    lexicon = _lexicon(compiler, params)
    wanted = {words.text: words.at for words in words_of(params.get("classes"))}
    for name, at in wanted.items():
        if lexicon.classes and name not in lexicon.classes:
            compiler.errors.append((at, f'unknown class of variables "{name}"; there are {", ".join(lexicon.classes)}'))
    near_node = params.get("near")
    near = compiler.patterns(words_of(near_node), rule=False)
    masked = params.get("masked")
    may_be_masked = not (isinstance(masked, yamltree.Scalar) and masked.value is False)
    known = lexicon.names()

    def find(passage: Passage) -> Iterator[Match]:
        for index, view in enumerate(passage.views):
            text = view.segment.text
            if near_node is not None and not any(view.hits(node) for node in near):
                continue
            for placeholder in view.recall(known, partial(find_placeholders, text, known)):
                found = _class_of(placeholder, text, lexicon)
                if found in wanted and not (may_be_masked and lexicon.accepts(placeholder)):
                    name = placeholder.name or text[placeholder.start : placeholder.end]
                    yield Match(index, Span(placeholder.start, placeholder.end), values={"name": name})

    return Matcher(find, signs="{$%#<[【«@(")


def _class_of(placeholder: Placeholder, text: str, lexicon: Lexicon) -> str:
    before = text[: placeholder.start].rstrip().lower()
    if before.endswith(_TAIL_WORDS):
        return ""
    if not placeholder.name:
        return lexicon.classify_words(before)
    if lexicon.is_own(placeholder.name):
        found = lexicon.classify(placeholder.name)
        return found if found in ("secret", "internal") else ""
    return lexicon.classify(placeholder.name)


def _lexicon(compiler: Compiler, params: yamltree.Mapping) -> Lexicon:
    """The variable names of the pack; a mistake when the pack has none."""
    node = compiler.data.get("variables")
    data = yamltree.plain(node) if isinstance(node, yamltree.Mapping) else None
    if not isinstance(data, dict) or not isinstance(data.get("classes"), dict):
        compiler.errors.append((params.span.start, "guard-variables needs a variables.yaml with classes in the pack"))
        return Lexicon({}, frozenset(), ())
    classes = {str(name): frozenset(_strings(names)) for name, names in data["classes"].items()}
    return Lexicon(
        classes,
        frozenset(_strings(data.get("masked_parts"))),
        tuple(_strings(data.get("masked_filters"))),
        frozenset(_strings(data.get("own_parts"))),
    )


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
