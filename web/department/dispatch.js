// One dispatch as a card: what, where, picture, time left, and the one thing to do next.
import { h } from "../dom.js";
import { askLarger } from "./ask.js";
import { either, span, text, timeOfDay } from "./texts.js";

const NEXT = { acknowledge: ["acknowledge", "refuse"], arrive: ["arrive", "not-found", "refuse"], resolve: ["resolve", "not-found"] };
const AFTER = { acknowledge: "arrive", arrive: "resolve" };
const ROLES = ["latest", "dwell", "onset"];

/** What may be done, counting what waits on this phone as done. */
export function offered(dispatch, waiting) {
  const given = waiting.filter((answer) => answer.dispatch === dispatch.id).map((answer) => answer.name);
  if (given.some((name) => !(name in AFTER))) return [];
  if (given.length) return NEXT[AFTER[given.at(-1)]];
  return ["acknowledge", "arrive", "resolve", "not-found", "refuse"].filter((name) => dispatch.actions.includes(name));
}

export function card(incident, dispatch, { now, waiting, act }) {
  const names = offered(dispatch, waiting);
  const first = ["acknowledge", "arrive", "resolve"].find((name) => names.includes(name));
  return h("article", { class: `dispatch level-${incident.level}`, "data-id": dispatch.id },
    heading(incident, dispatch), rework(dispatch), clock(dispatch, now), picture(incident), place(incident), why(incident),
    remembered(dispatch, waiting),
    h("div", { class: "acts" }, first && button(first, "accept", dispatch, act),
      names.filter((name) => name !== first && name in { "not-found": 1, refuse: 1 }).map((name) => button(name, "quiet", dispatch, act))),
    !names.length && h("p", { class: "done" }, text("done")));
}

function heading(incident, dispatch) {
  return h("header", {}, h("h2", {}, text(`kinds.${incident.kind}`)),
    h("span", { class: `state ${dispatch.status}` }, text(`statuses.${dispatch.status}`)),
    h("span", { class: "number" }, `${incident.number} · ${text(dispatch.part)}`));
}

const rework = (dispatch) => dispatch.reworks > 0 && h("p", { class: "rework" }, text("rework"));

function clock(dispatch, now) {
  if (!dispatch.due_at) return null;
  const left = (new Date(dispatch.due_at) - now) / 1000;
  const words = left >= 0 ? `${text("left")} ${span(left)}` : `${text("over")} ${span(-left)}`;
  return h("p", { class: left < 0 ? "clock late" : left < 300 ? "clock near" : "clock", "data-due": dispatch.due_at },
    h("strong", {}, words), h("span", {}, `${text("by")} ${timeOfDay(dispatch.due_at)}`));
}

function picture(incident) {
  const stills = incident.evidence.filter((one) => one.media_type.startsWith("image/"));
  const still = ROLES.map((role) => stills.findLast((one) => one.role === role)).find(Boolean) ?? stills.at(-1);
  if (!still) return null;
  const words = `${text("picture")} ${timeOfDay(still.captured_at)}`;
  return h("button", { class: "picture", type: "button", onclick: () => askLarger(still.url, words) },
    h("img", { src: still.url, alt: words }), h("span", {}, `${words} · ${text("larger")}`));
}

function place(incident) {
  const words = `${either(incident.camera_name)} · ${incident.zone_id}`;
  return h("p", { class: "place" }, h("span", { class: "small" }, text("address")), h("strong", {}, words), navigate(incident.where, words));
}

/** geo: opens whichever map the phone has; nothing is loaded from outside by this page. */
function navigate(where, words) {
  if (!where) return null;
  const at = `${where.latitude.toFixed(6)},${where.longitude.toFixed(6)}`;
  return h("a", { class: "big navigate", href: `geo:${at}?q=${at}(${encodeURIComponent(words)})` }, text("call"));
}

const why = (incident) => h("p", { class: "why" }, `${either(incident.why)} · ${text("since")} ${timeOfDay(incident.began_at)}`);

function remembered(dispatch, waiting) {
  const given = waiting.filter((answer) => answer.dispatch === dispatch.id).map((answer) => text(answer.name));
  return given.length > 0 && h("p", { class: "kept" }, `${text("kept")}：${given.join(" · ")}`);
}

const button = (name, style, dispatch, act) =>
  h("button", { class: `big ${style}`, type: "button", "data-act": name, onclick: () => act(name, dispatch) }, text(name));
