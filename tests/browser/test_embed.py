"""A debate in another site's page, in a real browser: shown where it may be, and nowhere else."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.crowded import crowded
from tests.e2e.service import Service

pytestmark = pytest.mark.browser


class Newspaper(BaseHTTPRequestHandler):
    """A site of somebody else's: its page holds a frame with the address it is asked for."""

    def do_GET(self) -> None:
        framed = parse_qs(urlsplit(self.path).query).get("framed", [""])[0]
        page = f'<!doctype html><title>News</title><iframe src="{framed}" width=900 height=600></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *said: object) -> None:
        """Nothing: a test prints nothing."""


@pytest.fixture(scope="module")
def newspaper() -> Iterator[int]:
    """The port it is printed at: as `localhost` it is another site than the service, which is 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Newspaper)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory, newspaper: int) -> Iterator[Service]:
    settings = {"FISHBOWL_EMBED_SITES": f"http://localhost:{newspaper}"}
    service = Service(tmp_path_factory.mktemp("embed") / "data", settings).start()
    yield service
    service.end()
    assert service.complaints() == []


def reads(page: Page, newspaper: str, address: str) -> list[str]:
    """Open the newspaper's page with the debate in it. Returns what the browser says is wrong."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"http://{newspaper}/?framed={address}")
    return wrong


def with_cookie(asked: list[Request]) -> list[str]:
    return [one.url for one in list(asked) if "cookie" in one.all_headers()]


def test_where_it_may_be(browser: Browser, embedded: Service, newspaper: int) -> None:
    """The named site shows the debate as it goes on; no cookie is set or sent, nobody else is asked."""
    debate, participant = crowded(embedded, "live")
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[Request] = []

        def note(request: Request) -> None:
            asked.append(request)

        page.on("requestfinished", note)
        # Somebody who takes part in this browser: the frame is not to know.
        page.goto(debate.made["links"]["speakers"][0]["link"])
        expect(page.locator(".you")).to_be_visible()
        assert with_cookie(asked) != []
        page.goto("about:blank")  # what that page still asked for has been asked
        asked.clear()
        before = context.cookies()
        address = f"{embedded.base}/debates/{debate.slug}/embed"
        wrong = reads(page, f"localhost:{newspaper}", address)
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_be_visible()
        participant.must("post", text="To be seen in the paper.")
        expect(frame.get_by_text("To be seen in the paper.")).to_be_visible()
        expect(frame.get_by_role("button")).to_have_count(0)
        expect(frame.get_by_role("textbox")).to_have_count(0)
        assert wrong == []
        assert {urlsplit(one.url).netloc for one in asked} == {f"localhost:{newspaper}", embedded.address}
        assert with_cookie(asked) == []
        assert context.cookies() == before


@pytest.mark.parametrize(("host", "page_of"), [("127.0.0.1", "/embed"), ("localhost", "")])
def test_where_it_may_not_be(
    browser: Browser, embedded: Service, newspaper: int, host: str, page_of: str
) -> None:
    """A site that is not named shows no debate, and the named one no other page of it."""
    debate, _ = crowded(embedded, "live")
    with browser.new_context() as context:
        page = context.new_page()
        address = f"{embedded.base}/debates/{debate.slug}{page_of}"
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            reads(page, f"{host}:{newspaper}", address)
        expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)
