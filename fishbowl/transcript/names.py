"""What the parts of a debate are called in sentences: fields that were changed, reasons that were given.

Knows no format and no sentence. Guarantees a word for each: what has none here is said as it is stored, since
a reason may be anybody's own text.
"""

from __future__ import annotations

from fishbowl.transcript.voice import Say

__all__ = ["field_name", "reason_name"]


def field_name(_: Say, field: str) -> str:
    """A field of the debate, of a question or of the rules."""
    return {
        "title": _("title"),
        "introduction": _("introduction"),
        "hashtags": _("hashtags"),
        "language": _("language"),
        "starts_at": _("start"),
        "timezone": _("time zone"),
        "minutes": _("minutes"),
        "audience": _("who may read"),
        "max_people": _("how many may join"),
        "organisation": _("organisation"),
        "help_contact": _("contact"),
        "held_words": _("words that wait for a moderator"),
        "gloss": _("explanation"),
        "posting": _("who may contribute"),
        "entry": _("who gets a free seat"),
        "exit": _("how a seat gets free"),
        "grace_seconds": _("seconds to leave"),
        "round_seconds": _("seconds of a closed round"),
        "turn_seconds": _("seconds undisturbed on a seat"),
        "away_seconds": _("seconds to come back"),
        "max_length": _("length of a contribution"),
        "slow_seconds": _("seconds between contributions"),
        "pace_per_minute": _("contributions a minute"),
        "pace_burst": _("contributions in a row"),
        "correction_hours": _("hours for corrections"),
    }.get(field, field)


def reason_name(_: Say, reason: str) -> str:
    """One of the reasons for hiding, or what somebody wrote as theirs."""
    return {
        "off_topic": _("off topic"),
        "personal_data": _("personal data"),
        "insult": _("insult"),
        "spam": _("spam"),
        "unlawful": _("unlawful"),
        "other": _("other"),
    }.get(reason, reason)
