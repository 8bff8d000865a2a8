"""Who makes a debate, hands out its links, and takes its transcript home.

Knows the set-up page and the sheet of links.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from playwright.sync_api import expect

from tests.browser.person import Person


@dataclass(frozen=True)
class Links:
    """The sheet of links, as it is shown once."""

    debate: str
    wall: str
    chair: str
    organiser: str
    speakers: Mapping[str, str]


class Organiser(Person):
    """The administrator who makes a debate, or whoever holds its organiser's link."""

    def enters_as_administrator(self, link: str) -> Self:
        self.opens_link(link)
        expect(self.page.get_by_role("link", name="New debate")).to_be_visible()
        return self

    def makes(self, definition: Mapping[str, Any]) -> Links:
        """Fill in the set-up form, as somebody does who has the announcement before them."""
        self.page.get_by_role("link", name="New debate").click()
        self.fills_in(definition)
        self.page.get_by_role("button", name="Make the debate").click()
        return self.reads_the_links(definition)

    def fills_in(self, definition: Mapping[str, Any]) -> Self:
        day, time = definition["starts_at"].split("T")
        questions = enumerate((question["text"] for question in definition["questions"]), 1)
        typed = {
            "Title": definition["title"],
            "Hashtags": " ".join(f"#{tag}" for tag in definition["hashtags"]),
            "Introduction": definition["introduction"],
            "Date": day,
            "Starts at": time[:5],
            "Time zone": "UTC",
            "Kick-off questions": "\n".join(f"{number}. {text}" for number, text in questions),
            "Speakers": "\n".join(map(_line_of, definition["speakers"])),
            "Open seats": str(definition["seats"]["open"]),
        }
        for label, text in typed.items():
            self.page.get_by_label(label, exact=True).fill(text)
        self.sees_the_preview(definition)
        return self

    def sees_the_preview(self, definition: Mapping[str, Any]) -> Self:
        """What was pasted is shown as what it becomes."""
        questions = self.page.locator("#questions-list > li")
        expect(questions).to_have_count(len(definition["questions"]))
        for place, question in enumerate(definition["questions"]):
            expect(questions.nth(place)).to_contain_text(question["text"])
        for speaker in definition["speakers"]:
            expect(self.page.get_by_role("listitem").filter(has_text=speaker["name"])).to_be_visible()
        return self

    def reads_the_links(self, definition: Mapping[str, Any]) -> Links:
        expect(self.page.get_by_role("heading", name="Links", level=1)).to_be_visible()
        return Links(
            debate=self._address("Address of the debate"),
            wall=self._address("Address of the wall"),
            chair=self._address("Personal link of Chair"),
            organiser=self._address("Personal link of Organiser"),
            speakers={
                speaker["name"]: self._address(f"Personal link of {speaker['name']}")
                for speaker in definition["speakers"]
            },
        )

    def downloads_transcripts(self, whose: str) -> dict[str, bytes]:
        """One version of the transcript in every format the sheet offers: file ending -> what is in it."""
        expect(self.page.get_by_role("heading", name="Transcript")).to_be_visible()
        offered = self.page.get_by_role("list", name=whose).get_by_role("link")
        files = {}
        for link in offered.all():
            with self.page.expect_download(timeout=90_000) as download:  # some are long in the making
                link.click()
            path = download.value.path()
            files[download.value.suggested_filename.partition(".")[2]] = path.read_bytes()
        return files

    def _address(self, label: str) -> str:
        return self.page.get_by_label(label, exact=True).input_value()


def _line_of(speaker: Mapping[str, str]) -> str:
    return re.sub(", $", "", f"{speaker['name']}, {speaker.get('affiliation', '')}")
