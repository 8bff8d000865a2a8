"""The sentences of a transcript: headings, roles, placeholders, rules, what moderation did.

Knows no format: every sentence comes back as plain text, to be escaped by whoever writes it. People's words
stand in it as they are, in places of their own, and are never read as a pattern.
"""

from __future__ import annotations

from collections.abc import Iterator

from fishbowl.debate.refused import Sentence
from fishbowl.debate.rule_card import rule_card
from fishbowl.debate.vocabulary import Circle, Role, Status
from fishbowl.transcript.choice import EVERYTHING, Order
from fishbowl.transcript.contents import Contribution, Question, Section, Transcript, Version
from fishbowl.transcript.gathering import Act
from fishbowl.transcript.lines import numbers_of
from fishbowl.transcript.names import reason_name
from fishbowl.transcript.voice import Times, Voice

__all__ = ["Sentences"]


class Sentences:
    """One transcript's sentences in one voice."""

    def __init__(self, transcript: Transcript, voice: Voice) -> None:
        self.transcript = transcript
        self.voice = voice
        self.times = Times(transcript.timezone, transcript.begins, voice)
        self._numbers = numbers_of(transcript.contributions)
        self._roles = {person.person: person.role for person in transcript.people}

    def gettext(self, sentence: str, **values: object) -> str:
        return self.voice.gettext(sentence, **values)

    def name(self, name: str | None) -> str:
        return self.gettext("somebody") if name is None else name

    def role(self, role: Role) -> str:
        _ = self.voice.say
        return {
            Role.ORGANISER: _("Organiser"),
            Role.CHAIR: _("Chair"),
            Role.MODERATOR: _("Moderator"),
            Role.SPEAKER: _("Speaker"),
            Role.PARTICIPANT: _("Participant"),
        }[role]

    def actor(self, by: str, name: str | None) -> str:
        """Who acted: the role for everybody, with the name where this version has it."""
        _ = self.voice.say
        acted = {
            "chair": _("The chair"),
            "moderators": _("The moderators"),
            "organiser": _("The organiser"),
            "clock": _("The clock"),
        }
        if by in acted:
            return acted[by]
        role = self._roles.get(by)
        if role in (None, Role.SPEAKER) or name in (None, role.value.capitalize(), self.role(role)):
            return acted["chair"] if role is Role.CHAIR else self.name(name)
        return self.gettext("{name} ({role})", name=name, role=self.role(role))

    def placeholder(self, contribution: Contribution) -> str:
        """What stands where a text is not shown."""
        _ = self.voice.say
        if contribution.status is Status.HIDDEN:
            return _("hidden by the moderators")
        if contribution.status is Status.REFUSED:
            return _("not shown: refused by the moderators")
        if contribution.status is Status.WITHDRAWN:
            return _("withdrawn by its author")
        return _("erased")

    def act(self, act: Act) -> str:
        """What moderation did with a contribution, by whom and why; for the organiser."""
        _ = self.voice.say
        done = {
            "hidden": _("{who} hid this at {time}."),
            "refused": _("{who} refused this at {time}."),
            "restored": _("{who} showed this again at {time}."),
            "withdrawn": _("{who} withdrew this at {time}."),
            "erased": _("{who} erased this at {time}."),
        }[act.act]
        told = done.format(who=self.actor(act.by, act.name), time=self.times.hour(act.at))
        if act.reason:
            told += " " + self.gettext("Reason: {reason}.", reason=reason_name(_, act.reason))
        return told + (" " + self.gettext("Note: {note}.", note=act.note) if act.note else "")

    def heading(self, section: Section) -> str:
        if section.question is not None:
            return self.question(section.question)
        if section.author is not None:
            return f"{self.name(section.author.name)}, {self.role(section.author.role)}"
        if section.order is not Order.QUESTION:
            is_all = section.order is Order.TIME
            return self.gettext("In order of time") if is_all else self.gettext("Stage directions")
        if section.opening:
            return self.gettext("Before the first question")
        return self.gettext("Without a question")

    def question(self, question: Question) -> str:
        """Its number and its words, and that it was dropped where it was."""
        told = f"Q{question.question}. {self.voice.said(question.text)}"
        return f"{told} {self.dropped(question)}".strip()

    def dropped(self, question: Question) -> str:
        """What is said beside a question that is asked no more."""
        return self.gettext("(dropped)") if question.dropped else ""

    def version(self) -> str:
        """Which version this is, and what of it was chosen."""
        return " ".join([self.whose(), *self._chosen()])

    def whose(self) -> str:
        if self.transcript.version is Version.ORGANISER:
            return self.gettext("Organiser's version: holds what was hidden. Not to be passed on.")
        if self.transcript.version is Version.REDACTED:
            return self.gettext("Redacted version: names are replaced, personal data is masked.")
        is_all = self.transcript.choice == EVERYTHING
        return self.gettext("Public version") if is_all else self.gettext("Public version.")

    def _chosen(self) -> Iterator[str]:
        _, choice = self.voice.say, self.transcript.choice
        if choice.order is not Order.QUESTION:
            is_by_time = choice.order is Order.TIME
            yield _("Arranged in order of time.") if is_by_time else _("Arranged by speaker.")
        if not choice.leaves_out:
            return
        asked = []
        if choice.question is not None:
            asked.append(self.gettext("question {question}", question=choice.question))
        if choice.hashtag is not None:
            asked.append(f"#{choice.hashtag}")
        if choice.circle is not None:
            asked.append(_("inner circle") if choice.circle is Circle.INNER else _("outer circle"))
        if choice.person is not None:
            authors = (each.author for each in self.transcript.contributions)
            asked.append(next((each.name for each in authors if each.name), choice.person))
        yield self.gettext("Only contributions that fit this: {what}.", what=", ".join(asked))
        yield self.gettext(
            "Contributions left out: {n}, and all that happened beside them."
            " The figures are those of the whole debate.",
            n=self.transcript.left_out,
        )

    def is_in(self, contribution: int | None) -> bool:
        """Whether a contribution stands in this file."""
        return contribution in self._numbers

    def when(self) -> str:
        debate = self.transcript
        if debate.started_at is None or debate.ended_at is None:
            return self.times.day(debate.begins)
        return self.gettext(
            "{day}, until {end}", day=self.times.day(debate.started_at), end=self.times.hour(debate.ended_at)
        )

    def as_of(self) -> str:
        return self.gettext(
            "As of record {seq}, {day}. Times are those of {zone}.",
            seq=self.transcript.seq,
            day=self.times.day(self.transcript.at),
            zone=self.transcript.timezone,
        )

    def rules(self) -> Iterator[str]:
        """The rules in short."""
        for said in rule_card(self.transcript.rules):
            yield self._said(said)

    def _said(self, sentence: Sentence) -> str:
        """A sentence of the core, what stands in its places too."""
        filled = {
            name: self._said(value) if isinstance(value, Sentence) else value
            for name, value in sentence.values.items()
        }
        return self.gettext(sentence.words, **filled)

    def figures(self) -> Iterator[tuple[str, int]]:
        """What was counted, a label with each number."""
        _, figures = self.voice.say, self.transcript.figures
        yield _("Contributions"), figures.contributions
        yield _("from the inner circle"), figures.inner
        yield _("from the outer circle"), figures.outer
        yield _("Threads"), figures.threads
        yield _("Hidden by the moderators"), figures.hidden
        for reason, n in figures.hidden_for.items():
            yield self.gettext("Hidden: {reason}", reason=reason_name(_, reason)), n
        yield _("Withdrawn by their authors"), figures.withdrawn
        yield _("Erased"), figures.erased
        yield _("Endorsements"), figures.endorsements
        yield _("People who joined"), figures.people
        yield _("People who were heard"), figures.heard
