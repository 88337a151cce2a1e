// The department's page: its dispatches, what to do next, and answers that survive a dead network.
import { get, post, Refusal } from "../api.js";
import { byId } from "../dom.js";
import { listen } from "../live.js";
import { askPhoto, askWords } from "./ask.js";
import { card } from "./dispatch.js";
import { Outbox } from "./outbox.js";
import { kept } from "./store.js";
import { either, switchLanguage, text } from "./texts.js";

let page = { incidents: [], now: new Date().toISOString() };
let ahead = 0; // of this phone's clock, in ms
let stopListening = null;
let soon = null;

const OVER = new Set(["returned", "recalled", "accepted"]);
const outbox = new Outbox({
  onChange: draw,
  onSent: () => load().catch(troubled),
  onRefused: (refusal) => (refusal.again ? linked("lost") : refused(refusal)),
});

const now = () => new Date(Date.now() + ahead);

async function start() {
  words();
  page = (await kept.get("page").catch(() => null)) ?? page;
  try {
    const me = await get("/api/me");
    if (me.role !== "department") return show("door", text("wrong_role"));
    await load();
    follow();
  } catch (refusal) {
    troubled(refusal);
  }
  await outbox.load();
}

async function load() {
  page = await get("/api/incidents?open=true&limit=100");
  ahead = new Date(page.now) - Date.now();
  await kept.put("page", page);
  linked("live");
  show("list");
}

function follow() {
  stopListening?.();
  stopListening = listen(page.at_event, { onEvent: reload, onState: (state) => linked(state) });
}

function reload() {
  clearTimeout(soon);
  soon = setTimeout(() => load().catch(troubled), 300);
}

function troubled(refusal) {
  if (!(refusal instanceof Refusal)) throw refusal;
  if (refusal.status === 401) return show("door");
  linked("lost");
  show("list");
}

function refused(refusal) {
  if (refusal.status === 401) return show("door");
  alarm(text("refused") + either(refusal.words));
}

async function act(name, dispatch) {
  alarm("");
  if (name === "resolve") return given(dispatch, name, await askPhoto());
  if (name === "not-found") return given(dispatch, name, wrapped("note", await askWords(text("why_missing"), { required: false })));
  if (name === "refuse") return given(dispatch, name, wrapped("reason", await askWords(text("why_refuse"), { required: true })));
  return given(dispatch, name, {});
}

const wrapped = (name, said) => (said === null ? null : { [name]: said });
const given = (dispatch, name, said) => said && outbox.give(dispatch.id, name, said);

function draw() {
  const own = page.incidents.flatMap((incident) => incident.dispatches.map((dispatch) => [incident, dispatch])).filter(([, dispatch]) => !OVER.has(dispatch.status));
  const cards = own.map(([incident, dispatch]) => card(incident, dispatch, { now: now(), waiting: outbox.waiting, act }));
  byId("list").replaceChildren(...cards);
  if (!cards.length) byId("list").textContent = text("none");
  byId("list").classList.toggle("none", !cards.length);
  linked(byId("line").dataset.state ?? "live");
}

function linked(state) {
  const waits = outbox.waiting.length ? ` · ${outbox.waiting.length} ${text("waiting")}` : "";
  byId("line").dataset.state = state;
  byId("line").className = `line ${state}`;
  byId("line").textContent = text(state) + waits;
}

function alarm(words) {
  byId("alarm").hidden = !words;
  byId("alarm").textContent = words;
}

function show(which, refusal = "") {
  byId("door").hidden = which !== "door";
  byId("list").hidden = which !== "list";
  byId("leave").hidden = which !== "list";
  byId("line").hidden = which !== "list";
  byId("refusal").textContent = refusal;
  if (which === "door") stopListening?.();
  else draw();
}

function words() {
  for (const [id, name] of [["title", "title"], ["language", "language"], ["leave", "leave"], ["key-label", "key"], ["enter", "enter"]]) {
    byId(id).textContent = text(name);
  }
}

async function enter(event) {
  event.preventDefault();
  try {
    await post("/api/session", { key: byId("key").value.trim() });
    byId("key").value = "";
    await start();
  } catch (refusal) {
    byId("refusal").textContent = refusal instanceof Refusal ? either(refusal.words) : String(refusal);
  }
}

async function leave() {
  await post("/api/session/end").catch(() => null);
  await kept.clear();
  show("door");
}

byId("door").addEventListener("submit", enter);
byId("leave").addEventListener("click", leave);
byId("language").addEventListener("click", () => { switchLanguage(); words(); draw(); });
setInterval(() => { if (!byId("list").hidden) draw(); }, 30_000);
navigator.serviceWorker?.register("worker.js").catch(() => null); // without it the page works, but not offline
start();
