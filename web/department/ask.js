// Asks for what an answer needs: a photograph, a remark, a reason. Resolves to null when the person changed their mind.
import { byId, h } from "../dom.js";
import { smaller } from "./photo.js";
import { text } from "./texts.js";

const asked = (build) => new Promise((resolve) => {
  const dialog = byId("ask");
  const answer = (said) => { dialog.onclose = null; dialog.close(); resolve(said); };
  dialog.replaceChildren(build(answer));
  dialog.onclose = () => resolve(null);
  dialog.showModal();
});

const cancel = (answer) => h("button", { class: "big quiet", type: "button", onclick: () => answer(null) }, text("cancel"));
const field = (label, required = false) => h("input", { name: "words", maxlength: 200, autocomplete: "off", placeholder: label, "aria-label": label, required });

export const askPhoto = () => asked((answer) => {
  const note = field(text("note"));
  const shown = h("img", { class: "shot", alt: "", hidden: true });
  let photo = null;
  const camera = h("input", { type: "file", accept: "image/*", capture: "environment", id: "camera", class: "unseen", onchange: async (event) => {
    photo = await smaller(event.target.files[0]);
    shown.src = URL.createObjectURL(photo);
    shown.hidden = false;
    send.disabled = false;
  } });
  const send = h("button", { class: "big accept", type: "submit", disabled: true }, text("send"));
  return h("form", { onsubmit: (event) => { event.preventDefault(); answer({ photo, note: note.value.trim() }); } },
    h("label", { class: "big camera", for: "camera" }, text("photo")), camera, shown, note, send,
    h("button", { class: "big quiet", type: "button", onclick: () => answer({ photo: null, note: note.value.trim() }) }, text("no_photo")), cancel(answer));
});

export const askWords = (title, { required }) => asked((answer) => {
  const words = field(title, required);
  return h("form", { onsubmit: (event) => { event.preventDefault(); answer(words.value.trim()); } },
    h("h2", {}, title), words, h("button", { class: "big accept", type: "submit" }, text("send")), cancel(answer));
});

export function askLarger(url, words) {
  const dialog = byId("ask");
  dialog.replaceChildren(h("button", { class: "larger", type: "button", onclick: () => dialog.close(), "aria-label": text("cancel") }, h("img", { src: url, alt: words })));
  dialog.showModal();
}
