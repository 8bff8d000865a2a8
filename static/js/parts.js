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

/** The part `name` within `element`: marked data-part, or data-act where it is a button that does `name`. */
export function part(element, name) {
  return element.querySelector(`[data-part="${name}"], [data-act="${name}"]`);
}

/** Put `text` there, unless it is there already: a selection in it survives, and nobody hears it twice. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Show `element` or not. */
export function show(element, shown) {
  if (element.hidden === Boolean(shown)) element.hidden = !shown;
}

/** Set attributes, or take away those that are null or false; but what begins with aria- says "false" as well. */
export function mark(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const aria = name.startsWith("aria-");
    const said = value === true && !aria ? "" : String(value);
    if (value === null || value === undefined || (value === false && !aria)) element.removeAttribute(name);
    else if (element.getAttribute(name) !== said) element.setAttribute(name, said);
  }
}

/**
 * Fill the parts of `element`, each by its name: a text is put there and shown, null empties and hides, an object
 * holds attributes, and anything else only shows or hides by whether it is true. `self` is `element`.
 */
export function fill(element, parts) {
  for (const [name, value] of Object.entries(parts)) {
    const one = name === "self" ? element : part(element, name);
    if (value && typeof value === "object") {
      mark(one, value);
      continue;
    }
    if (value === null || typeof value === "string") put(one, value ?? "");
    show(one, value === "" || value);
  }
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

/**
 * Make the children of `parent` those of `things`, in order: each kept by its field `key`, else made from the page's
 * `blank`, and filled with what `fill(thing, place, element)` gives.
 */
export function keep(parent, things, { key, blank: name, fill: parts }) {
  const had = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = things.map((thing, place) => {
    const element = had.get(String(thing[key])) ?? blank(name);
    element.dataset.key = thing[key];
    fill(element, parts(thing, place, element));
    return element;
  });
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((element, place) => {
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
  });
}

/** Put `item` into `list`, after the last of its children that stand `before` it: mostly at the end. */
export function insert(list, item, before) {
  let other = list.lastElementChild;
  while (other && !before(other)) other = other.previousElementSibling;
  if (other) other.after(item);
  else list.prepend(item);
}
