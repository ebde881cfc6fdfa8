"""The meanings that wordings stand for: the vocabulary between the languages and the rules."""

from __future__ import annotations

from enum import StrEnum


class Sense(StrEnum):
    """What a wording means to the rules. The lexicons list the wordings under these names."""

    # What flies
    DRONE = "drone"
    FPV = "fpv"
    MISSILE = "missile"
    HIGH_SPEED = "high_speed"
    AIR_TARGET = "air_target"
    SINGLE = "single"
    """A form that names one target without a numeral."""
    IT = "it"

    # What happens
    DOWNED = "downed"
    DOWNED_ONE = "downed_one"
    """A form of "shot down" that speaks of one target."""
    ATTACK = "attack"
    HIT = "hit"
    DEBRIS = "debris"
    DEFENCE_AT_WORK = "defence_at_work"
    SHELLING = "shelling"
    EXPLOSION = "explosion"
    FIRE = "fire"
    OUTAGE = "outage"
    ACCIDENT = "accident"

    # What it did: nouns and verbs are denied in different ways
    HURT = "hurt"
    HURT_NOUN = "hurt_noun"
    WOUNDED = "wounded"
    WOUNDED_NOUN = "wounded_noun"
    KILLED = "killed"
    KILLED_NOUN = "killed_noun"
    DAMAGED = "damaged"
    DAMAGE_NOUN = "damage_noun"
    CONSEQUENCES = "consequences"
    INTACT = "intact"
    THING = "thing"
    PERSON = "person"
    PEOPLE = "people"
    ONE_PERSON = "one_person"
    """A verb form that speaks of one person."""
    COUNTED = "counted"
    """What numerals count that is neither target nor person."""
    GRASS = "grass"

    # Denial, silence, certainty
    NOT = "not"
    NO = "no"
    NOBODY = "nobody"
    SAME = "same"
    DATA = "data"
    NO_DATA = "no_data"
    REPORTED = "reported"
    """Passive: with "no" before it, none were reported, which is less than a denial."""
    CLARIFIED = "clarified"
    PRELIMINARY = "preliminary"
    EXISTS = "exists"
    SIGNIFICANT = "significant"

    # How figures relate
    TOTAL = "total"
    MORE = "more"
    SUBSET = "subset"
    EARLIER = "earlier"
    EACH = "each"
    EACH_BEFORE = "each_before"
    RESPECTIVELY = "respectively"
    INSTEAD = "instead"
    FROM = "from"
    TO = "to"

    # What a figure measures instead of counting
    MEASURE = "measure"
    NUMBERED = "numbered"
    CLOCK = "clock"
    MONTH = "month"

    # Alerts and airports
    ALERT = "alert"
    DANGER = "danger"
    """A danger of some kind: of the air, if the text speaks of that elsewhere."""
    ALERT_ON = "alert_on"
    ALERT_OFF = "alert_off"
    ALL_CLEAR = "all_clear"
    STANDS = "stands"
    """Still in force."""
    ABOVE = "above"
    """ "Over": at an end, or above a place."""
    OFF_NAMED = "off_named"
    """The end of a danger named and not stated: "until it is lifted"."""
    FALSE_ALARM = "false_alarm"
    AIRPORT = "airport"
    CLOSED = "closed"
    RESTRICTION = "restriction"
    LIFTED = "lifted"
    REOPENED = "reopened"
    OPENING_NAMED = "opening_named"
    """That airports open, named and not stated."""
    DIVERTED = "diverted"
    WENT = "went"
    """Of planes: where they went instead."""
    RECEIVED = "received"
    """Of airports: they took planes in."""

    # Whether something holds
    AWAITED = "awaited"
    TIMED = "timed"
    AS_YET = "as_yet"
    """Opening a clause it means "until", after a subject it means "so far"."""
    TO_COME = "to_come"
    SOON = "soon"
    RULE = "rule"
    """It tells what a signal means."""
    MISTAKEN = "mistaken"

    # What kind of text it is
    GREETING = "greeting"
    DRILL = "drill"
    FALSE = "false"
    EXHIBIT = "exhibit"
    CONDITION = "condition"
    COMMAND = "command"
    """Words to a machine that reads the text; they are text and nothing else."""
    RECAP = "recap"
    """A longer period in the past."""
    FRESH = "fresh"
    """Today, last night."""
    UNRELATED = "unrelated"

    # Grammar
    ARTICLE = "article"
    AND = "and"
    STOP = "stop"
    """A word that ends the search for what a numeral counts."""
    HERE = "here"
    """ "Our region": the source's home."""
    SEA = "sea"
    NOT_A_PLACE = "not_a_place"
    """Right before a place, or holding it: the place is not where it happened."""
    ABBREVIATION = "abbreviation"
    PLAIN = "plain"
    """Means nothing here; it hides a wording that would mislead."""


TARGETS = frozenset({Sense.DRONE, Sense.FPV, Sense.MISSILE, Sense.HIGH_SPEED, Sense.AIR_TARGET})
