/**
 * What is shown to whoever only looks on, on a wall or in another site's page: the question in focus, and what was
 * said, with nothing to press.
 */

import { textNodes } from "./contribution.js";
import { at, keep, part, put } from "./parts.js";
import { markLanguage, tell } from "./said.js";
import { word } from "./words.js";

const OVER = new Set(["correction", "archived"]);

/** The question in focus, else what the debate is about; after its end, that it is over. */
export function showFocus({ debate }, focus) {
  const over = OVER.has(debate.phase);
  const heading = focus ? word("wall.question", { question: focus.question }) : "";
  put(at("focus-number"), over ? word("wall.over") : heading);
  const asked = at("focus-text");
  if (!over) return tell(asked, focus?.text ?? debate.introduction);
  put(asked, word("wall.over.text"));
  asked.removeAttribute("lang");
}

/** Fill `list` with these contributions, in their order. */
export function showSaid(list, contributions) {
  keep(list, contributions, {
    key: "contribution",
    blank: "said",
    fill({ circle, author, tags, text, entities, language }, _, row) {
      const said = part(row, "text");
      if (said.textContent !== text) said.replaceChildren(...plain(text, entities));
      markLanguage(said, language);
      return {
        self: { "data-circle": circle },
        name: author.name ?? word("somebody"),
        tags: tags.map(({ question }) => `Q${question}`).join(" "),
      };
    },
  });
}

/** A text with its hashtags marked, and nothing in it to press. */
function plain(text, entities) {
  return textNodes(text, entities).map((node) => {
    if (node.nodeName !== "A") return node;
    const shown = document.createElement("span");
    shown.className = node.className;
    shown.textContent = node.textContent;
    return shown;
  });
}
