// An incident's road: every stage from captured to closed, the time between, and the clock against fifteen minutes.
import { h } from "./dom.js";
import { duration, fullTime, stopwatch, text } from "./texts.js";

const OVER = new Set(["rejected", "merged", "expired"]);
const SELDOM = new Set(["decided"]); // a program's step: in the ledger, not on the wall
export const TARGET_S = 15 * 60;

const seconds = (from, to) => (new Date(to) - new Date(from)) / 1000;

/** The service says which steps were reached and in which order they happened. */
export function road(incident) {
  let before = null;
  const steps = incident.road.filter((stop) => !SELDOM.has(stop.step)).map(({ step, at }) => {
    const between = at && before ? duration(seconds(before, at)) : "";
    before = at ?? before;
    return stop(step, at, between);
  });
  return h("ol", { class: "road" }, steps);
}

function stop(step, at, between) {
  const name = text(`stages.${step}`);
  return h("li", { class: at ? "done" : "ahead", title: at ? `${name} ${fullTime(at)}` : name },
    h("span", { class: "between" }, between), h("span", { class: "dot" }), h("span", { class: "stage" }, name));
}

/** What the fifteen-minute clock says: it starts when the incident is raised and stops when the work is done. */
export function clockOf(incident, now) {
  const over = OVER.has(incident.status);
  const running = !incident.resolved_at && !over && incident.status !== "closed";
  const end = incident.resolved_at ?? (running ? now : incident.raised_at);
  const used = Math.max(0, seconds(incident.raised_at, end));
  return { used, running, over, late: used > TARGET_S };
}

export function clock(incident, now) {
  const bar = h("div", { class: "clock" }, h("span", { class: "clock-word" }), h("span", { class: "clock-time" }),
    h("span", { class: "clock-bar" }, h("span", { class: "clock-fill" })), h("span", { class: "clock-target" }));
  tick(bar, incident, now);
  return bar;
}

export function tick(bar, incident, now) {
  const { used, running, over, late } = clockOf(incident, now);
  bar.hidden = over;
  bar.classList.toggle("late", late);
  bar.classList.toggle("near", !late && used > 0.8 * TARGET_S);
  bar.classList.toggle("stopped", !running);
  bar.querySelector(".clock-word").textContent = text(running ? "running" : "taken");
  bar.querySelector(".clock-time").textContent = stopwatch(used);
  bar.querySelector(".clock-fill").style.width = `${Math.min(100, (100 * used) / TARGET_S)}%`;
  bar.querySelector(".clock-target").textContent = late ? `${text("over")} ${stopwatch(used - TARGET_S)}` : text("target");
}
