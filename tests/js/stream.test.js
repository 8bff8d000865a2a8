// The live connection: hello, resume, coming back, commands answered once whatever happens to the line.
import assert from "node:assert/strict";
import { test } from "node:test";

import { outbox } from "../../static/js/outbox.js";
import { Poll } from "../../static/js/poll.js";
import { comeBack } from "../../static/js/reconnect.js";
import { Store } from "../../static/js/store.js";
import { connected, LAPSE } from "../../static/js/stream.js";

const SNAPSHOT = () => ({
  epoch: "e1", seq: 7, now: "2026-01-31T12:00:00.000Z", debate: { phase: "live", frozen: false, rules: {} },
  seats: [], hands: [], questions: [], people: [], contributions: [], announcement: null, circle_full: null,
  online: 1, joined: 0, you: null,
});
const HELLO = { type: "hello", epoch: "e1", seq: 7, now: "2026-01-31T12:00:00.000Z", you: null, resume: "current", retry: { min: 1, max: 5 } };

/** What a browser keeps: shared by the tabs that are given the same one. */
function shelf() {
  const held = new Map();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => held.set(key, value),
    removeItem: (key) => held.delete(key),
    held,
  };
}

/** A line that does what the test says, a clock that stands still until told, and everything that was sent. */
function stage({ storage = shelf(), random = 0 } = {}) {
  const stage = { sockets: [], timers: [], snapshots: 0, storage, store: new Store(), states: [] };
  stage.timers = new Map();
  let id = 0;
  const timers = {
    setTimeout: (act, wait) => (stage.timers.set((id += 1), { act, wait }), id),
    clearTimeout: (which) => stage.timers.delete(which),
  };
  stage.stream = connected({
    store: stage.store,
    connect: () => {
      const socket = { sent: [], send: (frame) => socket.sent.push(JSON.parse(frame)), close: (code) => socket.onclose({ code }) };
      stage.sockets.push(socket);
      return socket;
    },
    snapshot: async () => {
      stage.snapshots += 1;
      if (stage.gone) throw { status: stage.gone };
      return SNAPSHOT();
    },
    outbox: outbox("here", () => stage.storage),
    timers,
    random: () => random,
  });
  stage.stream.watch(({ state }) => stage.states.push(state));
  stage.kept = () => JSON.parse(storage.getItem("here")) ?? [];
  stage.socket = () => stage.sockets.at(-1);
  stage.says = (...messages) => stage.socket().onmessage({ data: JSON.stringify(messages) });
  stage.fire = (wait) => {
    const [which, { act }] = [...stage.timers].find(([, timer]) => timer.wait === wait);
    stage.timers.delete(which);
    act();
  };
  stage.open = async () => {
    await stage.stream.start();
    stage.socket().onopen();
    stage.says(HELLO);
  };
  return stage;
}

const announced = (seq) => ({ type: "announcement.made", seq, at: "2026-01-31T12:00:01.000Z", by: "chair", text: `${seq}` });

test("it begins with the snapshot and says hello with its epoch and seq", async () => {
  const it = stage();
  await it.open();
  assert.deepEqual(it.socket().sent, [{ do: "hello", epoch: "e1", seq: 7 }]);
  assert.equal(it.stream.connection.state, "live");
});

test("after a lost line it resumes from the last record it has, without a new snapshot", async () => {
  const it = stage();
  await it.open();
  it.says(announced(8), announced(11));
  it.socket().onclose({ code: 1006 });
  assert.deepEqual(it.stream.connection, { state: "waiting", wait: 1000 });
  it.fire(1000);
  it.socket().onopen();
  assert.deepEqual(it.socket().sent, [{ do: "hello", epoch: "e1", seq: 11 }]);
  assert.equal(it.snapshots, 1);
});

test("a snapshot in answer to hello replaces everything, and later records follow it", async () => {
  const it = stage();
  await it.open();
  it.says({ type: "snapshot", ...SNAPSHOT(), epoch: "e2", seq: 3 }, announced(4));
  assert.equal(it.store.state.epoch, "e2");
  assert.equal(it.store.state.seq, 4);
  assert.ok(!("type" in it.store.state));
});

