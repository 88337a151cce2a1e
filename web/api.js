// Talks to the service. Every refusal becomes a Refusal with words in both languages and whether trying again helps.

export class Refusal extends Error {
  constructor({ status, code, message_zh, message_en, again }) {
    super(message_en);
    Object.assign(this, { status, code, words: { zh: message_zh, en: message_en }, again });
  }
}

const UNREACHABLE = { status: 0, code: "unreachable", message_zh: "服务器没有回答，请稍后再试。", message_en: "The server did not answer; try again later.", again: true };

async function ask(method, path, body, headers = {}) {
  const options = { method, headers: { "X-Patrol": "1", ...headers } };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options).catch(() => { throw new Refusal(UNREACHABLE); });
  const said = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Refusal({ ...UNREACHABLE, ...said, status: answer.status });
  return said;
}

export const get = (path) => ask("GET", path);

export const newKey = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

/** The same key for the same press: a repeated request changes nothing. `body` is an object or a form. */
export const post = (path, body = {}, key = newKey()) => ask("POST", path, body, { "Idempotency-Key": key });
