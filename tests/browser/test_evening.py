"""The whole evening, with a real service and everybody in a browser of their own."""

from collections.abc import Callable

import pytest

from tests.browser.chair import Chair
from tests.browser.debates import LIBRARY, Definition, neet_to_pete
from tests.browser.organiser import Organiser
from tests.browser.person import Person
from tests.browser.play import Play
from tests.browser.transcripts import assert_everything_once

pytestmark = pytest.mark.browser

# What participants and the chair say. Speakers say nothing: in one of the debates they are real people.
# Nobody says more than the pace lets them say in one breath, however fast the machine is.
HELLO = "Good evening from the open seat. #hello"
BEGINNING = "It begins with listening, and that takes an evening."
SECOND = "A2: less than most people think."
THIRD = "First things first, and that is Q3."
ANSWER = "Then let us settle that one now."
ANSWER_TO_ANSWER = "Agreed, with one condition."
CHOSEN = "This one belongs to the first two. #both"
PRIVATE = "Ring me at home on 555 0142 any time."
MISTAKEN = "This was hidden by mistake."
WHILE_AWAY = "Somebody is missing this just now."
MEANWHILE = "And this one too."
UNSENT = "Written while the line was down."
LAST = "Thank you all, that was worth it."
NOTE = "I have done this for a year and can say how it went."
ANNOUNCEMENT = "Five more minutes, then we sum up."

SAID = (
    HELLO, BEGINNING, SECOND, THIRD, ANSWER, ANSWER_TO_ANSWER, CHOSEN, PRIVATE, MISTAKEN,
    WHILE_AWAY, MEANWHILE, UNSENT, LAST,
)  # fmt: skip


@pytest.mark.parametrize("debate", [lambda: LIBRARY, neet_to_pete], ids=["library", "neet-to-pete"])
def test_an_evening_from_set_up_to_transcript(play: Play, debate: Callable[[], Definition]) -> None:
    """Everybody does what the rules give them and sees what the others did; the transcript has it all."""
    with play:
        evening = Evening(play, debate())
        evening.is_prepared()
        evening.opens_its_doors()
        evening.seats_somebody_new()
        evening.makes_room_for_the_next()
        evening.answers_one_another()
        evening.is_moderated()
        evening.moves_through_the_questions()
        evening.stands_still_and_goes_on()
        evening.survives_a_cut_line()
        evening.closes()
        evening.is_taken_home()