test("a record that comes twice is folded once", async () => {
  const it = stage();
  await it.open();
  let changes = 0;
  it.store.watch(() => (changes += 1));
  it.says(announced(8));
  it.says(announced(8));
  assert.equal(changes, 1);
});

test("a command is answered by its own reply, a refusal is an answer too", async () => {
  const it = stage();
  await it.open();
  const [one, other] = [it.stream.ask({ do: "take_seat", seat: 2 }), it.stream.ask({ do: "leave_seat" })];
  const [first, second] = it.socket().sent.slice(1).map(({ id }) => id);
  assert.match(first, /^[0-9a-f]{32}$/);
  it.says({ type: "reply", reply: second, ok: false, code: "seat.not_seated", message: "No." }, { type: "reply", reply: first, ok: true, seq: 8 });
  assert.equal((await one).ok, true);
  assert.equal((await other).code, "seat.not_seated");
});

test("what was not answered is asked again with the same id; what was is not", async () => {
  const it = stage();
  await it.open();
  it.stream.ask({ do: "lower_hand" });
  const post = it.stream.ask({ do: "post", text: "Hello" }, { lasting: true });
  const [hand, posted] = it.socket().sent.slice(1).map(({ id }) => id);
  it.says({ type: "reply", reply: hand, ok: true, seq: 8 });
  it.socket().onclose({ code: 4001 });
  it.fire(1000);
  it.socket().onopen();
  it.says(HELLO);
  assert.deepEqual(it.socket().sent.slice(1), [{ do: "post", text: "Hello", id: posted }]);
  it.says({ type: "reply", reply: posted, ok: true, seq: 9, contribution: 1 });
  assert.equal((await post).contribution, 1);
});

test("nothing is sent before the hello is answered", async () => {
  const it = stage();
  await it.stream.start();
  it.socket().onopen();
  it.stream.ask({ do: "raise_hand" });
  assert.equal(it.socket().sent.length, 1);
  it.says(HELLO);
  assert.equal(it.socket().sent.length, 2);
});

test("a post waits for the line and outlives the page; a seat is not taken a minute late", async () => {
  const it = stage();
  it.gone = 503;
  await it.stream.start();
  const seat = it.stream.ask({ do: "take_seat" });
  it.stream.ask({ do: "post", text: "Later" }, { lasting: true });
  assert.deepEqual(it.kept().map(({ command }) => command), [{ do: "post", text: "Later" }]);
  it.fire(LAPSE);
  assert.deepEqual(await seat, { reply: (await seat).reply, ok: false, code: "offline" });

  const [{ id }] = it.kept();
  const later = stage({ storage: it.storage });
  await later.open();
  assert.deepEqual(later.socket().sent.slice(1), [{ do: "post", text: "Later", id }]);
  later.says({ type: "reply", reply: id, ok: true, seq: 8, contribution: 1 });
  assert.deepEqual(later.kept(), []);
});

test("two tabs share what waits: both may send it, under one id, and neither loses what the other wrote", async () => {
  const storage = shelf();
  const [one, other] = [stage({ storage }), stage({ storage })];
  one.stream.ask({ do: "post", text: "One" }, { lasting: true });
  other.stream.ask({ do: "post", text: "Other" }, { lasting: true });
  assert.deepEqual(one.kept().map(({ command }) => command.text), ["One", "Other"]);
  await one.open();
  await other.open();
  const ids = (tab) => new Set(tab.socket().sent.slice(1).map(({ id }) => id));
  assert.equal(ids(one).size, 2);
  assert.deepEqual(ids(one), ids(other));
});

test("what another tab saw answered is not asked again", async () => {
  const storage = shelf();
  const [one, other] = [stage({ storage }), stage({ storage })];
  const post = one.stream.ask({ do: "post", text: "Once" }, { lasting: true });
  await other.open();
  const [{ id }] = other.socket().sent.slice(1);
  other.says({ type: "reply", reply: id, ok: true, seq: 8, contribution: 1 });
  await one.open();
  assert.equal(one.socket().sent.length, 1, "nothing beside the hello");
  assert.equal((await post).code, "removed");
});

