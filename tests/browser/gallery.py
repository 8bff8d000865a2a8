"""Every page in every state, pictured to be looked at: `python -m tests.browser.gallery FOLDER [NAME ...]`.

A real service, a real browser and a debate of our own invention, at the sizes and in the schemes below. NAME:
only the views whose names begin so. FOLDER/index.html shows them side by side. Says what a page wrote to the
browser's console; judges nothing else.
"""

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from html import escape
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError
from starlette.responses import Response

from tests.browser.conftest import ARGUMENTS
from tests.browser.crowded import crowded
from tests.browser.mishaps import MISHAPS, answer_to, fulfils
from tests.browser.picture import DEFINITION, talk
from tests.e2e.client import Debate, Person
from tests.e2e.service import ADMIN_TOKEN, Service

SIZES: Final = ((390, 844), (1366, 768), (1920, 1080))
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

# A picture's patience: what a page still fetches or fades in.
_SETTLE_MS: Final = 700


class Gallery:
    """A folder of pictures."""

    def __init__(self, browser: Browser, folder: Path, only: tuple[str, ...]) -> None:
        self._browser = browser
        self._folder = folder
        self._only = only
        self._names: list[str] = []

    def hangs(
        self,
        name: str,
        *addresses: str,
        first: Callable[[Page], object] = lambda page: None,
        whole: bool = False,
        answered: Response | None = None,
    ) -> None:
        """Picture what the last of `addresses` shows to whoever came by the ones before it.

        `first`: what they do there; `whole`: the page down to its end, not only what the screen shows;
        `answered`: what the last address answers, where no service can be made to.
        """
        if self._only and not name.startswith(self._only):
            return
        context = self._browser.new_context(locale="en-GB", reduced_motion="reduce")
        page = context.new_page()
        page.on("console", lambda said: _tell(f"{name}: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: _tell(f"{name}: {error}"))
        for address in addresses:
            if answered and address == addresses[-1]:
                fulfils(page, address, answered)
            page.goto(address)
            if "#" in address and address != addresses[-1]:
                page.wait_for_url(lambda url: "#" not in url)
            page.wait_for_timeout(_SETTLE_MS)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.reload()  # as somebody sees it who opens it at this size
            page.wait_for_timeout(_SETTLE_MS)
            first(page)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.wait_for_timeout(_SETTLE_MS)
                page.screenshot(path=self._folder / f"{name}-{width}-{scheme}.png", full_page=whole)
            context.set_offline(False)
        context.close()
        self._names.append(name)

    def closes(self) -> None:
        """Write the page that shows them all."""
        (self._folder / "index.html").write_text("".join(self._page()), "utf-8")
        pictures = len(self._names) * len(SIZES) * len(SCHEMES)
        _tell(f"{len(self._names)} views, {pictures} pictures: {self._folder}")

    def _page(self) -> Iterable[str]:
        yield "<!doctype html><meta charset='utf-8'><title>Every page and state</title>"
        for name in self._names:
            yield f"<h2>{escape(name)}</h2>"
            for width, _ in SIZES:
                for scheme in SCHEMES:
                    file = f"{name}-{width}-{scheme}.png"
                    yield f"<img loading='lazy' src='{file}' width='{width // 3}' alt=''> "


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")


def _before(gallery: Gallery, service: Service) -> None:
    """Everything there is before the first debate."""
    base, enter = service.base, f"{service.base}/admin#{ADMIN_TOKEN}"
    gallery.hangs("home-empty", base)
    gallery.hangs("home-empty-administrator", enter, base)
    gallery.hangs("way-in-administrator", f"{base}/admin")
    gallery.hangs("set-up", enter, f"{base}/debates/new", whole=True)
    gallery.hangs("nowhere", f"{base}/debates/nowhere")
    gallery.hangs("archives-empty", f"{base}/archives")
    gallery.hangs("verify", f"{base}/verify")
    for what, raised in MISHAPS.items():
        answer = answer_to(raised, going_down=what == "going down")
        gallery.hangs(f"mishap-{what.replace(' ', '-')}", base, answered=answer)
    for statement in ("privacy", "imprint", "accessibility"):
        gallery.hangs(statement, f"{base}/{statement}")


def _evening(gallery: Gallery, service: Service) -> None:
    """One debate from draft to archive."""
    rules = {**DEFINITION["rules"], "away_seconds": 3600}  # nobody here is on a line of their own
    debate = Debate.create(service, {**DEFINITION, "audience": "public", "rules": rules})
    links, base = debate.made["links"], service.base
    address = f"{base}/debates/{debate.slug}"
    enter = f"{base}/admin#{ADMIN_TOKEN}"
    gallery.hangs("links", enter, f"{address}/links", whole=True)
    gallery.hangs("console-draft", links["chair"])
    debate.chair.must("move_to", phase="announced")
    gallery.hangs("announced", address, whole=True)
    gallery.hangs("join-early", f"{base}/join/{debate.slug}")
    debate.chair.must("move_to", phase="lobby")
    gallery.hangs("lobby", address)
    gallery.hangs("console-lobby", links["chair"])
    gallery.hangs("wall-lobby", f"{address}/wall")
    gallery.hangs("join", f"{base}/join/{debate.slug}")
    debate.chair.must("set_door", door="code", join_code="turtle")
    gallery.hangs("join-code", f"{base}/join/{debate.slug}")
    debate.chair.must("set_door", door="open")
    debate.chair.must("move_to", phase="live")
    guest, *audience = (debate.join() for _ in range(24))
    for one in (*debate.speakers, *audience):
        one.snapshot()
    guest.must("take_seat")
    participant = f"{base}/join/{debate.slug}#{audience[0].token}"
    author = f"{base}/join/{debate.slug}#{guest.token}"
    gallery.hangs("live-nothing-said", participant)
    talk(debate, guest, audience)
    _live(gallery, debate, guest, audience)
    for command, fields in (
        ("freeze", {"on": True}),
        ("freeze", {"on": False}),
        ("move_to", {"phase": "paused"}),
        ("move_to", {"phase": "wrap_up"}),
        ("move_to", {"phase": "correction"}),
        ("move_to", {"phase": "archived"}),
    ):
        debate.chair.must(command, **fields)
        state = fields.get("phase") or ("frozen" if fields["on"] else None)
        if state is None:
            continue
        gallery.hangs(f"{state}-participant", participant)
        gallery.hangs(f"{state}-yours", author, f"{address}/yours", whole=True)
        if state == "correction":
            speaker = debate.speakers[2]
            said = debate.chair.snapshot()["contributions"]
            one, other = (each["contribution"] for each in said if each["author"]["name"] == speaker.name)
            speaker.must("check", contribution=one)
            speaker.must(
                "check",
                contribution=other,
                note="It opens a door. It does not see who has been sitting outside.",
            )
            gallery.hangs("speakers-quotes", links["speakers"][2]["link"], f"{address}/yours", whole=True)
            gallery.hangs("organisers-quotes", links["organiser"], f"{address}/quotes", whole=True)
            gallery.hangs("anonymous", author, first=lambda page: _wants_to_be_nobody(page, address))
        gallery.hangs(f"{state}-console", links["chair"])
    gallery.hangs("transcript", f"{address}/transcript.html")
    gallery.hangs("downloads", f"{address}/transcript?order=time")
    gallery.hangs("figures", f"{address}/figures", whole=True)
    gallery.hangs("replay", f"{address}/replay")
    gallery.hangs("search", f"{address}/search?q=library")
    gallery.hangs("search-nothing", f"{address}/search?q=submarine")
    gallery.hangs("citation", f"{address}/citation", whole=True)
    gallery.hangs("archives", f"{base}/archives?q=card")
    gallery.hangs("erase", links["organiser"], f"{address}/erase", whole=True)
    gallery.hangs("home-administrator", enter, base)
    gallery.hangs("home", base)


def _live(gallery: Gallery, debate: Debate, guest: Person, audience: list[Person]) -> None:
    """The middle of the evening: a full circle, then a free seat and somebody asked."""
    links, base = debate.made["links"], debate.service.base
    address = f"{base}/debates/{debate.slug}"
    participant = f"{base}/join/{debate.slug}#{audience[0].token}"
    for one in audience[:3]:
        one.must("raise_hand")
    gallery.hangs("live-onlooker", address)
    gallery.hangs("live-participant-in-line", participant)
    gallery.hangs("live-participant-writing", participant, first=_writes)
    gallery.hangs("live-speaker-who-makes-room", links["speakers"][0]["link"])
    gallery.hangs("live-console", links["chair"])
    gallery.hangs("live-console-keys", links["chair"], first=lambda page: page.keyboard.press("?"))
    gallery.hangs("live-console-people", links["chair"], first=_sees_everybody)
    gallery.hangs("live-wall", f"{address}/wall")
    gallery.hangs("live-embed", f"{address}/embed")
    gallery.hangs("live-join-dialog", address, first=_asks_to_join)
    gallery.hangs("live-own-menu", participant, first=_opens_own_menu)
    gallery.hangs("live-why", participant, first=_asks_why)
    gallery.hangs("live-report", participant, first=_reports)
    gallery.hangs("live-report-sent", participant, first=_has_reported)
    gallery.hangs("live-people", participant, f"{address}/people")
    gallery.hangs("live-policy", f"{address}/policy", whole=True)
    gallery.hangs("live-leave", participant, f"{address}/act?do=leave")
    gallery.hangs("organiser-edit", links["organiser"], f"{address}/edit", whole=True)
    gallery.hangs("organiser-again", f"{base}/admin#{ADMIN_TOKEN}", f"{address}/again", whole=True)
    gallery.hangs("organiser-delete", links["organiser"], f"{address}/delete")
    gallery.hangs("not-for-you", participant, f"{address}/chair")
    guest.must("leave_seat")
    gallery.hangs("live-participant-offered", participant)
    gallery.hangs("live-offline", participant, first=lambda page: page.context.set_offline(True))
    debate.chair.must("seat", person=audience[0].person)  # the offer has run out
    gallery.hangs("live-participant-seated", participant)
    outsider = debate.join()
    debate.chair.must("block", person=outsider.person, reason="spam")
    gallery.hangs("blocked", f"{base}/join/{debate.slug}#{outsider.token}")


def _opens_own_menu(page: Page) -> None:
    page.locator(".menu.you summary").locator("visible=true").click()


def _wants_to_be_nobody(page: Page, address: str) -> None:
    page.goto(f"{address}/yours")
    page.get_by_role("button", name="What that does").click()


def _asks_why(page: Page) -> None:
    page.locator(".contribution .tag").last.click()


def _reports(page: Page) -> None:
    page.locator(".contribution [data-act='report']").first.click()


def _has_reported(page: Page) -> None:
    _reports(page)
    page.get_by_role("dialog").get_by_role("radio").first.check()
    page.get_by_role("dialog").get_by_role("button", name="Send the report").click()


def _asks_to_join(page: Page) -> None:
    page.locator("a[href^='/join/']").locator("visible=true").first.click()


def _writes(page: Page) -> None:
    page.locator(".contribution [data-act='reply']").last.click()
    page.get_by_role("textbox").last.fill("Q2 It costs what we say it is worth. #thinkaboutit")


def _sees_everybody(page: Page) -> None:
    with suppress(BrowserError):  # on a screen that shows one pane at a time it is in another
        page.get_by_role("button", name="See everybody").click(timeout=2000)


def _crowded(gallery: Gallery, service: Service) -> None:
    """Long words, deep threads, several scripts."""
    debate, participant = crowded(service, "live")
    gallery.hangs("crowded-participant", f"{service.base}/join/{debate.slug}#{participant.token}")
    gallery.hangs("crowded-console", debate.made["links"]["chair"])
    gallery.hangs("crowded-wall", f"{service.base}/debates/{debate.slug}/wall")


def main(folder: Path, *only: str) -> None:
    """Picture everything, or the views whose names begin with one of `only`."""
    folder.mkdir(parents=True, exist_ok=True)
    settings: dict[str, Any] = {"FISHBOWL_EMBED_SITES": "https://town.example"}
    with TemporaryDirectory() as data, sync_playwright() as playwright:
        service = Service(Path(data) / "data", settings).start()
        try:
            browser = playwright.chromium.launch(executable_path=which("chromium"), args=ARGUMENTS)
            gallery = Gallery(browser, folder, only)
            for part in (_before, _evening, _crowded):
                part(gallery, service)
            browser.close()
            gallery.closes()
        finally:
            service.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
