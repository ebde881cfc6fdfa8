"""Why a text is unclear, in sentences that admins read in their language."""

from __future__ import annotations

from reports.languages import msgid

NO_REGION = msgid("It speaks of an attack or a danger, but names no region that can be settled.")
NO_CAUSE = msgid("It speaks of people who were killed or hurt, but not of an incident known here.")
BESIDE_DRILL = msgid("It speaks of a drill and of an attack in one text.")
NOT_KNOWN = msgid("Something was heard or seen, but it does not say what it was.")
STRUCK_OUT = msgid("Some of its words are struck out.")
NOT_PLAIN = msgid(
    "It speaks of a danger or of a closed airport, but not plainly of what holds now."
)
