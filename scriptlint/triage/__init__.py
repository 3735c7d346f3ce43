"""What becomes of a finding: each gets a status, none is dropped.

``comments`` are suppressions in the script itself, ``waivers`` approved exceptions kept in a file beside the scripts,
``baseline`` the old findings that are known, ``changed`` what an edit did not touch, ``locks`` the rules that
nothing but a waiver silences. All of it is pure: files and the day come from outside.
"""

from __future__ import annotations

from scriptlint.triage.comments import (
    FAMILY,
    LOCKED,
    MALFORMED,
    OWN_RULES,
    UNUSED,
    Names,
    decide,
    supported,
)

__all__ = ["FAMILY", "LOCKED", "MALFORMED", "OWN_RULES", "UNUSED", "Names", "decide", "supported"]
