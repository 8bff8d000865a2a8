/**
 * A contribution on the page: fills the blank of templates/macros/contribution.html.
 *
 * Knows nothing of lists, scrolling or sockets. Filling again brings an element up to date; what did not
 * change is left alone, so that a selection in it survives.
 */

import { retags } from "./allowed.js";
import { address, pieces } from "./entities.js";
import { at, blank, fill, mark, part, put, show } from "./parts.js";
import { markLanguage } from "./said.js";
import { showTime } from "./when.js";
import { counted, word } from "./words.js";

const TOLD = ["chair", "moderator", "speaker", "organiser"]; // roles that are said beside a name

/** First letters of the first and the last word of a name; a number in it is no word. */
export function initials(name) {
  const letters = (name ?? "").split(/\s+/).filter((one) => /^\p{L}/u.test(one)).map((one) => [...one][0]);
  return letters.length > 1 ? letters[0] + letters.at(-1) : (letters[0] ?? "");
}

/** Who speaks in which capacity: "Speaker, seat 1". */
function capacity({ author, seat }) {
  const role = TOLD.includes(author.role) ? word(`role.${author.role}`) : "";
  if (role && seat) return word("role.seated", { role, seat });
  return seat ? word("seat", { seat }) : role;
}

/** The text's pieces as nodes; nothing of it is ever read as markup. */
export function textNodes(text, entities) {
  return pieces(text, entities).map(({ kind, shown, url, text: tag, question }) => {
    const href = kind === "link" && address(url);
    if (href) return made("a", kind, shown, { href, rel: "noopener nofollow ugc", target: "_blank" });
    if (kind === "hashtag") return made("a", kind, shown, { href: `?show=tag:${encodeURIComponent(tag)}` });
    if (kind === "marker") return made("a", kind, shown, { href: `?show=q${question}` });
    return kind === "mention" ? made("b", kind, shown, {}) : document.createTextNode(shown);
  });
}

function made(name, kind, shown, attributes) {
  const element = document.createElement(name);
  element.className = kind;
  element.textContent = shown;
  mark(element, attributes);
  return element;
}

/** Fill `element` with `contribution`. `may`: what `allowed` said; `you`: the reader's person id, if any. */
export function fillContribution(element, contribution, { may, you, frozen }) {
  const { contribution: number, author, circle, status, highlighted = false, endorsements: n } = contribution;
  const own = author.person === you;
  const posted = status === "posted";
  const who = `c${number}-who`;
  fill(element, {
    self: {
      id: `c${number}`,
      "data-contribution": number,
      "data-circle": circle,
      "data-status": status,
      "data-highlighted": highlighted,
      "data-own": own,
      "aria-labelledby": who,
    },
    who: { id: who },
    face: initials(author.name),
    name: author.name ?? word("somebody"),
    role: capacity(contribution),
    when: { href: `#c${number}` },
    highlight: highlighted,
    gone: posted ? null : whyGone(contribution),
    reply: posted && (may.post || frozen),
    endorse: posted && may.endorse && !own,
    again: status === "refused" && own && may.post,
    report: posted && may.report && !own,
    withdraw: (posted || status === "held") && own && may.withdraw,
    endorsements: n ? counted("endorsements", n) : "",
  });
  fill(element, {
    reply: { disabled: !may.post }, // what is frozen for a moment keeps its room
    endorse: { "aria-pressed": Boolean(contribution.endorsed) },
    endorsements: { "data-n": n },
  });
  showTime(part(element, "time"), contribution.at);
  fillAnswers(part(element, "answers"), contribution);
  fillText(part(element, "text"), contribution);
  fillTags(part(element, "tags"), contribution, retags(may, contribution, you));
}

/** To whom a reply answers where indentation does not tell: below the first level, what is not here, a guess. */
function fillAnswers(element, { reply_to: to, root, inferred }) {
  const told = to !== undefined && (inferred || to !== root || !at(`c${root}`));
  show(element, told);
  if (!told) return;
  const name = !inferred && at(`c${to}`)?.querySelector('[data-part="name"]').textContent;
  mark(element, { href: `#c${to}` });
  put(element, name ? word("answers", { name }) : word(inferred ? "answers.probably" : "answers.number", { number: to }));
}

function fillText(element, { text, entities, language }) {
  show(element, text);
  markLanguage(element, language);
  if (element.textContent !== (text ?? "")) element.replaceChildren(...textNodes(text ?? "", entities));
}

/** A tag leads to why it stands there; where there is none, to where a question is `chosen`. */
function fillTags(element, { contribution: number, tags }, chosen) {
  const shown = tags.length || !chosen ? tags : [{ question: "?", source: "none" }];
  const wanted = shown.map((tag) => `${tag.question}:${tag.source}`).join();
  if (element.dataset.tags === wanted) return;
  element.dataset.tags = wanted;
  element.replaceChildren(
    ...shown.map(({ question, source }) => {
      const one = blank("tag");
      mark(one, { href: `?why=${number}`, "data-source": source, title: word(`tag.${source}`) });
      put(one, `Q${question}`);
      return one;
    }),
  );
}

/** What stands in for a text, or beside it where its author and the moderators still read it. */
function whyGone({ status, reason, note, usual_wait: seconds }) {
  const more = [
    seconds && word("gone.usual_wait", { n: seconds }),
    reason && word("gone.reason", { reason: reasonName(reason) }),
    note && word("gone.note", { note }),
  ];
  return [word(`gone.${status}`), ...more].filter(Boolean).join(" ");
}

/** A reason in words; one that somebody wrote is its own. */
export function reasonName(reason) {
  const known = word(`reason.${reason}`);
  return known === `reason.${reason}` ? reason : known;
}
