// Answers leave in the order they were given. Each keeps its key, so that sending it twice changes nothing.
import { newKey, post, Refusal } from "../api.js";
import { answers } from "./store.js";

const AGAIN_MS = 10_000;

export class Outbox {
  /** onChange(waiting) after each change; onRefused(refusal, answer) when the centre said no for good. */
  constructor({ onChange, onSent, onRefused }) {
    Object.assign(this, { onChange, onSent, onRefused, waiting: [], sending: false, timer: null });
    addEventListener("online", () => this.send());
  }

  async load() {
    this.waiting = await answers.all();
    this.onChange(this.waiting);
    return this.send();
  }

  /** On disk before anything is sent: a phone that dies now has forgotten nothing. */
  async give(dispatch, name, { note = "", reason = "", photo = null } = {}) {
    const said = { dispatch, name, note, reason, photo, key: newKey(), device_time: new Date().toISOString() };
    await answers.add(said);
    this.waiting = await answers.all();
    this.onChange(this.waiting);
    return this.send();
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      while (this.waiting.length && (await this.one(this.waiting[0])));
    } finally {
      this.sending = false;
      if (this.waiting.length) this.timer = setTimeout(() => this.send(), AGAIN_MS);
    }
  }

  /** Whether to go on with the next. */
  async one(answer) {
    try {
      await post(`/api/dispatches/${answer.dispatch}/${answer.name}`, bodyOf(answer), answer.key);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.again || refusal.status === 401) return this.onRefused(refusal, answer), false;
      this.onRefused(refusal, answer);
    }
    await answers.drop(answer.id);
    this.waiting = await answers.all();
    this.onChange(this.waiting);
    this.onSent();
    return true;
  }
}

function bodyOf({ name, note, reason, photo, device_time }) {
  if (name === "resolve") return formOf(note, photo, device_time);
  if (name === "not-found") return { note };
  return name === "refuse" ? { reason } : { device_time };
}

function formOf(note, photo, device_time) {
  const form = new FormData();
  form.append("note", note);
  form.append("device_time", device_time);
  if (photo) form.append("photo", photo, "after.jpg");
  return form;
}
