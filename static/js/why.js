/**
 * Why a contribution has its tags, opened beneath it by a tag; its author, chair and moderators change them there.
 * Loaded with the first that is pressed.
 *
 * Keeps no reason: each is asked for when it is shown. What was changed can be taken back for ten seconds.
 */

import { allowed, retags } from "./allowed.js";
import { blank, fill, keep, mark, part, show } from "./parts.js";
import { reasons } from "./reasons.js";
import { tell } from "./said.js";
import { word } from "./words.js";

const UNDO_FOR = 10_000; // milliseconds

/** `list`: the contributions; `give(command, button)`: as debate.js has it. Returns `toggle(link)`. */
export function why({ list, store, give }) {
  const questionsOf = (number) => store.contribution(number).tags.map(({ question }) => question);
  const there = (number) => list.querySelector(`[data-contribution="${number}"]`);
  let moved = 0; // the number of what was told here to answer something else
  const opened = (article) => article.querySelector(".why");

  const tags = (article, expanded) => {
    for (const one of article.querySelectorAll(".tag")) mark(one, { "aria-expanded": expanded });
  };

  /** Bring what is open beneath `article` up to date. */
  const draw = async (article) => {
    const number = Number(article.dataset.contribution);
    const [panel, contribution] = [opened(article), store.contribution(number)];
    const now = questionsOf(number);
    tags(article, true);
    const form = part(panel, "retag");
    const may = retags(allowed(store.state), contribution, store.state.you?.person);
    show(form, may);
    show(part(panel, "rethread"), may && contribution.inferred !== undefined);
    mark(part(panel, "parent"), { value: contribution.reply_to, max: number - 1 });
    keep(part(form, "choices"), store.state.questions, {
      key: "question",
      blank: "choice",
      fill({ question, text }, _, element) {
        Object.assign(part(element, "box"), { value: question, checked: now.includes(question) });
        tell(part(element, "text"), text);
        return { number: `Q${question}` };
      },
    });
    show(part(panel, "none"), !now.length);
    const told = await reasons(number).catch(() => null); // without a line, what every tag says by itself
    const because = told?.tags ?? contribution.tags.map(({ question, source }) => ({ question, says: word(`tag.${source}`) }));
    const lines = because.map(({ question, says }) => {
      const line = blank("reason");
      fill(line, { says, all: word("why.all", { question }) });
      mark(part(line, "all"), { href: `?show=q${question}` });
      return line;
    });
    part(panel, "reasons").replaceChildren(...lines);
  };

  const close = (article) => {
    opened(article).remove();
    tags(article, null);
  };

  /** Put it under these questions, and offer the way back to those it was under. */
  const retag = async (article, questions, button, back = questionsOf(Number(article.dataset.contribution))) => {
    const reply = await give({ do: "tag", contribution: Number(article.dataset.contribution), questions }, button);
    const panel = opened(article);
    if (!reply.ok || !panel) return;
    const undo = part(panel, "undo");
    fill(panel, { done: word(back ? "why.done" : "why.undone"), undo: Boolean(back) });
    undo.onclick = () => retag(article, back, undo, null);
    clearTimeout(panel.offer);
    panel.offer = setTimeout(() => {
      if (undo === document.activeElement) part(panel, "retag").querySelector("[type=submit]").focus();
      fill(panel, { done: null, undo: false });
    }, UNDO_FOR);
  };

  /** Say what it answers. Where it stands then, it is opened again. */
  const rethread = async (article, parent, button) => {
    const number = Number(article.dataset.contribution);
    moved = number;
    const reply = await give({ do: "thread", contribution: number, reply_to: Number(parent) || null }, button);
    if (!reply.ok) moved = 0;
  };

  const open = (article, link) => {
    const panel = blank("why");
    article.querySelector('[data-part="acts"]').after(panel);
    panel.addEventListener("submit", (event) => {
      event.preventDefault();
      const { target } = event;
      if (target.dataset.part === "rethread") return rethread(article, part(target, "parent").value, event.submitter);
      const chosen = [...panel.querySelectorAll(":checked")].map(({ value }) => Number(value));
      return retag(article, chosen, event.submitter);
    });
    panel.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      close(article);
      (link.isConnected ? link : article.querySelector(".tag") ?? article).focus();
    });
    return draw(article).then(() => panel.scrollIntoView({ block: "nearest" }));
  };

  store.watch(({ records }) => {
    const changed = (records ?? []).filter(({ type }) => /\.(tagg|thread)ed$/.test(type));
    for (const { contribution, replies = [] } of changed) {
      for (const number of [contribution, ...replies]) {
        const article = there(number);
        if (article && opened(article)) draw(article);
        else if (article && number === moved) open(article, article).then(() => article.focus());
        if (number === moved) moved = 0;
      }
    }
  });

  return (link) => {
    const article = link.closest("[data-contribution]");
    return opened(article) ? close(article) : open(article, link);
  };
}
