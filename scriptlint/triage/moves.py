"""Which file is which after a rename, as far as what was found in it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from scriptlint.model.finding import Identity

Content = Counter[tuple[str, str]]
"""How often each rule found which words (by their digest) in one file."""


def contents(counts: Iterable[tuple[Identity, int]]) -> dict[str, Content]:
    """The content of each path."""
    found: dict[str, Content] = {}
    for identity, count in counts:
        found.setdefault(identity.path, Counter())[identity.rule, identity.words] += count
    return found


def renamed(gone: Mapping[str, Content], fresh: Mapping[str, Content]) -> dict[str, str]:
    """For paths that are gone, the new path that holds at least half of what they held.

    A file that kept its name in another folder is asked first; then the most alike pair, each path once.
    """
    pairs: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for path in sorted(fresh):
        names.setdefault(_name(path), []).append(path)
    taken: set[str] = set()
    for old in sorted(gone):
        alike = [(-_overlap(gone[old], fresh[new]), new) for new in names.get(_name(old), ()) if new not in taken]
        best = min(alike, default=(0, ""))
        if _enough(gone[old], -best[0]):
            pairs[old] = best[1]
            taken.add(best[1])
    holders: dict[tuple[str, str], list[str]] = {}
    for new in sorted(fresh.keys() - taken):
        for key in fresh[new]:
            holders.setdefault(key, []).append(new)
    ranked = sorted(
        (-shared, old, new)
        for old in gone.keys() - pairs.keys()
        for new in {new for key in gone[old] for new in holders.get(key, ())}
        if _enough(gone[old], shared := _overlap(gone[old], fresh[new]))
    )
    for _, old, new in ranked:
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
    return pairs


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _overlap(old: Content, new: Content) -> int:
    return (old & new).total()


def _enough(old: Content, shared: int) -> bool:
    return shared > 0 and shared * 2 >= old.total()