test("a refused post is kept until it is forgotten, and not sent again by itself", async () => {
  const it = stage();
  await it.open();
  const post = it.stream.ask({ do: "post", text: "Too much" }, { lasting: true });
  const { id } = it.socket().sent.at(-1);
  it.says({ type: "reply", reply: id, ok: false, code: "text.too_long", message: "Too long." });
  assert.equal((await post).message, "Too long.");

  const later = stage({ storage: it.storage });
  await later.open();
  assert.equal(later.socket().sent.length, 1, "nothing beside the hello");
  const [kept] = later.stream.pending();
  assert.equal((await kept.promise).message, "Too long.");
  later.stream.forget(id);
  assert.deepEqual([later.kept(), later.stream.pending()], [[], []]);
});

test("what waited and comes faster than one may post waits for its turn; what did not wait is refused", async () => {
  const it = stage();
  it.stream.ask({ do: "post", text: "Written offline" }, { lasting: true });
  await it.open();
  const { id } = it.socket().sent.at(-1);
  it.says({ type: "reply", reply: id, ok: false, code: "pace.too_fast", message: "Slower.", retry_after: 10 });
  it.fire(10_000);
  assert.deepEqual(it.socket().sent.slice(1).map((command) => command.id), [id, id]);
  const now = it.stream.ask({ do: "post", text: "Written now" }, { lasting: true });
  const second = it.socket().sent.at(-1);
  it.says({ type: "reply", reply: second.id, ok: false, code: "pace.too_fast", message: "Slower.", retry_after: 10 });
  assert.equal((await now).code, "pace.too_fast");
});

test("a line on which nothing comes back is given up, and the command asked again; one that speaks is not", async () => {
  const it = stage();
  await it.open();
  it.stream.ask({ do: "take_seat" });
  it.says(announced(8));
  it.fire(LAPSE);
  assert.equal(it.stream.connection.state, "live");
  it.stream.ask({ do: "leave_seat" });
  const { id } = it.socket().sent.at(-1);
  it.fire(LAPSE);
  assert.equal(it.stream.connection.state, "waiting");
  it.fire(1000);
  it.socket().onopen();
  it.says(HELLO);
  assert.ok(it.socket().sent.some((command) => command.id === id));
});

test("a debate that may not be read is not asked for again", async () => {
  const it = stage();
  it.gone = 404;
  await it.stream.start();
  assert.deepEqual(it.stream.connection, { state: "ended", why: "revoked" });
  assert.equal(it.timers.size, 0);
});

test("an old socket's last words change nothing", async () => {
  const it = stage();
  await it.open();
  const old = it.socket();
  old.onclose({ code: 1006 });
  it.fire(1000);
  old.onmessage({ data: JSON.stringify([announced(8)]) });
  old.onclose({ code: 4501 });
  assert.equal(it.store.state.seq, 7);
  assert.equal(it.stream.connection.state, "connecting");
});

test("after each close code it comes back or stays away, as the protocol has it", () => {
  for (const code of [4001, 4008, 4013, 1001, 1006, 1011, 1012, 1013]) assert.equal(comeBack(code).again, true, `${code}`);
  for (const code of [4501, 4502, 4503, 1003, 1007, 1009]) assert.equal(comeBack(code).again, false, `${code}`);
});

test("it comes back within the server's window, later after each failure, and never after more than 30 s", () => {
  const retry = { min: 2, max: 8 };
  assert.equal(comeBack(1006, { retry, random: 0 }).wait, 2000);
  assert.equal(comeBack(1006, { retry, random: 0.999999 }).wait, 8000);
  assert.equal(comeBack(1006, { retry, tries: 1, random: 0 }).wait, 4000);
  assert.ok(comeBack(1006, { retry, tries: 50, random: 0.99 }).wait <= 30_000);
});

