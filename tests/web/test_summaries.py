"""Summaries on the pages and in the transcript."""

from __future__ import annotations

from tests.web.conftest import House

D = "/api/v1/debates/high-street"


async def test_where_a_summary_stands(house: House) -> None:
    """With its question in the snapshot and on the page that shows the question, and in the transcript."""
    made = await house.live()
    text = "Most want <tools> beside the books."
    for more in ({"question": 1, "text": text}, {"text": "A library, then."}):
        await house.command(made, made["tokens"]["chair"], {"do": "summarise", "id": f"s{len(more)}", **more})
    onlooker = await house.client()
    snapshot = (await onlooker.get(D)).json()
    assert [one.get("summary") for one in snapshot["questions"]][:2] == [text, None]
    assert snapshot["debate"]["summary"] == "A library, then."
    page = (await onlooker.get("/debates/high-street?show=q1")).text
    assert "Most want &lt;tools&gt; beside the books." in page
    chair = await house.client(made["tokens"]["chair"])
    transcript = (await chair.get("/debates/high-street/transcript.txt")).text
    assert "summed up question 1: Most want <tools> beside the books." in " ".join(transcript.split())
