"""What a text is: kind, product, audience, channel, jurisdiction, each value with its origin."""

from __future__ import annotations

from collections.abc import Mapping

from scriptlint.model.record import dataclass, field

KINDS = (
    "ad", "page", "sms", "push", "script", "chat", "notice", "video", "collection", "training", "internal",
)  # fmt: skip
PRODUCTS = (
    "deposit", "struct_deposit", "wm", "fund", "mmf", "pf", "amplan", "trust", "ins", "ins_newtype",
    "ins_health", "loan", "card", "sec", "fut", "metal", "pay", "bond_gov",
)  # fmt: skip
AUDIENCES = ("public", "retail", "elderly", "professional", "staff")
CHANNELS = ("online", "branch", "phone", "sms", "broadcast")
JURISDICTIONS = ("cn", "hk", "us", "uk", "eu", "sg")

CONTEXT_VALUES: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "product": PRODUCTS,
    "audience": AUDIENCES,
    "channel": CHANNELS,
    "jurisdiction": JURISDICTIONS,
}
"""Every context key with the values it may take."""

# A rule for all insurance also binds the special forms of it, and so on.
NARROWER: Mapping[str, tuple[str, ...]] = {
    "ins": ("ins_newtype", "ins_health"),
    "fund": ("mmf",),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One context key: its values, who said so, and on what evidence."""

    values: tuple[str, ...]
    origin: str
    """``flag``, ``front matter``, ``settings``, ``inferred``, ``default`` or ``unknown``."""
    reason: str = ""


UNKNOWN = Fact((), "unknown")


@dataclass(frozen=True, slots=True)
class Context:
    """The context of one document or section. A missing key is unknown, which is not the same as none."""

    facts: Mapping[str, Fact] = field(default_factory=dict)

    def get(self, key: str) -> Fact:
        """The fact for a key, or ``UNKNOWN``."""
        return self.facts.get(key, UNKNOWN)

    def values(self, key: str) -> tuple[str, ...]:
        """The values of a key; empty when unknown."""
        return self.get(key).values

    def with_fact(self, key: str, fact: Fact) -> Context:
        """The same context with one fact replaced."""
        return Context({**self.facts, key: fact})


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """The context of a document, and of the sections in it that are about something else."""

    document: Context
    sections: Mapping[tuple[str, ...], Context] = field(default_factory=dict)

    def of(self, section: tuple[str, ...]) -> Context:
        """The context of a section: its own, or that of the nearest section around it."""
        while section:
            if section in self.sections:
                return self.sections[section]
            section = section[:-1]
        return self.document
