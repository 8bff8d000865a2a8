"""Who may ask for what, and when: every command, role and phase, against a table written by hand.

The table is made from RULES ("Phases") and PROTOCOL ("Commands"), not from the code. A cell holds those who
may: p participant, s speaker, c chair, m moderator, o organiser. Whoever stands nowhere in a row may never;
whoever stands in it, but not in a cell, is told that it is not the time.
"""

from __future__ import annotations

from typing import Any

import pytest

from fishbowl.debate import commands
from fishbowl.debate.commands import WIRE, Asked, Command
from fishbowl.debate.decide import RULES, UNASKED, decide
from fishbowl.debate.events import PhaseMoved
from fishbowl.debate.evolve import evolve
from fishbowl.debate.reading import command_from
from fishbowl.debate.record import Record
from fishbowl.debate.refused import Refused
from fishbowl.debate.rights import ADMINISTRATOR, RIGHTS
from fishbowl.debate.state import State
from fishbowl.debate.vocabulary import CLOCK, Audience, Phase, Role
from tests.debate.stories import NOON, Story, begun, drafted, opened

TABLE = """
command        draft announced lobby live paused wrap_up correction archived
post           -     -         cm    pscm cm     pscm    -          -
withdraw       pscm  pscm      pscm  pscm pscm   pscm    pscm       -
check          -     -         -     -    -      -       s          -
endorse        -     -         -     pscm cm     pscm    pscm       -
leave          -     pscm      pscm  pscm pscm   pscm    pscm       -
rename         -     pscm      pscm  pscm pscm   pscm    pscm       -
anonymise      -     -         -     -    -      -       p          -
raise_hand     -     -         ps    ps   -      -       -          -
lower_hand     -     -         ps    ps   -      -       -          -
take_seat      -     -         ps    ps   -      ps      -          -
leave_seat     -     -         ps    ps   -      ps      -          -
extend_turn    -     -         ps    ps   -      ps      -          -
release        -     -         cm    cm   cm     cm      cm         -
refuse         -     -         cm    cm   cm     cm      cm         -
release_name   -     -         cm    cm   cm     cm      cm         -
refuse_name    -     -         cm    cm   cm     cm      cm         -
hide           -     -         cm    cm   cm     cm      cm         -
restore        -     -         cm    cm   cm     cm      cm         -
tag            -     -         cm    cm   cm     cm      cm         -
thread         -     -         cm    cm   cm     cm      cm         -
highlight      -     -         cm    cm   cm     cm      cm         -
carry_in       -     -         c     psc  c      psc     -          -
mute           -     -         cm    cm   cm     cm      -          -
unmute         -     -         cm    cm   cm     cm      -          -
block          -     -         cm    cm   cm     cm      cm         -
unblock        -     -         cm    cm   cm     cm      cm         -
admit          -     -         cm    cm   cm     cm      -          -
report         -     -         -     pscmo pscmo pscmo   pscmo      -
resolve_report -     cm        cm    cm   cm     cm      cm         -
erase          o     o         o     o    o      o       o          o
freeze         -     -         cm    cm   cm     cm      -          -
focus          -     -         c     c    c      c       -          -
announce       -     c         c     c    c      c       c          -
summarise      -     -         c     c    c      c       c          -
open_seat      -     -         c     c    c      c       -          -
close_seat     -     -         c     c    c      c       -          -
seat           -     -         c     c    c      c       -          -
invite         -     -         c     c    c      c       -          -
free_seat      -     -         c     c    c      c       -          -
extend         -     -         c     c    c      c       -          -
start_round    -     -         c     c    c      c       -          -
end_round      -     -         c     c    c      c       -          -
set_rules      c     c         c     c    c      c       c          -
set_door       c     c         c     c    c      c       c          -
add_question   c     c         c     c    c      c       c          -
edit_question  c     c         c     c    c      c       c          -
move_question  c     c         c     c    c      c       c          -
drop_question  c     c         c     c    c      c       c          -
move_to        co    co        co    co   co     co      co         co
invite!        o     o         o     o    o      o       o          -
replace!       o     o         o     o    o      o       o          -
change!        o     o         o     o    o      o       o          -
"""
"""`move_to` has a table of its own below: in every phase somebody may be told which moves there are."""

