/**
 * What is typed into a form, kept in this tab until it is sent: over a change of language, a reload by mistake.
 *
 * Knows no field. A field `was` says what the form came filled with: what was typed into another one is let go.
 */

/**
 * Keep what is typed into `form` from now on, under `key`; and fill it with what was typed before, unless it came
 * `filled` with that by the server.
 */
export function keepTyped(form, key, { filled = false, storage = sessionStorage } = {}) {
  const kept = JSON.parse(storage.getItem(key) ?? "{}");
  const fields = form.elements;
  if (!filled && (kept.was ?? "") === (fields.was?.value ?? "")) {
    for (const [name, value] of Object.entries(kept)) if (fields[name]) fields[name].value = value;
  }
  form.addEventListener("input", () => storage.setItem(key, JSON.stringify(Object.fromEntries(new FormData(form)))));
}
