"""What the service tells of itself: numbers, and nobody's name."""

import re
from pathlib import Path

from tests.web.conftest import House

OPERATING = Path(__file__).parents[2] / "docs" / "operating.md"


async def test_numbers_and_no_names(house: House) -> None:
    """The metrics count answers, connections and debates; no slug, person, address or secret is in them."""
    made = await house.live()
    client = await house.client(made["tokens"]["Ada Lind"])
    await client.get("/debates/high-street")
    await client.get("/api/v1/debates/never-was")
    answer = await (await house.client()).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    lines = answer.text.splitlines()
    assert 'fishbowl_http_answers_total{status="4xx"} 1.0' in lines
    assert "fishbowl_debates 1.0" in lines
    assert "fishbowl_connections 0.0" in lines
    for name in ("high-street", "never-was", "Ada", "192.0.2.7", *made["tokens"].values()):
        assert name not in answer.text


async def test_every_metric_is_documented(house: House) -> None:
    """What /metrics tells and what docs/operating.md explains are the same."""
    text = (await (await house.client()).get("/metrics")).text
    told = {name.removesuffix("_total") for name in re.findall(r"^# TYPE (\w+)", text, re.MULTILINE)}
    told = {name for name in told if not name.endswith("_created")}
    explained = set(re.findall(r"`(fishbowl_\w+)`", OPERATING.read_text("utf-8")))
    assert told == explained


async def test_what_the_stream_does_is_counted(house: House) -> None:
    """Batches, frames, refusals by code and connections ended by reason; what did not happen is not there."""
    made = await house.live()
    chair = await house.client(made["tokens"]["chair"])
    house.site.metrics.dropped("too_slow")
    for number, phase in enumerate(("archived", "draft", "wrap_up")):
        body = {"do": "move_to", "id": f"{number}", "phase": phase}
        await chair.post("/api/v1/debates/high-street/commands", json=body)
    await house.site.debates.all()[0].read(lambda state: None)
    lines = (await chair.get("/metrics")).text.splitlines()
    values = {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if line[0] != "#"}
    assert values["fishbowl_batch_commands_count"] >= 1
    assert values["fishbowl_batch_commands_count"] == values["fishbowl_commit_seconds_count"]
    assert values['fishbowl_refusals_total{code="phase.no_such_move"}'] == 2
    assert values['fishbowl_dropped_total{reason="too_slow"}'] == 1
    assert (values["fishbowl_waiting"], values["fishbowl_lagging"], values["fishbowl_failing"]) == (0, 0, 0)
    assert not any("revoked" in name or "overloaded" in name for name in values)


async def test_waiting_is_not_slowness(house: House) -> None:
    """A long poll's wait is not counted as slowness."""
    await house.live()
    client = await house.client()

    async def timed() -> float:
        lines = (await client.get("/metrics")).text.splitlines()
        (line,) = [line for line in lines if line.startswith("fishbowl_http_seconds_count")]
        return float(line.split()[1])

    before = await timed()
    await client.get("/api/v1/debates/high-street/records?wait=1&since=0")
    assert await timed() == before + 1, "the metrics' own answer, and no more"


async def test_ready(house: House) -> None:
    """A service whose store and loops answer is ready, and alive."""
    await house.live()
    client = await house.client()
    assert (await client.get("/readyz")).status_code == 200
    assert (await client.get("/healthz")).text == "alive\n"


async def test_not_ready(house: House) -> None:
    """A service whose store is gone is alive, and not ready."""
    client = await house.client()
    await house.site.store.close()
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "service.unavailable")
    assert (await client.get("/healthz")).status_code == 200
