/** Why contributions have their tags, as the service says it when it is asked. */

import { api, get } from "./server.js";

/** Of contribution `number`: `{tags: [{question, source, confidence, says}], asks?}`. */
export function reasons(number) {
  return get(`${api}/contributions/${number}/why`);
}
