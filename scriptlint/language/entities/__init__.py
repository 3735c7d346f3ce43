"""Personal data, secrets and internal addresses: what they look like, and what only looks like them."""

from scriptlint.language.entities.find import KINDS, find_entities, may_hold
from scriptlint.language.entities.line import Confidence, Entity
from scriptlint.language.entities.masks import complementary, masked_numbers

__all__ = ["KINDS", "Confidence", "Entity", "complementary", "find_entities", "masked_numbers", "may_hold"]
