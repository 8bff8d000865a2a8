"""What a file says of itself in its front matter: how it is cited, and whether it is sealed.

Knows no format and no web. Guarantees the same words for the same records, seals and address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fishbowl.transcript.citation import cited
from fishbowl.transcript.contents import Issue
from fishbowl.transcript.seal import Seal
from fishbowl.transcript.sentences import Sentences

__all__ = ["imprint", "issue_of", "sealing"]


def issue_of(seals: Sequence[Seal], seq: int, address: str | None) -> Issue:
    """The issue of a transcript as of record `seq`: sealed where one of `seals` was made of just that.

    `address`: of the service as people know it, without a slash at the end; None where it has none.
    """
    seal = next((each for each in seals if each.seq == seq), None)
    if seal is None:
        return Issue(address)
    return Issue(address, seal.number, seal.head)


def imprint(sentences: Sentences) -> Iterator[tuple[str, str]]:
    """Labels, and what stands behind them."""
    debate = sentences.transcript
    address = debate.issue.address and f"{debate.issue.address}/debates/{debate.slug}/transcript.html"
    yield sentences.gettext("How to cite this"), cited(sentences, address)
    yield sentences.gettext("Archive"), sealing(sentences)


def sealing(sentences: Sentences) -> str:
    """Which version of the archive this is of, and the head of the chain; or that it may change."""
    debate = sentences.transcript
    if debate.issue.number is None:
        return sentences.gettext("Not sealed: it may still change.")
    return sentences.gettext(
        "{slug}, version {number}, sealed with record {seq}. Head of the chain: {head}",
        slug=debate.slug,
        number=debate.issue.number,
        seq=debate.seq,
        head=debate.issue.head,
    )
