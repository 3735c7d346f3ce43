"""Personal data, secrets and internal addresses: what they look like, and what only looks like them."""

from __future__ import annotations

from collections.abc import Collection

from scriptlint.language.entities.gate import KINDS, may_hold
from scriptlint.language.entities.line import Confidence, Entity

__all__ = ["KINDS", "Confidence", "Entity", "find_entities", "may_hold"]


def find_entities(
    text: str, kinds: Collection[str] | None = None, *, before: str = "", spoken: bool = False
) -> list[Entity]:
    """Everything in a text that is personal data, a secret or internal, in order of place.

    ``kinds`` limits what is given, not what is looked for, so that a number is never taken for something that
    it is not. ``before`` is context from the turn or cell before. ``spoken`` reads digits written as words.
    """
    if not may_hold(text):
        return []
    from scriptlint.language.entities import find  # a dozen modules that most texts do not need

    return [entity for entity in find.everything(text, before, spoken) if kinds is None or entity.kind in kinds]
