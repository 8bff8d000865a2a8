/**
 * A debate played back from its transcript's JSON, which stands in the same file. Nothing else is read or asked for.
 *
 * `track` and `sceneAt` are pure: a transcript and a time in, what is to be seen out. Below them, what draws it.
 */

/** Gaps longer than this are passed over while it plays, in milliseconds of watching. */
const LONGEST_GAP = 2500;
/** Contributions that are on the page at once. */
const SHOWN = 200;

/** The transcript with its times as numbers, in order: what the stage needs, and from when to when. */
export function track(transcript) {
  const at = (time) => (time == null ? null : Date.parse(time));
  const moves = transcript.directions.map((one) => ({ ...one, at: at(one.at) })).sort((a, b) => a.at - b.at);
  const sittings = transcript.sittings.map((one) => ({ ...one, since: at(one.since), until: at(one.until) }));
  const contributions = transcript.contributions.map((one) => ({ ...one, at: at(one.at) }));
  contributions.sort((a, b) => a.at - b.at || a.contribution - b.contribution);
  const begins = at(transcript.debate.started_at) ?? contributions[0]?.at ?? at(transcript.at);
  const ends = at(transcript.debate.ended_at) ?? contributions.at(-1)?.at ?? begins;
  const start = Math.min(begins, contributions[0]?.at ?? begins);
  const end = Math.max(ends, contributions.at(-1)?.at ?? ends, start + 1);
  const marks = [...moves.map((one) => one.at), ...contributions.map((one) => one.at)];
  for (const one of sittings) marks.push(one.since, one.until ?? end);
  return {
    start,
    end,
    moves,
    sittings,
    contributions,
    questions: transcript.questions,
    seats: seatsOf(transcript),
    marks: marks.filter((mark) => mark >= start && mark <= end).sort((a, b) => a - b),
  };
}

/** What is to be seen at a time: who sits where, what is in focus, the phase, what was announced last, how much was said. */
export function sceneAt(track, time) {
  const scene = { seats: new Map(track.seats.map((seat) => [seat, null])), focus: null, phase: null, announced: null };
  for (const one of track.sittings) {
    if (one.since <= time && (one.until === null || time < one.until)) scene.seats.set(one.seat, one);
  }
  for (const one of track.moves) {
    if (one.at > time) break;
    if (one.event === "question.focused") scene.focus = one.question ?? null;
    if (one.event === "phase.moved") scene.phase = one.phase;
    if (one.event === "announcement.made") scene.announced = one;
  }
  return { ...scene, said: countUpTo(track.contributions, time) };
}

/** The next or the previous moment at which something happens; the end or the start where there is none. */
export function neighbour(track, time, forward) {
  if (forward) return track.marks.find((mark) => mark > time) ?? track.end;
  return track.marks.findLast((mark) => mark < time) ?? track.start;
}

/** Where it is after `passed` milliseconds of watching at a speed; what lies between is passed over if it is long. */
export function later(track, time, passed, speed) {
  const next = neighbour(track, time, true);
  const wanted = time + passed * speed;
  return Math.min(track.end, next - wanted > LONGEST_GAP * speed ? next - 0.5 * LONGEST_GAP * speed : wanted);
}

