// The strip of cameras: can each one see, and if not, since when.
import { h } from "./dom.js";
import { duration, either, text, timeOfDay } from "./texts.js";

const SIGNS = { ok: "●", degraded: "▲", blind: "✕" };

export function strip(cameras, now) {
  if (!cameras.length) return [h("li", { class: "camera none" }, text("empty_cameras"))];
  return cameras.map((camera) => chip(camera, now));
}

function chip(camera, now) {
  const ago = duration((now - new Date(camera.since)) / 1000);
  const words = text(camera.silent ? "cameras.silent" : `cameras.${camera.state}`);
  const since = camera.state === "ok" ? "" : ` ${text("since")} ${timeOfDay(camera.since)} · ${ago}`;
  return h("li", { class: `camera ${camera.state}`, title: camera.why },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[camera.state]), h("strong", {}, either(camera.name)),
    ` ${words}${since}`);
}
