"""Runs of one paragraph that look different, as the text a person reads and the text nobody sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scriptlint.model.document import Prominence
from scriptlint.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look."""

    text: str
    look: Prominence | None = None


def parted(runs: Sequence[Run]) -> list[Run]:
    """What is shown and what is hidden, each as one run with the size and colour of most of its characters.

    Words divided over runs are whole again. What has no text is left out.
    """
    if len(runs) == 1:
        return list(runs) if runs[0].text.strip() else []
    result: list[Run] = []
    for hidden in (False, True):
        chosen = [run for run in runs if bool(run.look and run.look.hidden) is hidden]
        text = "".join(run.text for run in chosen)
        if text.strip():
            result.append(Run(text, _most(chosen, hidden)))
    return result


def _most(runs: Sequence[Run], hidden: bool) -> Prominence | None:
    sizes: Counter[float | None] = Counter()
    colours: Counter[str | None] = Counter()
    for run in runs:
        look = run.look or Prominence()
        weight = len(run.text.strip())
        sizes[look.size_pt] += weight
        colours[look.colour] += weight
    look = Prominence(sizes.most_common(1)[0][0], hidden, colours.most_common(1)[0][0])
    return look if look != Prominence() else None
