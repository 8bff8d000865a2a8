"""`/yours`: what somebody wrote, taken back or made anonymous in the correction window, by plain forms."""

from __future__ import annotations

from typing import Any

import httpx

from fishbowl.transcript import FORMATS
from tests.transcript.office_readers import searchable
from tests.web.conftest import House
from tests.web.test_names import named
from tests.web.test_plain import ACT, PAGE, button, form_id, participant, sends, snapshot

YOURS = f"{PAGE}/yours"
NAME = "Zebedee Quill"
HANDLE = "ZebedeeQuill"


async def presses(browser: httpx.AsyncClient, do: str, **fields: str) -> httpx.Response:
    """Open the page, and press one of its buttons."""
    page = (await browser.get(YOURS)).text
    return await browser.post(ACT, data={"do": do, "id": form_id(page), **fields})


async def over(house: House) -> tuple[dict[str, Any], httpx.AsyncClient]:
    """Zebedee sat in the circle and wrote, somebody answered him by name; the debate is over."""
    made = await house.live(rules={"names": "free"})
    zebedee = await named(house, NAME)
    await sends(zebedee, "take_seat")
    await sends(zebedee, "post", text="The key is under the mat.")
    answer = {"do": "post", "id": "a", "text": f"@{HANDLE} not any more.", "reply_to": 1}
    await house.command(made, made["tokens"]["Ada Lind"], answer)
    await house.move(made, "wrap_up", "correction")
    return made, zebedee


def stored(house: House) -> list[bytes]:
    """Every file in the service's directory."""
    return [file.read_bytes() for file in house.site.settings.data.iterdir() if file.is_file()]


async def test_what_is_yours(house: House) -> None:
    """The page has one's own contributions, each with a way back to it, and nobody else's."""
    _, zebedee = await over(house)
    page = (await zebedee.get(YOURS)).text
    assert "The key is under the mat." in page
    assert "not any more" not in page
    assert f'href="{PAGE}#c1"' in page
    assert f'action="{YOURS}"' in (await zebedee.get(PAGE)).text
    assert (await zebedee.get(f"{YOURS}?why=1")).headers["location"] == f"{PAGE}?why=1"


async def test_before_the_window(house: House) -> None:
    """While the debate goes on the page says what will be possible, and offers no more than is."""
    await house.live()
    browser = await participant(house)
    await sends(browser, "post", text="Mine.")
    page = (await browser.get(YOURS)).text
    assert "there are 24 hours left" in page
    assert button(page, "withdraw", "1")
    assert 'value="anonymise"' not in page
    refused = await presses(browser, "anonymise", sure="yes")
    assert refused.status_code == 409
    assert "correction" in refused.text


async def test_taking_back(house: House) -> None:
    """In the window one's words can be taken back; then the page offers it no more."""
    _, zebedee = await over(house)
    assert button((await zebedee.get(YOURS)).text, "withdraw", "1")
    asked = await presses(zebedee, "withdraw", contribution="1")
    assert "gone for everybody" in asked.text
    await presses(zebedee, "withdraw", contribution="1", sure="yes")
    page = (await zebedee.get(YOURS)).text
    assert not button(page, "withdraw", "1")
    assert "under the mat" not in page


async def test_to_be_anonymous(house: House) -> None:
    """It is asked once, in words that say what it does and who calls them by name; then it is done."""
    _, zebedee = await over(house)
    asked = (await presses(zebedee, "anonymise")).text
    assert "This cannot be undone." in asked
    assert f'<a href="{PAGE}#c2">#2</a>' in asked
    assert (await snapshot(zebedee))["you"]["name"] == NAME
    done = await presses(zebedee, "anonymise", sure="yes")
    assert (done.status_code, done.headers["location"]) == (303, YOURS)
    page = (await zebedee.get(YOURS)).text
    assert "You are called Anonymous 1 here" in page
    assert 'value="anonymise"' not in page


async def test_whose_it_is_not(house: House) -> None:
    """Who did not come in by the door is not asked, and is refused in a sentence."""
    made, _ = await over(house)
    for token in (made["tokens"]["Ada Lind"], made["tokens"]["chair"]):
        browser = await house.browser(token)
        page = (await browser.get(YOURS)).text
        assert 'value="anonymise"' not in page
        assert (await presses(browser, "anonymise")).status_code == 403