MOVES = """
from       draft announced lobby live paused wrap_up correction archived
draft      co    co        co    c    -      -       -          -
announced  co    co        co    c    -      -       -          -
lobby      -     co        co    c    -      -       -          -
live       -     -         c     co   c      c       -          -
paused     -     -         -     c    co     c       -          -
wrap_up    -     -         -     c    -      co      c          -
correction -     -         -     -    -      -       co         co
archived   -     -         -     -    -      -       -          co
"""
"""Who may move the debate from the row's phase to the column's. The phase it is in is no move at all."""

LETTERS = {"p": "cleo", "s": "ines", "c": "chair", "m": "mo", "o": "organiser"}

GIVEN: dict[str, dict[str, Any]] = {
    "post": {"text": "Deep enough."},
    "withdraw": {"contribution": 99},
    "check": {"contribution": 99},
    "endorse": {"contribution": 1, "on": True},
    "release": {"contribution": 1},
    "refuse": {"contribution": 1},
    "rename": {"name": "Nora Lind"},
    "release_name": {"person": "dan"},
    "refuse_name": {"person": "dan"},
    "hide": {"contribution": 1},
    "restore": {"contribution": 1},
    "tag": {"contribution": 1, "questions": [1]},
    "thread": {"contribution": 1, "reply_to": None},
    "mute": {"person": "dan", "seconds": 60},
    "unmute": {"person": "dan"},
    "block": {"person": "dan", "reason": "spam"},
    "unblock": {"person": "dan"},
    "admit": {"person": "dan", "on": True},
    "report": {"contribution": 1, "reason": "insult"},
    "resolve_report": {"report": "r1"},
    "highlight": {"contribution": 1, "on": True},
    "carry_in": {"contribution": 1},
    "erase": {"contribution": 1, "reason": "asked for"},
    "freeze": {"on": True},
    "focus": {"question": 1},
    "summarise": {"question": 1, "text": "Deep enough for most."},
    "announce": {"text": "Tea is ready."},
    "close_seat": {"seat": 3},
    "seat": {"person": "cleo"},
    "invite": {"person": "cleo"},
    "free_seat": {"seat": 3, "reason": "Others wait."},
    "extend": {"seat": 3, "seconds": 30},
    "start_round": {"people": ["cleo"]},
    "set_rules": {"turn_seconds": 100},
    "set_door": {"door": "shut"},
    "add_question": {"text": "And the gulls?"},
    "edit_question": {"question": 1, "minutes": 5},
    "move_question": {"question": 1, "to": 2},
    "drop_question": {"question": 1},
    "move_to": {"phase": "paused"},
}


def cells(table: str) -> list[tuple[str, str, str]]:
    """(row, column, letters) of every cell."""
    head, *rows = [line.split() for line in table.strip().splitlines()]
    return [(row[0], phase, cell) for row in rows for phase, cell in zip(head[1:], row[1:], strict=True)]


def in_phase(phase: str) -> Story:
    """A debate that has a contribution, people of every role, and stands in `phase`."""
    story = begun("cleo dan")
    story.admits("mo", "moderator")
    story.chair.posts("Welcome.")
    event = PhaseMoved(phase=Phase(phase), was=story.state.phase)
    evolve(story.state, Record(story.state.seq + 1, story.now, "chair", event))
    return story


def command(do: str, **fields: Any) -> Command:
    if do == "invite!":
        return commands.Admit(person="guest", role=Role.SPEAKER, name="Nora Lind")
    if do == "replace!":
        return commands.Replace(person="ines", successor="guest", name="Nora Lind")
    if do == "change!":
        return commands.Change(minutes=90)
    return command_from({"do": do, "id": "c1", **(fields or GIVEN.get(do, {}))})


