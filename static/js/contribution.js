/**
 * A contribution on the page: fills the blank of templates/macros/contribution.html.
 *
 * Knows nothing of lists, scrolling or sockets. Filling again brings an element up to date; what did not
 * change is left alone, so that a selection in it survives.
 */

import { address, pieces } from "./entities.js";
import { act, blank, mark, part, put, show } from "./parts.js";
import { markLanguage } from "./said.js";
import { showTime } from "./when.js";
import { counted, word } from "./words.js";

/** First letters of the first and the last word of a name; a number in it is no word. */
export function initials(name) {
  const letters = (name ?? "").split(/\s+/).filter((one) => /^\p{L}/u.test(one)).map((one) => [...one][0]);
  return letters.length > 1 ? letters[0] + letters.at(-1) : (letters[0] ?? "");
}

/** Who speaks in which capacity: "Speaker, seat 1". */
export function capacity({ author, seat }) {
  const role = ["chair", "moderator", "speaker", "organiser"].includes(author.role) ? word(`role.${author.role}`) : "";
  if (role && seat) return word("role.seated", { role, seat });
  return seat ? word("seat", { seat }) : role;
}

/** The text's pieces as nodes; nothing of it is ever read as markup. */
export function textNodes(text, entities) {
  return pieces(text, entities).map((piece) => {
    if (piece.kind === "link") return link(piece);
    if (piece.kind === "hashtag") return filter("hashtag", `tag:${encodeURIComponent(piece.text)}`, piece.shown);
    if (piece.kind === "marker") return filter("marker", `q${piece.question}`, piece.shown);
    if (piece.kind === "mention") return named("b", "mention", piece.shown);
    return document.createTextNode(piece.shown);
  });
}

/** Fill `element` with `contribution`. `may`: what `allowed` said; `you`: the reader's person id, if any. */
export function fillContribution(element, contribution, { may, you, frozen }) {
  const number = contribution.contribution;
  element.id = `c${number}`;
  element.dataset.contribution = number;
  element.dataset.circle = contribution.circle;
  element.dataset.status = contribution.status;
  mark(element, "data-highlighted", Boolean(contribution.highlighted));
  mark(element, "data-own", contribution.author.person === you);
  mark(element, "aria-labelledby", `c${number}-who`);
  part(element, "who").id = `c${number}-who`;
  put(part(element, "face"), initials(contribution.author.name));
  put(part(element, "name"), contribution.author.name ?? word("somebody"));
  put(part(element, "role"), capacity(contribution));
  part(element, "when").href = `#c${number}`;
  showTime(part(element, "time"), contribution.at);
  show(part(element, "highlight"), contribution.highlighted);
  fillAnswers(part(element, "answers"), contribution);
  fillText(element, contribution);
  fillTags(part(element, "tags"), contribution.tags);
  fillActs(element, contribution, may, you, frozen);
}

/** To whom a reply answers where indentation does not tell: below the first level, or what is not here. */
function fillAnswers(element, { reply_to: to, root }) {
  const told = to !== undefined && (to !== root || !document.getElementById(`c${root}`));
  show(element, told);
  if (!told) return;
  element.href = `#c${to}`;
  const name = document.getElementById(`c${to}`)?.querySelector('[data-part="name"]').textContent;
  put(element, name ? word("answers", { name }) : word("answers.number", { number: to }));
}

function fillText(element, { text, entities, language, status }) {
  const body = part(element, "text");
  const gone = part(element, "gone");
  const here = text !== null && text !== undefined;
  show(body, here);
  show(gone, status !== "posted");
  put(gone, status === "posted" ? "" : word(`gone.${status}`));
  markLanguage(body, language);
  if (!here) body.replaceChildren();
  else if (body.textContent !== text) body.replaceChildren(...textNodes(text, entities));
}

function fillTags(element, tags) {
  const wanted = tags.map((tag) => `${tag.question}:${tag.source}`).join();
  if (element.dataset.tags === wanted) return;
  element.dataset.tags = wanted;
  const made = tags.map((tag) => {
    const one = blank("tag");
    one.href = `?show=q${tag.question}`;
    one.dataset.source = tag.source;
    one.title = word(`tag.${tag.source}`);
    one.textContent = `Q${tag.question}`;
    return one;
  });
  element.replaceChildren(...made);
}

function fillActs(element, contribution, may, you, frozen) {
  const posted = contribution.status === "posted";
  const own = contribution.author.person === you;
  const endorse = act(element, "endorse");
  const endorsements = part(element, "endorsements");
  show(act(element, "reply"), posted && (may.post || frozen));
  act(element, "reply").disabled = !may.post; // what is frozen for a moment keeps its room
  show(endorse, posted && may.endorse && !own);
  mark(endorse, "aria-pressed", String(Boolean(contribution.endorsed)));
  show(act(element, "withdraw"), posted && own && may.withdraw);
  put(endorsements, contribution.endorsements ? counted("endorsements", contribution.endorsements) : "");
  endorsements.dataset.n = contribution.endorsements;
}

function named(tag, className, shown) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = shown;
  return element;
}

function filter(className, name, shown) {
  const element = named("a", className, shown);
  element.href = `?show=${name}`;
  return element;
}

function link({ url, shown }) {
  const href = address(url);
  if (!href) return document.createTextNode(shown);
  const element = named("a", "link", shown);
  element.href = href;
  element.rel = "noopener nofollow ugc";
  element.target = "_blank";
  return element;
}
