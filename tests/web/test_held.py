"""Pages of a debate in which contributions wait: the author reads what became of theirs, nobody else."""

from tests.web.conftest import House

PAGE = "/debates/high-street"
COMMANDS = "/api/v1/debates/high-street/commands"


async def test_the_author_reads_why(house: House) -> None:
    """Held: that it waits; refused: the reason in words, and the note. Others have neither."""
    made = await house.live(rules={"moderation": "hold"})
    chair = await house.client(made["tokens"]["chair"])
    joined = (await (await house.client()).post("/api/v1/debates/high-street/join")).json()
    author, onlooker = await house.client(joined["token"]), await house.client()
    await author.post(COMMANDS, json={"do": "post", "id": "p", "text": "Herons nest there."})
    page = (await author.get(PAGE)).text
    assert "Herons nest there." in page
    assert "Waits for the moderators" in page
    refuse = {"do": "refuse", "id": "r", "contribution": 1, "reason": "off_topic", "note": "Next week."}
    assert (await chair.post(COMMANDS, json=refuse)).json()[0]["ok"]
    page = (await author.get(PAGE)).text
    assert "Reason: off topic." in page
    assert "Note: Next week." in page
    for reader in (onlooker, await house.client(made["tokens"]["Ada Lind"])):
        page = (await reader.get(PAGE)).text
        assert "Herons" not in page
        assert "Next week" not in page
