// The first page: what is open now, gravest and newest first, live.
import { get, post, Refusal } from "./api.js";
import { askReason } from "./ask.js";
import { Board } from "./board.js";
import { strip } from "./cameras.js";
import { byId } from "./dom.js";
import { listen } from "./live.js";
import { fillTexts, languageNow, switchLanguage, text, either } from "./texts.js";

const NEEDS_REASON = { reject: "reject_title", reopen: "reopen_title" };
const board = new Board({ act, onChange: counts });
let county = { rejection_reasons: [] };
let cameras = [];
let stopListening = null;

async function start() {
  fillTexts();
  try {
    county = await get("/api/county");
    await load();
    show("board");
  } catch (refusal) {
    refused(refusal);
  }
}

async function load() {
  const page = await board.load();
  await loadCameras();
  stopListening?.();
  stopListening = listen(page.at_event, { onEvent: heard, onState: linked });
}

async function loadCameras() {
  cameras = (await get("/api/cameras")).cameras;
  drawCameras();
}

function heard(event) {
  if (event.incident_id) board.soon(event.incident_id, refused);
  if (event.camera_id) loadCameras().catch(refused);
}

function linked(state) {
  byId("link").className = `link ${state}`;
  byId("link").textContent = text(state === "live" ? "live" : "connecting");
  if (state === "lost") {
    alarm(text("lost"), "lost");
    get("/api/me").catch((refusal) => { if (refusal.status === 401) refused(refusal); }); // or did the session end?
  }
  if (state === "live" && byId("alarm").dataset.why === "lost") alarm("");
}

async function act(name, incident) {
  const body = name === "verify" ? { ok: true } : {};
  if (NEEDS_REASON[name]) {
    body.reason = await askReason(text(NEEDS_REASON[name]), name === "reject" ? county.rejection_reasons : []);
    if (!body.reason) return;
  }
  await post(`/api/incidents/${incident.id}/${name.replaceAll("_", "-")}`, body).then(() => alarm(""), refused);
  await board.refresh(incident.id).catch(refused);
}

function refused(refusal) {
  if (!(refusal instanceof Refusal)) throw refusal;
  if (refusal.status === 401) return show("door");
  alarm(`${either(refusal.words)} ${refusal.again ? text("again") : ""}`, "refused");
}

function alarm(words, why = "") {
  const element = byId("alarm");
  element.hidden = !words;
  element.textContent = words;
  element.dataset.why = why;
}

function show(which) {
  byId("door").hidden = which !== "door";
  byId("board").hidden = which !== "board";
  byId("leave").hidden = which !== "board";
  if (which === "door") { stopListening?.(); byId("link").textContent = ""; byId("key").focus(); }
}

async function enter(event) {
  event.preventDefault();
  byId("refusal").textContent = "";
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
  show("door");
}

function drawCameras() {
  byId("cameras").replaceChildren(...strip(cameras, board.now()));
}

function counts({ undecided, acting, overdue }) {
  byId("counts").textContent = `${text("undecided")} ${undecided} · ${text("acting")} ${acting} · ${text("overdue")} ${overdue}`;
  byId("counts").classList.toggle("late", overdue > 0);
}

function redraw() {
  fillTexts();
  board.draw();
  drawCameras();
  byId("language").textContent = text("language");
  linked(byId("link").classList.contains("lost") ? "lost" : "live");
}

function everySecond() {
  byId("wall-clock").textContent = board.now().toLocaleTimeString(languageNow() === "zh" ? "zh-CN" : "en-GB", { hour12: false });
  board.tick();
}

byId("language").textContent = text("language");
byId("language").addEventListener("click", () => { switchLanguage(); redraw(); });
byId("leave").addEventListener("click", leave);
byId("door").addEventListener("submit", enter);
byId("more").addEventListener("click", () => board.more().catch(refused));
document.addEventListener("keydown", (event) => board.key(event));
setInterval(everySecond, 1000);
setInterval(() => { if (!byId("board").hidden) loadCameras().catch(() => null); }, 15_000); // silence is no event
start();
