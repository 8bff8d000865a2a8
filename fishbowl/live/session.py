"""One connection's protocol, without I/O: frames in; a hello, commands and refusals out.

Knows nothing of sockets, debates or time beyond what it is told. `receive` takes a frame and returns nothing;
`events` and `refusals` hand out, once, what it led to; `closing` says with which code it must end.

Guarantees: nothing comes out before a hello; after `closing` is set nothing comes out at all; every frame
with a readable id leads to a command or a refusal with that id, every other one to 4503.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from fishbowl.debate.commands import WireCommand
from fishbowl.debate.reading import command_from, read_json
from fishbowl.debate.refused import Refused

__all__ = ["Close", "Hello", "Session"]

FRAMES_PER_SECOND = 100
"""How many frames a connection may send a second before commands are refused (PROTOCOL, "Limits")."""


FIRST_REST_SECONDS = 0.5
MOST_REST_SECONDS = 8.0
"""How long who sends too fast is not read, the first time and at most: the ping budget must not run out."""
FORGIVEN_SECONDS = 60.0


class Close(IntEnum):
    """Why a connection ends. Below 4500: come back later; from 4501 on: do not."""

    GOING_DOWN = 4001
    TOO_SLOW = 4008
    TOO_MANY = 4013
    TRY_AGAIN = 1013
    REVOKED = 4501
    GONE = 4502
    PROTOCOL_ERROR = 4503


class Hello(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do", tag="hello"):
    """The first frame: where the client stands, and who it is."""

    epoch: Annotated[str, Meta(max_length=64)] | None = None
    seq: Annotated[int, Meta(ge=0, le=2**53)] | None = None
    token: Annotated[str, Meta(max_length=200)] | None = None


class Session:
    """`now` is monotonic time in seconds, as in `receive`."""

    def __init__(self, now: float) -> None:
        self.greeted = False
        self.closing: Close | None = None
        self.unlimited = False
        """Whether the debate lifts every rate (`pace_per_minute` 0)."""
        self._events: list[Hello | WireCommand] = []
        self._refusals: list[Refused] = []
        self._allowance = float(FRAMES_PER_SECOND)
        self._filled_at = now
        self.rest: float | None = None
        """For how many seconds nothing should be read from it from now on, if that is news; set back by
        whoever heeds it. Longer each time, so that refusing somebody who goes on costs less and less."""
        self._rest = 0.0
        self._rests_until = -FORGIVEN_SECONDS

    def receive(self, frame: str | bytes, now: float) -> None:
        """Take one text frame."""
        if self.closing is not None:
            return
        try:
            value = read_json(frame)
            if not self.greeted:
                self._greet(value)
                return
            if isinstance(value, dict) and value.get("do") == "hello":
                self.close(Close.PROTOCOL_ERROR)
                return
            is_too_fast = self._too_fast(now)  # counted first: what is malformed costs as much
            command = command_from(value)
            if is_too_fast:
                raise Refused("pace.too_fast", "Too many frames a second.", 1.0, id=command.id)
            self._events.append(command)
        except Refused as refused:
            if refused.id and self.greeted:
                self._refusals.append(refused)
            else:
                self.close(Close.PROTOCOL_ERROR)

    def receive_binary(self) -> None:
        """A binary frame came: nothing of ours is one (1003 on the wire)."""
        self.close(Close.PROTOCOL_ERROR)

    def no_hello(self) -> None:
        """The time for a hello is over."""
        if not self.greeted:
            self.close(Close.PROTOCOL_ERROR)

    def close(self, code: Close) -> None:
        """End the session; the first reason counts."""
        if self.closing is None:
            self.closing = code
            self._events.clear()
            self._refusals.clear()

    def events(self) -> list[Hello | WireCommand]:
        """What came, in order; handed out once."""
        events, self._events = self._events, []
        return events

    def refusals(self) -> list[Refused]:
        """Frames that could not be commands, with their ids; handed out once."""
        refusals, self._refusals = self._refusals, []
        return refusals

    def _greet(self, value: object) -> None:
        try:
            hello = msgspec.convert(value, Hello)
        except msgspec.ValidationError:
            self.close(Close.PROTOCOL_ERROR)
            return
        self.greeted = True
        self._events.append(hello)

    def _too_fast(self, now: float) -> bool:
        self._allowance = min(
            float(FRAMES_PER_SECOND), self._allowance + (now - self._filled_at) * FRAMES_PER_SECOND
        )
        self._filled_at = now
        if self._allowance >= 1 or self.unlimited:
            self._allowance = max(0.0, self._allowance - 1)
            return False
        if now >= self._rests_until:
            is_again = now < self._rests_until + FORGIVEN_SECONDS
            self._rest = min(2 * self._rest, MOST_REST_SECONDS) if is_again else FIRST_REST_SECONDS
            self._rests_until = now + self._rest
            self.rest = self._rest
        return True