def answer(state: State, by: str, asked: Command) -> str:
    """The code of the refusal, or "allowed" where right and phase let it through to its own rule."""
    decided = decide(state, Asked(by, asked, NOON + 10_000))
    code = decided.code if isinstance(decided, Refused) else "allowed"
    return code if code in ("right.missing", "phase.not_live", "phase.no_such_move") else "allowed"


STORIES = {phase: in_phase(phase) for phase in Phase}


@pytest.mark.parametrize("phase", list(Phase))
def test_the_table(phase: str) -> None:
    """Each role may give each command in the phases the table says, and is told apart why not elsewhere."""
    rows: dict[str, str] = {}
    for do, _, cell in cells(TABLE):
        rows[do] = rows.get(do, "") + cell
    wrong = []
    for do, column, cell in cells(TABLE):
        if column != phase:
            continue
        for letter, person in LETTERS.items():
            may = letter in cell
            expected = "allowed" if may else "phase.not_live" if letter in rows[do] else "right.missing"
            found = answer(STORIES[Phase(phase)].state, person, command(do))
            if do == "move_to" and may and found == "phase.no_such_move":
                found = "allowed"
            if found != expected:
                wrong.append(f"{do} by {person}: {found}, not {expected}")
    assert wrong == []


@pytest.mark.parametrize("start", list(Phase))
def test_the_moves(start: str) -> None:
    """The debate moves between phases as the table says, by the chair and by the organiser."""
    wrong = []
    for row, to, cell in cells(MOVES):
        if row != start:
            continue
        for letter in "co":
            expected = "allowed" if letter in cell else "phase.no_such_move"
            found = answer(STORIES[Phase(start)].state, LETTERS[letter], command("move_to", phase=to))
            if found != expected:
                wrong.append(f"to {to} by {LETTERS[letter]}: {found}, not {expected}")
    assert wrong == []


def test_the_table_is_whole() -> None:
    """Every command there is has its row, or is nobody's to give; no row is of a command there is not."""
    unasked = {str(kind.__struct_config__.tag) for kind in UNASKED}
    rows = {row for row, _, _ in cells(TABLE)}
    assert rows == {str(kind.__struct_config__.tag) for kind in RULES} - unasked
    assert set(WIRE) <= rows
    assert set(RIGHTS) == set(RULES) - set(UNASKED)
    assert [column for row, column, _ in cells(TABLE) if row == "post"] == [str(phase) for phase in Phase]


@pytest.mark.parametrize("do", sorted(WIRE))
@pytest.mark.parametrize("phase", list(Phase))
def test_strangers_may_nothing(phase: str, do: str) -> None:
    """Whoever has not joined, the service's administrator and the clock give none of a debate's commands; the
    administrator alone may erase.
    """
    state = STORIES[Phase(phase)].state
    strangers = ["nobody", CLOCK, "", *([] if do == "erase" else [ADMINISTRATOR])]
    for stranger in strangers:
        assert answer(state, stranger, command(do)) == "right.missing"


@pytest.mark.parametrize("do", sorted(set(WIRE) - {"leave"}))
def test_whoever_left_may_nothing(do: str) -> None:
    """A participant who left takes part no more, until they join again as somebody new."""
    story = begun("cleo dan")
    story.cleo.leaves()
    assert answer(story.state, "cleo", command(do)) == "right.missing"
    with story.refuses("right.missing", "join again"):
        story.cleo.leaves()


@pytest.mark.parametrize("do", sorted(WIRE))
def test_whoever_waits_may_nothing_but_go(do: str) -> None:
    """Somebody before the door gives no command but to leave; they report what anybody may read."""
    story = begun("cleo dan")
    story.chair.posts("Welcome.")
    story.chair.sets_door("approve")
    story.eva.joins()
    roles = RIGHTS[type(command(do))].roles
    expected = "door.waiting" if Role.PARTICIPANT in roles else "right.missing"
    decided = decide(story.state, Asked("eva", command(do), NOON + 10_000))
    found = decided.code if isinstance(decided, Refused) else "allowed"
    assert found == ("allowed" if do in ("leave", "report") else expected)


