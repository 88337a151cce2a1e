// One incident as a card: what, where, picture, road, clock and what can be done now.
import { badge } from "./colour.js";
import { h } from "./dom.js";
import { clock, road } from "./road.js";
import { duration, either, text, timeOfDay } from "./texts.js";
import { stills } from "./viewer.js";

const LANE_M = 4.0; // GB 50016: the clear width that a fire lane must keep, unless its plan asks for another
const BUTTONS = ["confirm", "dispatch", "reject", "handle_on_spot", "verify", "close", "reopen"];
const LEVELS = { 1: "I", 2: "II", 3: "III", 4: "IV" };
const COUNTED = ["stalls", "area", "customers", "moves"];
const SUBJECTS = { street_vending: true }; // kinds whose subject city tables code apart
const KEYS = { confirm: "C", reject: "X", dispatch: "D" };

export function card(incident, { now, act, enlarge }) {
  const level = LEVELS[incident.level];
  return h("li", { class: `incident level-${level} status-${incident.status}`, id: `incident-${incident.id}`, tabindex: 0, "data-id": incident.id },
    rank(incident), picture(incident, enlarge),
    h("div", { class: "facts" }, title(incident), place(incident), why(incident), road(incident), clock(incident, now)),
    h("div", { class: "acts" }, offered(incident).map((name) => button(name, incident, act))));
}

function rank(incident) {
  const level = LEVELS[incident.level];
  const words = `${text(`colours.${level}`)} ${level} ${text(`levels.${level}`)}`;
  return h("div", { class: "rank", title: either(incident.why) }, badge(level),
    h("span", { class: "rank-words" }, words));
}

function picture(incident, enlarge) {
  const still = stills(incident).at(-1);
  if (!still) return h("div", { class: "picture none" }, text("no_picture"));
  return h("button", { class: "picture", type: "button", onclick: () => enlarge(incident), "aria-label": `${text("enlarge")} ${incident.number}` },
    h("img", { src: still.url, alt: `${text(`kinds.${incident.kind}`)} ${either(incident.camera_name)}`, loading: "lazy" }),
    h("span", { class: "picture-label" }, `${text(`roles.${still.role}`)} ${timeOfDay(still.captured_at)}`),
    h("span", { class: "picture-count" }, `${incident.evidence.length}`));
}

function title(incident) {
  return h("h2", {}, h("span", { class: "kind" }, text(`kinds.${incident.kind}`)),
    h("span", { class: "status" }, text(`statuses.${incident.status}`)),
    incident.reworks > 0 && h("span", { class: "rework" }, `${text("rework")} ${incident.reworks}${text("times")}`),
    h("span", { class: "number" }, incident.number));
}

function place(incident) {
  return h("p", { class: "place" }, h("strong", {}, `${either(incident.camera_name)} · ${incident.zone_id}`),
    incident.kind in SUBJECTS && h("span", { class: "subject" }, text(`subjects.${incident.subject}`)), counted(incident), width(incident),
    h("span", {}, `${text("seen")} ${duration(incident.seen_s)}`),
    incident.unseen_s > 0 && h("span", {}, `${text("unseen")} ${duration(incident.unseen_s)}`),
    h("span", {}, `${text("confidence")} ${Math.round(incident.confidence * 100)} %`),
    incident.already_there && h("span", {}, text("already_there")),
    incident.cleared_at && h("span", { class: "cleared" }, `${text("cleared")} ${timeOfDay(incident.cleared_at)}`));
}

function width(incident) {
  const measure = incident.measures.clear_width;
  if (!measure) return null;
  const required = incident.measures.required_width?.value ?? LANE_M;
  const narrow = measure.value < required;
  return h("span", { class: narrow ? "width narrow" : "width" },
    `${text("clear_width")} ${measure.value.toFixed(1)} ${measure.unit} / ${text("of")} ${required.toFixed(1)} m`);
}

/** What stands there, of kinds that count: stalls, the ground they take, customers, moves. */
function counted(incident) {
  const shown = COUNTED.filter((name) => incident.measures[name]?.value > 0);
  return shown.map((name) => h("span", { class: `measure ${name}` }, `${text(`measures.${name}`)} ${amount(incident.measures[name])}`));
}

function amount({ value, unit }) {
  return unit === "m2" ? `${value.toFixed(1)} m²` : String(Math.round(value));
}

function why(incident) {
  return h("p", { class: "why" }, h("span", {}, either(incident.why)),
    incident.dispatches.map((dispatch) => h("span", { class: `department delivery-${dispatch.status}` },
      `${either(dispatch.department_name)} · ${text(`deliveries.${dispatch.status}`)}`)));
}

/** Calling further departments to a dispatched incident takes a choice that this page does not offer. */
const offered = (incident) => BUTTONS.filter((name) => incident.actions.includes(name) && (name !== "dispatch" || incident.status === "confirmed"));

function button(name, incident, act) {
  return h("button", { class: `act ${name}`, type: "button", "data-act": name, onclick: () => act(name, incident) },
    text(name), KEYS[name] && h("kbd", {}, KEYS[name]));
}