async def test_the_name_is_nowhere(house: House) -> None:
    """Afterwards the name is in no page, record, file of any version, for people who were there and who come
    later; what others wrote of them stays. Nor is it in any file of the service's.
    """
    made, zebedee = await over(house)
    organiser = await house.client(made["tokens"]["organiser"])
    onlooker = await house.client()
    records = f"/api/v1{PAGE}/records?limit=1000"
    assert NAME in (await onlooker.get(records)).text
    assert any(NAME.encode() in file for file in stored(house))
    await presses(zebedee, "anonymise", sure="yes")
    paths = ["", "/people", "/wall", "/figures", "/replay", "/transcript", "/search?q=key"]
    paths += ["/citation?contribution=1"]
    for reader in (onlooker, organiser, await house.client(made["tokens"]["chair"])):
        for path in (*(f"{PAGE}{each}" for each in paths), records, f"/api/v1{PAGE}"):
            found = await reader.get(path)
            assert found.status_code == 200
            assert NAME not in found.text
    for version in ("public", "organiser", "redacted"):
        for ending in FORMATS:
            answer = await organiser.get(f"{PAGE}/transcript.{ending}?version={version}")
            said = searchable(ending, answer.content)
            assert NAME not in said
            assert ("Anonymous 1" in said) == (version != "redacted")
    assert f"@{HANDLE} not any more." in (await onlooker.get(f"/api/v1{PAGE}")).text
    log = await organiser.get(f"{PAGE}/moderation.csv")
    assert NAME not in log.text
    assert not any(NAME.encode() in file for file in stored(house))


async def quoted(house: House) -> tuple[dict[str, Any], httpx.AsyncClient]:
    """Ada, a speaker, said two things; the debate is over."""
    made = await house.live()
    for number, text in enumerate(("Two metres deep.", "And clean.")):
        await house.command(made, made["tokens"]["Ada Lind"], {"do": "post", "id": str(number), "text": text})
    await house.move(made, "wrap_up", "correction")
    return made, await house.browser(made["tokens"]["Ada Lind"])


async def test_a_speaker_is_asked(house: House) -> None:
    """The debate's page leads a speaker to their quotes, and each of these has both answers."""
    _, ada = await quoted(house)
    assert "please check what you are quoted with" in (await ada.get(PAGE)).text
    page = (await ada.get(YOURS)).text
    assert page.count("That is right") == 2
    assert page.count("Please correct") == 2


async def test_a_speaker_checks(house: House) -> None:
    """What is right and what is not is said by forms, and shown; the organiser reads it, and nobody else."""
    made, ada = await quoted(house)
    answer = await presses(ada, "check", contribution="1", note="Three <b>metres</b> deep.")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{YOURS}#c1")
    await presses(ada, "check", contribution="2")
    page = (await ada.get(YOURS)).text
    assert "You said that this is right." in page
    assert "Three &lt;b&gt;metres&lt;/b&gt; deep." in page
    organiser = await house.browser(made["tokens"]["organiser"])
    told = (await organiser.get(f"{PAGE}/quotes")).text
    assert "Three &lt;b&gt;metres&lt;/b&gt; deep." in told
    assert f'<dt>Right</dt><dd><a href="{PAGE}#c2">#2</a></dd>' in told
    erasing = (await organiser.get(f"{PAGE}/erase?contribution=1")).text
    assert 'value="1"' in erasing
    reader = await house.client()
    for path in (f"{PAGE}/transcript.json", f"/api/v1{PAGE}", f"/api/v1{PAGE}/records", PAGE):
        assert "Three" not in (await reader.get(path)).text


async def test_nothing_asked_is_not_right(house: House) -> None:
    """An empty note does not pass for "that is right": it is refused beside its field, which stays open."""
    _, ada = await quoted(house)
    answer = await presses(ada, "check", contribution="1", note=" ")
    assert answer.status_code == 400
    assert 'id="note-wrong" role="alert"' in answer.text
    assert "You said" not in (await ada.get(YOURS)).text
    long = await presses(ada, "check", contribution="1", note="x" * 1001)
    assert "x" * 1001 in long.text


async def test_the_transcript_says_so(house: House) -> None:
    """In every format for people the transcript says what was checked by its speaker, and only that."""
    _, ada = await quoted(house)
    await presses(ada, "check", contribution="1", note="Three metres deep.")
    await presses(ada, "check", contribution="2")
    reader = await house.client()
    for ending in ("html", "md", "txt", "docx", "pdf"):
        file = (await reader.get(f"{PAGE}/transcript.{ending}")).content
        assert searchable(ending, file).count("checked by the speaker") == 1, ending
    said = (await reader.get(f"{PAGE}/transcript.json")).json()["contributions"]
    assert [each.get("checked") for each in said] == [None, True]
