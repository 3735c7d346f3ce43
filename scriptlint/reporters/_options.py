"""What a reporter may be asked for beside the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How much to show. Only the text report heeds these: machine formats always hold everything."""

    colour: bool = False
    statistics: bool = False
    quiet: bool = False
    """Findings and problems only; nothing at all when there are none."""
    silenced: bool = False
    """Show suppressed findings too."""


PLAIN = Options()
"""No colour and no extras."""
