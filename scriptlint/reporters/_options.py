"""What a reporter may be asked for beside the report."""

from __future__ import annotations

from scriptlint.model.record import dataclass
from scriptlint.model.rule import Level


@dataclass(frozen=True, slots=True)
class Options:
    """How much to show. Only the text report heeds the first four: machine formats always hold everything."""

    colour: bool = False
    statistics: bool = False
    quiet: bool = False
    """Findings and problems only; nothing at all when there are none."""
    silenced: bool = False
    """Show suppressed findings too."""
    fail_level: Level = Level.ERROR
    """For formats that know only right and wrong: from which level a finding is wrong."""


PLAIN = Options()
"""No colour and no extras."""
