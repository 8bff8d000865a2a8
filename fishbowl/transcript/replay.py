"""A debate to be played back: one HTML file with the transcript's JSON in it and a script that plays it.

Knows no debate beside the transcript: what the script shows is what the JSON says (`json`), so a version's
replay holds what that version's JSON holds. Guarantees a file that asks nobody for anything and runs nothing
but its own script, whose digest its policy names; in the JSON, which holds all that people wrote but the
title, no sign of markup is left.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

import msgspec
from markupsafe import Markup

from fishbowl.assets import find_assets
from fishbowl.clock import to_wire
from fishbowl.transcript import json
from fishbowl.transcript.contents import Transcript
from fishbowl.transcript.html import environment, tokens
from fishbowl.transcript.sentences import Sentences
from fishbowl.transcript.voice import ENGLISH, Voice

__all__ = ["policy", "render"]


def render(transcript: Transcript, voice: Voice = ENGLISH) -> Iterator[str]:
    return environment().get_template("replay.html").generate(
        _=voice.gettext,
        voice=voice,
        language=voice.language,
        tokens=tokens(),
        debate=transcript,
        sentences=Sentences(transcript, voice),
        wire=to_wire,
        policy=policy(),
        script=_script(),
        words=_inert(msgspec.json.encode(_words(voice)).decode()),
        transcript=map(_inert, json.render(transcript, voice)),
    )  # fmt: skip


@cache
def policy() -> str:
    """What the file may do wherever it is opened: run its own script, and nothing else."""
    digest = b64encode(sha256(str(_script()).encode()).digest()).decode()
    return f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; base-uri 'none'"


@cache
def _script() -> Markup:
    """Ours, read from our own file, so safe to stand in the markup."""
    return Markup((find_assets("static") / "js" / "replay.js").read_text("utf-8"))  # noqa: S704


def _inert(written: str) -> Markup:
    """JSON in which nothing ends the element it stands in, or begins another."""
    return Markup(written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _words(voice: Voice) -> dict[str, object]:
    _ = voice.say
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "said": _("contributions: {n}"),
        "somebody": _("somebody"),
        "free": _("free"),
        "seat": _("seat {seat}"),
        "answers": _("answers {number}"),
        "withheld": _("not shown"),
        "phases": {
            "announced": _("Announced"),
            "lobby": _("Lobby"),
            "live": _("Live"),
            "paused": _("Paused"),
            "wrap_up": _("Wrap-up"),
            "correction": _("Ended"),
            "archived": _("Archived"),
        },
    }
