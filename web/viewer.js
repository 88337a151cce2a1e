// The evidence, large: onset, dwell met, latest, clear and after-photo side by side, and the clip.
import { byId, h } from "./dom.js";
import { fullTime, text } from "./texts.js";

const ORDER = ["onset", "dwell", "latest", "clear", "after", "verify"];

/** The stills in the order of the story; the newest of each role, the last one says most. */
export function stills(incident) {
  const newest = {};
  for (const item of incident.evidence) if (item.media_type.startsWith("image/")) newest[item.role] = item;
  return ORDER.map((role) => newest[role]).filter(Boolean);
}

const clips = (incident) => incident.evidence.filter((item) => item.media_type.startsWith("video/"));

export function enlarge(incident) {
  const viewer = byId("viewer");
  const shut = h("button", { class: "act", type: "button", onclick: () => viewer.close() }, text("close_viewer"));
  viewer.replaceChildren(
    h("header", {}, h("h2", {}, `${text(`kinds.${incident.kind}`)} ${incident.number}`), shut),
    h("div", { class: "sheets" }, stills(incident).map(sheet), clips(incident).map(clip)));
  viewer.showModal();
}

function sheet(item) {
  return h("figure", {}, h("a", { href: item.url, target: "_blank", rel: "noopener" }, h("img", { src: item.url, alt: text(`roles.${item.role}`) })), caption(item));
}

function clip(item) {
  return h("figure", { class: "clip" }, h("video", { src: item.url, controls: true, muted: true, loop: true, playsinline: true, preload: "metadata" }), caption(item));
}

const caption = (item) => h("figcaption", {}, h("strong", {}, text(`roles.${item.role}`)), ` ${fullTime(item.captured_at)}`,
  h("span", { class: "hash" }, `SHA-256 ${item.sha256.slice(0, 12)}…`));