test("an outbox keeps what it was given, and stands a storage that refuses", () => {
  const storage = shelf();
  const [entry, second] = ["a", "b"].map((id) => ({ id, command: { do: "post" } }));
  const box = outbox("here", () => storage);
  assert.deepEqual(box.load(), []);
  box.put(entry);
  assert.deepEqual(outbox("here", () => storage).load(), [entry]);
  assert.deepEqual(outbox("elsewhere", () => storage).load(), []);
  box.put(second);
  box.put({ ...entry, refused: { ok: false } });
  assert.deepEqual(box.load().map(({ id }) => id), ["b", "a"]);
  box.drop("a");
  box.drop("b");
  assert.equal(storage.held.size, 0);
  const full = { ...shelf(), setItem: () => { throw new Error("full"); } };
  const off = () => { throw new Error("no"); };
  for (const refusing of [outbox("here", () => full), outbox("here", off)]) {
    refusing.put(entry);
    assert.deepEqual(refusing.load(), [entry], "it lives as long as the page");
    refusing.drop("a");
    assert.deepEqual(refusing.load(), []);
  }
});

test("a line that is said to be gone is given up at once", async () => {
  const it = stage();
  await it.open();
  it.stream.drop();
  assert.equal(it.stream.connection.state, "waiting");
  it.stream.hurry();
  assert.equal(it.sockets.length, 2);
  assert.equal(it.timers.size, 0, "and no second way back is waiting");
});

/** A stream over requests; `pages` are what the server answers, one after the other. */
function polled(pages, { commands = async () => [] } = {}) {
  const asked = [];
  const said = [];
  const server = {
    snapshot: async () => ({ ...SNAPSHOT(), ...pages.snapshot }),
    records: (query) => {
      asked.push(query);
      const page = pages.shift();
      if (page instanceof Error) return Promise.reject(page);
      return page ? Promise.resolve(page) : new Promise(() => {});
    },
    commands,
  };
  const poll = new Poll(server);
  poll.onmessage = ({ data }) => said.push(...JSON.parse(data));
  poll.onclose = ({ code }) => said.push({ closed: code });
  return { poll, asked, said };
}
const settled = () => new Promise((done) => setImmediate(done));

test("without WebSockets records come by long requests, each after the last", async () => {
  const { poll, asked, said } = polled([
    { epoch: "e1", records: [announced(8), announced(9)], next: null },
    { epoch: "e1", records: [], next: null },
  ]);
  poll.send(JSON.stringify({ do: "hello", epoch: "e1", seq: 7 }));
  await settled();
  assert.deepEqual(said.map(({ type, seq }) => [type, seq]), [["hello", 7], ["announcement.made", 8], ["announcement.made", 9]]);
  assert.deepEqual(asked.map(({ since }) => since), [7, 9, 9]);
});

test("without WebSockets another epoch brings a snapshot", async () => {
  const { poll, said } = polled(Object.assign([], { snapshot: { epoch: "e2", seq: 3 } }));
  poll.send(JSON.stringify({ do: "hello", epoch: "e1", seq: 7 }));
  await settled();
  assert.deepEqual(said.map(({ type }) => type), ["hello", "snapshot"]);
  assert.equal(said[0].resume, "snapshot");
});

test("without WebSockets commands keep their order, and a failure closes the line", async () => {
  const got = [];
  const { poll, said } = polled([], {
    commands: async ([command]) => {
      got.push(command.id);
      if (command.id === "c") throw Object.assign(new Error("gone"), { status: 503 });
      return [{ type: "reply", reply: command.id, ok: true, seq: 8 }];
    },
  });
  for (const id of ["a", "b", "c", "d"]) poll.send(JSON.stringify({ do: "lower_hand", id }));
  await settled();
  assert.deepEqual(got, ["a", "b", "c"]);
  assert.deepEqual(said.map(({ reply, closed }) => reply ?? closed), ["a", "b", 1006]);
});

test("without WebSockets a debate that is gone for this reader is not asked for again", async () => {
  const { poll, said } = polled([Object.assign(new Error("404"), { status: 404 })]);
  poll.send(JSON.stringify({ do: "hello", epoch: "e1", seq: 7 }));
  await settled();
  assert.deepEqual(said.at(-1), { closed: 4501 });
});
