// The strip of cameras: can each one see, and if not, since when.
import { h } from "./dom.js";
import { duration, either, text, timeOfDay } from "./texts.js";

const NAMED = 6; // so many well cameras are named; more are counted
const SIGNS = { ok: "●", degraded: "▲", blind: "✕" };

export function strip(cameras, now) {
  if (!cameras.length) return [h("li", { class: "camera none" }, text("empty_cameras"))];
  const well = cameras.filter((camera) => camera.state === "ok");
  const ill = cameras.filter((camera) => camera.state !== "ok");
  ill.sort((a, b) => a.state.localeCompare(b.state)); // blind before degraded
  return [...ill.map((camera) => chip(camera, now)), ...(well.length > NAMED ? [count(well)] : well.map((camera) => chip(camera, now)))];
}

const count = (well) => h("li", { class: "camera ok" }, h("span", { class: "sign", "aria-hidden": "true" }, SIGNS.ok),
  h("strong", {}, String(well.length)), ` ${text("cameras.ok")}`);

function chip(camera, now) {
  const ago = duration((now - new Date(camera.since)) / 1000);
  const words = text(camera.silent ? "cameras.silent" : `cameras.${camera.state}`);
  const since = camera.state === "ok" ? "" : ` ${text("since")} ${timeOfDay(camera.since)} · ${ago}`;
  return h("li", { class: `camera ${camera.state}`, title: camera.why },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[camera.state]), h("strong", {}, either(camera.name)),
    ` ${words}${since}`);
}