class Evening:
    """The scenes of one debate, in their order, and the people who play them."""

    def __init__(self, play: Play, definition: Definition) -> None:
        self.definition = definition
        self.title = definition["title"]
        self.open_seat = len(definition["speakers"]) + 1
        self.play = play
        self.organiser = play.enters("organiser", Organiser)
        self.chair = play.enters("chair", Chair)
        self.speaker, self.other_speaker = (play.enters(who, Person) for who in ("speaker", "other speaker"))
        self.cleo, self.dan, self.onlooker = (play.enters(who, Person) for who in ("cleo", "dan", "onlooker"))
        self.wall = play.enters("wall", Person)
        self.everybody_else = (
            self.speaker, self.other_speaker, self.cleo, self.dan, self.onlooker, self.wall
        )  # fmt: skip

    def is_prepared(self) -> None:
        """The administrator makes the debate; until it is announced nobody knows of it."""
        self.organiser.enters_as_administrator(self.play.administrator_link)
        self.links = self.organiser.makes(self.definition)
        self.chair.opens_link(self.links.chair).opens_the_debate(self.title).sees_phase("Draft")
        self.onlooker.expects("status of 404").opens_link(self.links.debate).does_not_see(self.title)

        self.chair.moves_to("Announced")
        self.onlooker.reloads().opens_the_debate(self.title).sees_said(self.definition["introduction"])
        names = (speaker["name"] for speaker in self.definition["speakers"])
        for person in (self.speaker, self.other_speaker):
            person.name = next(names)
            person.opens_link(self.links.speakers[person.name]).opens_the_debate(self.title)

    def opens_its_doors(self) -> None:
        """In the lobby speakers sit down by themselves; the door is open, then open to who knows the code."""
        self.chair.moves_to("Lobby")
        for person in (self.chair, self.speaker, self.onlooker):
            person.sees_seated(self.speaker.name, self.other_speaker.name)
        self.onlooker.sees_seat(3, "not here yet").sees_seat(self.open_seat, "free")
        self.cleo.opens_link(self.links.debate).joins()

        self.chair.moves_to("Live").turns_the_door_to_code("kingfisher")
        self.dan.opens_link(self.links.debate).tries_to_join("heron").joins("kingfisher")
        self.wall.opens_link(self.links.wall).opens_the_debate(self.title)
        assert self.cleo.name != self.dan.name

    def seats_somebody_new(self) -> None:
        """A hand goes up, the open seat is offered to it, and what is said there is inner."""
        self.chair.moves_to_question(1)
        self.onlooker.sees_focus(1)
        self.cleo.raises_hand(NOTE).is_offered_a_seat()
        self.onlooker.sees_hands(self.cleo.name).sees_seat(self.open_seat, "offered").does_not_see(NOTE)
        self.chair.sees_note(NOTE)
        self.cleo.takes_the_seat().posts(HELLO)
        self.onlooker.sees_hands().sees_seated(self.cleo.name).sees(HELLO).sees_tag(HELLO, 1)
        self.wall.sees_seated(self.cleo.name).sees_said(HELLO)

    def makes_room_for_the_next(self) -> None:
        """The next hand: the circle is asked, a speaker lends the seat, and comes back to it later."""
        self.dan.raises_hand()
        self.other_speaker.is_asked_to_make_room(self.dan.name)
        self.speaker.is_asked_to_make_room(self.dan.name).makes_room()
        self.onlooker.sees_seat(1, "offered")
        self.dan.takes_the_seat().posts(BEGINNING)
        self.other_speaker.is_not_asked_to_make_room()
        self.onlooker.sees_seated(self.dan.name).sees(BEGINNING)

        self.speaker.raises_hand()
        self.onlooker.sees_hands(self.speaker.name)
        self.dan.leaves_the_seat()
        self.speaker.is_offered_a_seat().takes_the_seat()
        self.onlooker.sees_seated(self.speaker.name).sees_seat(1, self.speaker.name)

    def answers_one_another(self) -> None:
        """Markers and choices become tags, replies become threads, and people endorse."""
        self.dan.posts(THIRD)
        self.cleo.posts(SECOND).replies_to(THIRD, ANSWER)
        self.dan.replies_to(ANSWER, ANSWER_TO_ANSWER)
        self.cleo.posts(CHOSEN, 1, 2)
        self.onlooker.sees_tag(SECOND, 2).sees_tag(THIRD, 3).sees_tag(CHOSEN, 1, 2)
        self.onlooker.sees(ANSWER_TO_ANSWER, path="3.1.1").sees_tag(ANSWER_TO_ANSWER, 3)
        self.speaker.endorses(THIRD)
        self.other_speaker.endorses(THIRD)
        self.onlooker.sees_endorsed(THIRD, 2)

    def is_moderated(self) -> None:
        """What the chair hides is gone from everybody's page at once; what is restored is there again."""
        self.cleo.posts(PRIVATE).posts(MISTAKEN)
        self.onlooker.sees(PRIVATE).sees(MISTAKEN)
        self.chair.hides(PRIVATE, "Personal data").hides(MISTAKEN, "Other")
        for person in self.everybody_else:
            person.does_not_see(PRIVATE).does_not_see(MISTAKEN)
        self.onlooker.sees_said("This contribution was hidden by the moderators.")
        self.chair.restores(MISTAKEN)
        self.onlooker.sees(MISTAKEN).does_not_see(PRIVATE)
        self.chair.highlights(THIRD).tags(BEGINNING, 4)
        self.onlooker.sees_tag(BEGINNING, 4).sees_highlighted(THIRD)

    def moves_through_the_questions(self) -> None:
        """Forth, back and to any: everybody's page follows."""
        self.chair.goes_on(to=2).goes_on(to=3).goes_back(to=2)
        for person in (self.onlooker, self.cleo):
            person.sees_focus(2)
        self.chair.moves_to_question(4)
        self.onlooker.sees_focus(4)
        self.wall.sees_said("Question 4").sees_said(self.definition["questions"][3]["text"])

    def stands_still_and_goes_on(self) -> None:
        """Frozen or paused, nobody can post, and what was being written is kept."""
        self.dan.begins_to_write(UNSENT)
        self.chair.freezes()
        self.onlooker.sees_phase("Frozen")
        self.dan.cannot_post().sees_said("The floor is frozen for a moment.")
        self.chair.thaws().pauses()
        self.onlooker.sees_phase("Paused")
        self.dan.cannot_post().sees_said("A break.")
        self.chair.resumes()
        self.onlooker.sees_phase("Live")
        self.dan.is_still_writing(UNSENT)

    def survives_a_cut_line(self) -> None:
        """Who lost the connection gets what was missed, in order and once; what waited is sent, once."""
        self.other_speaker.loses_connection()
        self.dan.loses_connection().sends_what_was_written().sees_waiting(UNSENT)
        self.onlooker.sees_seat(2, "reconnecting")
        self.chair.posts(WHILE_AWAY).posts(MEANWHILE)
        self.onlooker.sees(MEANWHILE).does_not_see(UNSENT)
        self.dan.does_not_see(WHILE_AWAY).does_not_see(MEANWHILE)
        self.dan.regains_connection().has_posted(UNSENT).sees(WHILE_AWAY).sees(MEANWHILE)
        self.onlooker.sees(UNSENT)
        self.other_speaker.regains_connection().sees(UNSENT).is_seated()
        self.onlooker.sees_seated(self.other_speaker.name)

    def closes(self) -> None:
        """Announced, wrapped up, ended, archived; the page says so and stays."""
        self.chair.announces(ANNOUNCEMENT)
        for person in (self.onlooker, self.dan, self.wall):
            person.sees_said(ANNOUNCEMENT)
        self.chair.moves_to("Wrap-up", answering="Wrap up")
        self.onlooker.sees_phase("Wrap-up")
        self.chair.posts(LAST)
        self.play.assert_well()
        self.chair.moves_to("End", answering="End the debate")
        self.dan.cannot_post().sees_said("The debate is over.").is_not_seated()
        self.chair.moves_to("Archive", answering="Archive it for good")
        self.onlooker.sees_phase("Archived")

    def is_taken_home(self) -> None:
        """Five formats, two versions: each contribution once, the hidden text in the organiser's only."""
        self.organiser.opens_link(self.links.organiser)
        for version, missing in (("For you", []), ("For everybody", [PRIVATE])):
            files = self.organiser.downloads_transcripts(version)
            assert_everything_once(files, [text for text in SAID if text not in missing], missing)
        self.onlooker.opens_the_transcript().does_not_see(PRIVATE)
        for person in self.everybody_else:
            person.does_not_see(PRIVATE)
