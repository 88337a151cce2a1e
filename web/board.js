// The list of incidents: loaded once, then each one fetched again when an event names it.
import { get, post } from "./api.js";
import { card } from "./card.js";
import { byId, h } from "./dom.js";
import { clockOf, tick } from "./road.js";
import { text } from "./texts.js";
import { enlarge } from "./viewer.js";

// A verified incident still waits for somebody to close it.
const OPEN = new Set(["raised", "confirmed", "dispatched", "in_progress", "resolved", "verified"]);
const ASK = { open: [...OPEN].map((status) => `status=${status}`).join("&"), all: "order=newest" };
const BURST_MS = 80;
const KEYS = { c: "confirm", x: "reject", d: "dispatch" };

export class Board {
  #incidents = new Map();
  #shown = new Set();
  #waiting = new Map();
  #tab = "open";
  #cursor = null;
  #skew = 0;

  constructor({ act, onChange }) {
    this.act = act;
    this.onChange = onChange;
  }

  /** The service's time: the wall clock of a screen may be wrong. */
  now() {
    return new Date(Date.now() + this.#skew);
  }

  async load() {
    const page = await this.#page("");
    this.#incidents.clear();
    this.#take(page);
    return page;
  }

  async more() {
    this.#take(await this.#page(`&cursor=${encodeURIComponent(this.#cursor)}`));
  }

  async refresh(id) {
    const incident = await get(`/api/incidents/${id}`);
    this.#incidents.set(id, incident);
    this.draw();
  }

  /** Events come in bursts: one look after the burst is enough. */
  soon(id, failed) {
    clearTimeout(this.#waiting.get(id));
    this.#waiting.set(id, setTimeout(() => { this.#waiting.delete(id); this.refresh(id).catch(failed); }, BURST_MS));
  }

  draw() {
    this.#drawTabs();
    const incidents = this.#visible();
    const drawn = incidents.map((incident) => this.#card(incident));
    const focus = document.activeElement?.closest?.(".incident")?.id;
    byId("incidents").replaceChildren(...drawn);
    if (focus) byId(focus)?.focus({ preventScroll: true });
    byId("empty").hidden = incidents.length > 0;
    byId("more").hidden = !this.#cursor;
    this.#count();
    this.#beacon(incidents);
  }

  tick() {
    for (const element of document.querySelectorAll(".incident")) {
      const incident = this.#incidents.get(element.dataset.id);
      if (incident) tick(element.querySelector(".clock"), incident, this.now());
    }
    this.#count();
  }

  key(event) {
    if (event.target.closest("input, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return this.#move(event);
    const incident = this.#incidents.get(event.target.closest(".incident")?.dataset.id);
    if (!incident) return;
    if (event.key === "Enter" && event.target.matches(".incident")) {
      event.preventDefault(); // or the same press would shut the viewer again
      return enlarge(incident);
    }
    const name = KEYS[event.key.toLowerCase()];
    if (name && incident.actions.includes(name)) this.act(name, incident);
  }

  async #page(more) {
    const page = await get(`/api/incidents?${ASK[this.#tab]}&limit=50${more}`);
    this.#skew = new Date(page.now) - Date.now();
    this.#cursor = page.next_cursor;
    return page;
  }

  #take(page) {
    for (const incident of page.incidents) this.#incidents.set(incident.id, incident);
    this.draw();
  }

  #card(incident) {
    return card(incident, { now: this.now(), act: this.act, enlarge });
  }

  /** Gravest first, newest first among equals; what is over comes after what is open. */
  #visible() {
    const rank = (incident) => (OPEN.has(incident.status) ? 0 : 10) + incident.level;
    return [...this.#incidents.values()]
      .filter((incident) => this.#tab === "all" || OPEN.has(incident.status))
      .sort((a, b) => rank(a) - rank(b) || new Date(b.raised_at) - new Date(a.raised_at));
  }

  #count() {
    const open = [...this.#incidents.values()].filter((incident) => OPEN.has(incident.status));
    const undecided = open.filter((incident) => incident.status === "raised").length;
    const overdue = open.filter((incident) => clockOf(incident, this.now()).late).length;
    this.onChange({ undecided, acting: open.length - undecided, overdue });
  }

  #move(event) {
    const cards = [...document.querySelectorAll(".incident")];
    const at = cards.indexOf(event.target.closest(".incident"));
    const next = cards[at + (event.key === "ArrowDown" ? 1 : at < 0 ? 1 : -1)];
    next?.focus();
    if (next) event.preventDefault();
  }

  #drawTabs() {
    byId("tabs").replaceChildren(...["open", "all"].map((name) =>
      h("button", { type: "button", "aria-pressed": String(this.#tab === name), onclick: () => this.#choose(name) }, text(name))));
  }

  #choose(name) {
    this.#tab = name;
    return this.load();
  }

  /** The first time an incident is on a visible screen is a stage of its road. */
  #beacon(incidents) {
    if (document.hidden) return;
    for (const incident of incidents) {
      if (!incident.actions.includes("shown") || this.#shown.has(incident.id)) continue;
      this.#shown.add(incident.id);
      post(`/api/incidents/${incident.id}/shown`).catch(() => this.#shown.delete(incident.id));
    }
  }
}
