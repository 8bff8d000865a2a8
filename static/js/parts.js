/**
 * The page's markup as scripts use it: blanks to clone, and the named parts in them.
 *
 * The page holds each thing once, as a macro, filled for whoever reads without scripts and blank in a
 * <template id="blank-...">. Scripts fill parts through textContent and never make markup from text.
 */

/** What the page holds once, by its id. */
export function at(id) {
  return document.getElementById(id);
}

/** A fresh copy of the page's blank `name`. */
export function blank(name) {
  return at(`blank-${name}`).content.firstElementChild.cloneNode(true);
}

/** The part `name` within `element`, marked data-part. */
export function part(element, name) {
  return element.querySelector(`[data-part="${name}"]`);
}

/** The button within `element` that does `act`, marked data-act. */
export function act(element, name) {
  return element.querySelector(`[data-act="${name}"]`);
}

/** Put `text` there, unless it is there already: a selection in it survives, and nobody hears it twice. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Put texts into the parts of `element`, each by its name: `{title, said}`. */
export function write(element, texts) {
  for (const [name, text] of Object.entries(texts)) put(part(element, name), text);
}

/** Show `element` or not. */
export function show(element, shown) {
  if (element.hidden === Boolean(shown)) element.hidden = !shown;
}

/** Show the buttons within `element` or not, each by its act: `{reply: true}`. */
export function offer(element, acts) {
  for (const [name, shown] of Object.entries(acts)) show(act(element, name), shown);
}

/** Do what the buttons within `element` are for, by their acts: `{reply(button)}`. Without us they send plain forms. */
export function take(element, acts) {
  element.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    const does = acts[button?.dataset.act];
    if (!does) return;
    event.preventDefault();
    does(button);
  });
}

/** Set an attribute, or take it away where `value` is null or undefined. */
export function mark(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? "" : value);
}

/** Make the children of `parent` those of `things`, in order; each kept by its key, made and filled by ours. */
export function keep(parent, things, { key, make, fill }) {
  const had = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = things.map((thing, place) => {
    const name = String(key(thing));
    const element = had.get(name) ?? make(thing);
    element.dataset.key = name;
    fill(element, thing, place);
    return element;
  });
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((element, place) => {
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
  });
}
