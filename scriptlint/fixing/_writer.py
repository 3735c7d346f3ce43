"""What a format module gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scriptlint.model.document import Segment
from scriptlint.model.finding import Edit

Writer = Callable[[Segment, Sequence[Edit]], Sequence[Edit] | None]
"""Takes a segment and edits in it, gives them as the format writes them, or None where it cannot."""
