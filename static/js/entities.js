/**
 * A text in pieces: plain ones, and the hashtags, mentions, links and markers the server found in it.
 *
 * Pure. Offsets count code points of the stored text, not UTF-16 units: an emoji before a hashtag shifts
 * nothing. Of two that overlap (the marker in `#q3`) the one that begins first is drawn, the longer one first.
 */

const KINDS = { hashtags: "hashtag", mentions: "mention", links: "link", markers: "marker" };

/** `[{kind: "plain"|"hashtag"|"mention"|"link"|"marker", shown, ...the entity}]`; `shown` joined is the text. */
export function pieces(text, entities) {
  const points = Array.from(text);
  const found = Object.entries(KINDS).flatMap(([field, kind]) =>
    (entities?.[field] ?? []).map((entity) => ({ ...entity, kind })),
  );
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const cut = [];
  let place = 0;
  const plain = (end) => {
    if (end > place) cut.push({ kind: "plain", shown: points.slice(place, end).join("") });
  };
  for (const entity of found) {
    if (entity.start < place || entity.end > points.length) continue;
    plain(entity.start);
    cut.push({ ...entity, shown: points.slice(entity.start, entity.end).join("") });
    place = entity.end;
  }
  plain(points.length);
  return cut;
}

/** Where a found link leads, or null where that is no web address: `javascript:` stays text. */
export function address(url) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(url) && !/^[^/:]+\.[^/:]+:\d/.test(url) ? url : `https://${url}`;
  try {
    const parsed = new URL(whole);
    return parsed.protocol === "http:" || parsed.protocol === "https:" ? parsed.href : null;
  } catch {
    return null;
  }
}