def test_the_administrator_arranges() -> None:
    """The service's administrator may issue links, change the definition and erase, as the organiser may."""
    story = drafted()
    assert answer(story.state, ADMINISTRATOR, command("invite!")) == "allowed"
    assert answer(story.state, ADMINISTRATOR, command("change!")) == "allowed"
    assert answer(STORIES[Phase.ARCHIVED].state, ADMINISTRATOR, command("change!")) == "phase.not_live"
    for phase in (Phase.LIVE, Phase.ARCHIVED):
        assert answer(STORIES[phase].state, ADMINISTRATOR, command("erase")) == "allowed"


def test_the_phase_is_named() -> None:
    """A refusal for the phase names when it can be done, and where the debate stands."""
    story = opened("cleo")
    with story.refuses("phase.not_live", "live, wrap_up", "in lobby"):
        story.cleo.posts()
    story.admits("mo", "moderator")
    story.chair.moves_to("announced")
    with story.refuses("phase.not_live", "lobby, live, paused, wrap_up", "in announced"):
        story.mo.posts()


def test_the_role_is_named() -> None:
    """A refusal for the role names it."""
    story = begun("cleo")
    with story.refuses("right.missing", "participant"):
        story.cleo.freezes()
    with story.refuses("right.missing", "joined"):
        story.nobody.posts()


# The order of the checks: form, id (the loop's), right, phase, pace, then the rest.


def test_form_before_right() -> None:
    """Somebody without the right is told first that the form is wrong."""
    story = begun()
    with story.refuses("text.empty"):
        story.nobody.posts(" ")
    with story.refuses("text.too_long"):
        story.organiser.announces("x" * 501)
    with story.refuses("bad_request"):
        story.nobody.opens_seat("reserved")
    with story.refuses("bad_request"):
        story.nobody.sets_door("code")


def test_form_before_phase() -> None:
    """A text too long is told where it is not the time to post either."""
    story = opened("cleo")
    with story.refuses("text.too_long"):
        story.cleo.posts("x" * 501)
    with story.refuses("text.empty"):
        story.cleo.posts("")


def test_right_before_phase() -> None:
    """Who may not, may not in any phase, and is told so."""
    story = opened("cleo")
    with story.refuses("right.missing"):
        story.organiser.posts()
    story.chair.moves_to("announced")
    with story.refuses("right.missing"):
        story.cleo.opens_seat()


def test_phase_before_pace() -> None:
    """Somebody too fast in the wrong phase is told of the phase."""
    story = begun("cleo", pace_burst=1)
    story.cleo.posts()
    story.chair.moves_to("paused")
    with story.refuses("phase.not_live"):
        story.cleo.posts()


def test_pace_before_the_rest() -> None:
    """Somebody too fast who answers what does not exist is told of the pace."""
    story = begun("cleo", pace_burst=1)
    with story.refuses("contribution.unknown"):
        story.cleo.posts(reply_to=7)
    story.cleo.posts()
    with story.refuses("pace.too_fast"):
        story.cleo.posts(reply_to=7)
    with story.refuses("pace.too_fast"):
        story.cleo.posts(questions=[9])


def test_the_frozen_floor_before_pace() -> None:
    """Somebody too fast on a frozen floor is told that it is frozen: waiting the pace out would not help."""
    story = begun("cleo", pace_burst=1)
    story.cleo.posts()
    story.chair.freezes()
    with story.refuses("floor.frozen"):
        story.cleo.posts()


def test_the_audience_is_no_right() -> None:
    """Who may read changes nothing about who may do what."""
    for audience in Audience:
        story = opened("cleo", {"audience": str(audience)})
        assert answer(story.state, "cleo", command("raise_hand")) == "allowed"
        assert answer(story.state, "nobody", command("raise_hand")) == "right.missing"
