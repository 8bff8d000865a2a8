"""The recipes of docs/recipes as they stand, before two nodes: TLS, the stream, and a node that ends."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.e2e.client import PATIENCE, Debate
from tests.e2e.conftest import new_debate
from tests.e2e.service import CHECKOUT, Service
from tests.e2e.spread import free_port

RECIPES = CHECKOUT / "docs/recipes"


@dataclass
class Stand:
    """A proxy at an https address, and the two nodes behind it."""

    base: str
    nodes: tuple[Service, Service]


def nginx(folder: Path, port: int, behind: list[int]) -> list[str]:
    """Its command, with the recipe's addresses and files put right."""
    recipe = (RECIPES / "nginx.conf").read_text("utf-8")
    for was, now in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("listen [::]:443 ssl;", ""),
        ("/etc/ssl/debate.example.org", str(folder / "certificate")),
        *((f"10.0.0.1{n}:8000", f"127.0.0.1:{there}") for n, there in enumerate(behind, 1)),
    ):
        assert was in recipe, was
        recipe = recipe.replace(was, now)
    (folder / "fishbowl.conf").write_text(recipe, "utf-8")
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}}\n"
        f"http {{ access_log off; {places} include {folder}/fishbowl.conf; }}\n",
        "utf-8",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]


def caddy(folder: Path, port: int, behind: list[int]) -> list[str]:
    recipe = (RECIPES / "Caddyfile").read_text("utf-8")
    certificate = f"tls {folder}/certificate.pem {folder}/certificate.key"
    for was, now in (
        ("debate.example.org {", f"https://127.0.0.1:{port} {{\n\t{certificate}"),
        *((f"10.0.0.1{n}:8000", f"127.0.0.1:{there}") for n, there in enumerate(behind, 1)),
    ):
        assert was in recipe, was
        recipe = recipe.replace(was, now)
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{recipe}", "utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "Caddy"])
def stand(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stand]:
    monkeypatch.setattr("tests.e2e.client._NO_TLS", _trusting())
    makes: Callable[[Path, int, list[int]], list[str]] = request.param
    if shutil.which(makes.__name__) is None:
        pytest.skip(f"{makes.__name__} is not installed")
    port, behind = free_port(), [free_port(), free_port()]
    _certify(tmp_path)
    base = f"https://127.0.0.1:{port}"
    settings = {
        "FISHBOWL_DATABASE": postgres,
        "FISHBOWL_PUBLIC_URL": base,
        "FISHBOWL_PER_ADDRESS": "0",
        "FISHBOWL_JOINS_PER_ADDRESS": "0",
    }
    nodes = (Service(tmp_path / "one", settings), Service(tmp_path / "other", settings))
    with (tmp_path / "proxy").open("wb") as said:
        proxy = subprocess.Popen(
            makes(tmp_path, port, behind),
            stdout=said,
            stderr=said,
            env={"HOME": str(tmp_path), "PATH": "/usr/sbin:/usr/bin:/usr/local/bin"},
        )
    try:
        _once_it_listens(port)
        for node, there in zip(nodes, behind, strict=True):
            node.start(there)
        time.sleep(2.5)  # until each knows of the other, and the proxy of both
        yield Stand(base, nodes)
    finally:
        proxy.terminate()
        proxy.wait(20)
        for node in nodes:
            node.end()
    assert [complaint for node in nodes for complaint in node.complaints()] == []


async def test_two_nodes_behind_a_proxy(stand: Stand) -> None:
    """Pages, commands and the stream by https; when a node ends, its people are with the other, gapless."""
    debate = new_debate(stand.nodes[0])
    member = debate.join()
    page = debate.page()
    assert page.status_code == 200
    assert f"{stand.base}/debates/{debate.slug}" in page.text, "the address is the one people use"
    foreign = member.request(
        "POST", "/commands", json={"do": "raise_hand", "id": "x"}, headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403

    greeted = [asyncio.Event() for _ in range(6)]
    reads = [asyncio.create_task(_read(stand, debate, each)) for each in greeted]
    for each in greeted:
        await asyncio.wait_for(each.wait(), PATIENCE)
    texts = []
    for number in range(30):
        if number == 10:
            assert await asyncio.to_thread(stand.nodes[1].stop) == 0
        texts.append(f"number {number}")
        await asyncio.to_thread(_said, member.request, {"do": "post", "id": f"{number}", "text": texts[-1]})
    for got in await asyncio.gather(*reads):
        assert got == texts


def _said(ask: Callable[..., httpx.Response], command: dict[str, str]) -> None:
    """Asked again with the same id, where the proxy had lost the node."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = ask("POST", "/commands", json=command)
        if answer.status_code == 200 and answer.json()[0]["ok"]:
            return
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.2)


async def _read(stand: Stand, debate: Debate, greeted: asyncio.Event) -> list[str]:
    """The texts that came on a stream until the thirtieth, over as many connections as it takes."""
    address = f"wss{stand.base.removeprefix('https')}{debate.api}/live"
    texts: list[str] = []
    where: dict[str, object] = {}
    async with asyncio.timeout(PATIENCE * 2):
        while len(texts) < 30:
            try:
                async with connect(address, ssl=_trusting(), proxy=None, origin=None) as live:
                    await live.send(json.dumps({"do": "hello", **where}))
                    async for frame in live:
                        for message in json.loads(frame):
                            if message["type"] == "hello":
                                assert message["resume"] != "snapshot", message
                                where["epoch"] = message["epoch"]
                                where.setdefault("seq", message["seq"])
                                greeted.set()
                            elif "seq" in message:
                                where["seq"] = message["seq"]
                                texts += [message["text"]] if "text" in message else []
                        if len(texts) == 30:
                            break
            except (OSError, WebSocketException):  # a proxy says in many ways that its node is gone
                await asyncio.sleep(0.2)
    return texts


def _trusting() -> ssl.SSLContext:
    """Whoever signed it."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    return trusting


def _once_it_listens(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, "the proxy does not listen"
        time.sleep(0.05)


def _certify(folder: Path) -> None:
    """A key and a certificate that it signs itself, as `certificate.key` and `certificate.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "certificate.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
