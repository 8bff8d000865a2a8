// Whether two scripts are the same program: pairs of `[one, other]` in, one boolean each out.
// Run with --expose-internals: the parser is the one that Node brings for its own use.
import { createRequire } from "node:module";

const { parse } = createRequire(import.meta.url)("internal/deps/acorn/acorn/dist/acorn");

/** A program as a text that leaves out where in its file anything stands, and how a value is written. */
const program = (source) =>
  JSON.stringify(parse(source, { ecmaVersion: "latest", sourceType: "module" }), (name, value) => {
    if (name === "start" || name === "end" || (name === "raw" && typeof value === "string")) return undefined;
    return value instanceof RegExp || typeof value === "bigint" ? String(value) : value;
  });

let pairs = "";
for await (const chunk of process.stdin) pairs += chunk;
console.log(JSON.stringify(JSON.parse(pairs).map(([one, other]) => program(one) === program(other))));
