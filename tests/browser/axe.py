"""axe-core in a page: what it calls a violation, and what it could not decide by itself.

Knows no page of ours. axe-core comes from the npm registry, exactly as package-lock.json beside this has it;
`tests/run` installs it. Its script is handed to the page by the browser's debugger, so the page's own policy
stays as strict as it is for everybody.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

SCRIPT: Final = Path(__file__).parent / "node_modules/axe-core/axe.min.js"

# What axe leaves out unless asked: WCAG 2.2's targets, and trials of rules WCAG has.
_ASKED: Final = ("target-size", "label-content-name-mismatch", "p-as-heading", "focus-order-semantics")
# Where scripts are switched off no timer ever rings, but promises are kept: axe's short waits become such.
_WITHOUT_TIMERS: Final = """
() => {
  if (!matchMedia("(scripting: none)").matches) return;
  globalThis.setTimeout = (then, late = 0) => {
    if (late < 100) Promise.resolve().then(then);
    return 0;
  };
}
"""
_RUN: Final = """
async (rules) => {
  const asked = Object.fromEntries(rules.map((rule) => [rule, {enabled: true}]));
  const found = await axe.run(document, {
    resultTypes: ["violations", "incomplete"], elementRef: true, rules: asked,
  });
  const classes = (element) => element ? [...element.classList, ...classes(element.parentElement)] : [];
  const told = (results) => results.flatMap(({id, nodes}) => nodes.map((node) => ({
    rule: id,
    target: node.target.flat().join(" "),
    html: node.html,
    within: classes(node.element),
    why: [...node.any, ...node.all, ...node.none].map(({message}) => message).join("; "),
  })));
  return {violations: told(found.violations), incomplete: told(found.incomplete)};
}
"""


@dataclass(frozen=True)
class Finding:
    """One element of a page that a rule of axe's did not pass."""

    rule: str
    target: str
    html: str
    within: tuple[str, ...]
    """Every class of the element and of all it stands in."""
    why: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.target}: {self.why}\n    {self.html[:200]}"


@dataclass(frozen=True)
class Found:
    """What one run found: violations, and what axe could not decide and somebody has to look at."""

    violations: list[Finding]
    incomplete: list[Finding]


def run(page: Page) -> Found:
    """Run every rule on the page as it stands, also on one that may run no script."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_WITHOUT_TIMERS)
        page.evaluate(SCRIPT.read_text("utf-8"))
    found: dict[str, list[dict[str, Any]]] = page.evaluate(_RUN, list(_ASKED))
    return Found(**{kind: [_finding(**one) for one in findings] for kind, findings in found.items()})


def _finding(within: list[str], **rest: str) -> Finding:
    return Finding(within=tuple(within), **rest)