/** How many of the contributions were made by then; they are in order of time. */
export function countUpTo(contributions, time) {
  let low = 0;
  let high = contributions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (contributions[middle].at <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function seatsOf(transcript) {
  const seats = transcript.sittings.map((one) => one.seat);
  for (const one of transcript.people) if (one.seat) seats.push(one.seat);
  for (const one of transcript.directions) if (one.event === "seat.opened") seats.push(one.seat);
  return [...new Set(seats)].sort((a, b) => a - b);
}

if (typeof document !== "undefined") play(JSON.parse(document.getElementById("transcript").textContent));

function play(transcript) {
  const words = JSON.parse(document.getElementById("words").textContent);
  const part = (id) => document.getElementById(id);
  const stage = track(transcript);
  const slider = part("time");
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
    timeZone: transcript.debate.timezone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const language = document.documentElement.lang;
  const said = (text) => (typeof text === "string" ? text : (text?.[language] ?? Object.values(text ?? {})[0] ?? ""));
  let time = stage.start;
  let playing = false;
  let before = 0;
  let drawn = { from: 0, to: 0 };
  const items = new Map();

  slider.max = String(stage.end - stage.start);
  part("questions").append(...stage.questions.map(questionLine));
  part("ring").append(...stage.seats.map(seatPlace));
  part("bands").append(...bands());
  go(stage.start);

  slider.addEventListener("input", () => go(stage.start + Number(slider.value)));
  part("play").addEventListener("click", toggle);
  part("next").addEventListener("click", () => go(neighbour(stage, time, true)));
  part("previous").addEventListener("click", () => go(neighbour(stage, time, false)));
  document.addEventListener("keydown", pressed);

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input:not(#time)")) return;
    const key = event.key.toLowerCase();
    const onButton = event.target.closest("button, a, summary");
    if (key === "k" || (key === " " && !onButton)) toggle();
    else if (key === "l" || (key === "arrowright" && event.target !== slider)) go(time + 10_000);
    else if (key === "j" || (key === "arrowleft" && event.target !== slider)) go(time - 10_000);
    else if (key === "n") go(neighbour(stage, time, true));
    else if (key === "p") go(neighbour(stage, time, false));
    else if (key === "+" || key === "-") part("speed").selectedIndex = faster(key === "+" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  function faster(by) {
    const speed = part("speed");
    return Math.max(0, Math.min(speed.length - 1, speed.selectedIndex + by));
  }

  function toggle() {
    playing = !playing;
    if (playing && time >= stage.end) go(stage.start);
    part("play").textContent = playing ? words.pause : words.play;
    before = performance.now();
    if (playing) requestAnimationFrame(step);
  }

  function step(now) {
    if (!playing) return;
    // A page in the background gets no pictures for a while: that is no time that was watched.
    const passed = Math.min(500, Math.max(0, now - before));
    before = now;
    go(later(stage, time, passed, Number(part("speed").value)));
    if (time >= stage.end) toggle();
    else requestAnimationFrame(step);
  }

  function go(wanted) {
    time = Math.max(stage.start, Math.min(stage.end, wanted));
    const scene = sceneAt(stage, time);
    const told = clock.format(time);
    slider.value = String(time - stage.start);
    slider.setAttribute("aria-valuetext", `${told}, ${words.said.replace("{n}", scene.said)}`);
    part("now").textContent = told;
    part("count").textContent = words.said.replace("{n}", scene.said);
    part("phase").textContent = words.phases[scene.phase] ?? "";
    part("announced").textContent = scene.announced ? said(scene.announced.text) : "";
    for (const [seat, sitting] of scene.seats) seated(part(`seat-${seat}`), sitting);
    for (const line of part("questions").children) {
      if (line.dataset.question === String(scene.focus)) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    }
    floor(scene.said);
  }

  function seated(place, sitting) {
    const name = sitting ? (sitting.name ?? words.somebody) : words.free;
    if (place.lastChild.textContent !== name) place.lastChild.textContent = name;
    place.className = sitting ? `seat ${sitting.role}` : "seat free";
  }

  /** The newest contributions up to `to`; goes on from what is there where it can. */
  function floor(to) {
    const list = part("threads");
    if (to < drawn.to || to - drawn.to > SHOWN) {
      list.replaceChildren();
      items.clear();
      drawn = { from: Math.max(0, to - SHOWN), to: Math.max(0, to - SHOWN) };
    }
    const isMore = to > drawn.to;
    for (; drawn.to < to; drawn.to += 1) append(list, stage.contributions[drawn.to]);
    while (drawn.to - drawn.from > SHOWN) {
      items.get(stage.contributions[drawn.from].contribution)?.remove();
      items.delete(stage.contributions[drawn.from].contribution);
      drawn.from += 1;
    }
    if (!isMore) return;
    for (const old of list.querySelectorAll(".newest")) old.classList.remove("newest");
    const newest = items.get(stage.contributions[to - 1].contribution);
    newest.firstChild.classList.add("newest");
    if (part("follow").checked) newest.scrollIntoView({ block: "nearest" });
  }

  function append(list, one) {
    const item = element("li");
    const article = element("article", `${one.circle} ${one.status}`);
    const who = element("p", "who", `${one.author.name ?? words.somebody} `);
    who.append(element("span", "quiet", `${one.contribution} · ${clock.format(one.at)}`));
    for (const tag of one.tags) who.append(" ", element("span", "tag", `Q${tag.question}`));
    const parent = items.get(one.reply_to);
    if (one.reply_to && !parent) who.append(" ", element("span", "quiet", words.answers.replace("{number}", one.reply_to)));
    const text = element("p", one.text == null ? "quiet" : "text", one.text ?? words.withheld);
    text.dir = "auto";
    text.lang = one.language ?? transcript.debate.language;
    article.append(who, text);
    item.append(article);
    items.set(one.contribution, item);
    if (!parent) return list.append(item);
    const depth = one.path.split(".").length;
    let replies = parent.querySelector(":scope > ol");
    if (!replies) parent.append((replies = element("ol", depth > 5 ? "flat" : "")));
    return replies.append(item);
  }

  function questionLine(question) {
    const line = element("li", "", `Q${question.question}. ${said(question.text)}`);
    line.dataset.question = question.question;
    return line;
  }

  function seatPlace(seat) {
    const place = element("li", "seat free");
    place.id = `seat-${seat}`;
    place.append(element("span", "quiet", words.seat.replace("{seat}", seat)), element("b"));
    return place;
  }

  /** Which question was in focus when, below the slider: a picture of what the list of questions says. */
  function bands() {
    const focused = stage.moves.filter((one) => one.event === "question.focused");
    return focused.flatMap((one, place) => {
      if (!one.question || one.at >= stage.end) return [];
      const until = Math.min(stage.end, focused[place + 1]?.at ?? stage.end);
      const band = element("span", "", `Q${one.question}`);
      const share = (at) => (100 * (Math.max(stage.start, at) - stage.start)) / (stage.end - stage.start);
      band.style.insetInlineStart = `${share(one.at)}%`;
      band.style.inlineSize = `${share(until) - share(one.at)}%`;
      return [band];
    });
  }
}

function element(name, classes = "", text = "") {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text) made.textContent = text;
  return made;
}
