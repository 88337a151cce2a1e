// Asks for a reason: a list where the county has one, and words of one's own.
import { byId, h } from "./dom.js";
import { either, text } from "./texts.js";

/** Resolves to the reason, or null when the person changed their mind. */
export function askReason(title, choices) {
  const dialog = byId("ask");
  return new Promise((resolve) => {
    const answer = (reason) => { dialog.onclose = null; dialog.close(); resolve(reason); };
    dialog.replaceChildren(form(title, choices, answer));
    dialog.onclose = () => resolve(null);
    dialog.showModal();
  });
}

function form(title, choices, answer) {
  const field = h("input", { name: "words", autocomplete: "off", maxlength: 200, required: true, "aria-label": text("reason"), placeholder: text("reason") });
  const send = (event) => { event.preventDefault(); answer(field.value.trim()); };
  return h("form", { onsubmit: send }, h("h2", {}, title),
    h("div", { class: "choices" }, choices.map((choice) => h("button", { class: "act", type: "button", onclick: () => answer(choice.id) }, either(choice.name)))),
    choices.length === 0 && field,
    h("footer", {}, h("button", { class: "quiet", type: "button", onclick: () => answer(null) }, text("cancel")),
      choices.length === 0 && h("button", { class: "act confirm", type: "submit" }, text("enter"))));
}
