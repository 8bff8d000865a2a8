// Folds plays in the browser's store: one JSON object per line in, `{snapshot, frames}`, the state after it out.
import { createInterface } from "node:readline";

import { Store } from "../../static/js/store.js";
import "../../static/js/carried.js";
import "../../static/js/chair/backstage.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { snapshot, frames } = JSON.parse(line);
  const store = new Store();
  store.reset(snapshot);
  for (const records of frames) store.apply(records);
  console.log(JSON.stringify(store.state));
}
