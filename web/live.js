// The event stream: EventSource resumes by itself with Last-Event-ID; here we notice when the line went quiet.

const SILENCE_MS = 25_000; // the service says "beat" every 10 s: two missing beats are a dead line
const PAUSE_MS = 2_000;

/** Calls onEvent(event) for each ledger event and onState("live" | "lost"). Returns a function that stops it. */
export function listen(after, { onEvent, onState }) {
  let last = after;
  let source = null;
  let timer = null;

  function open() {
    source = new EventSource(`/api/events?after=${last}`);
    source.onopen = alive;
    source.onerror = () => { onState("lost"); again(source.readyState === EventSource.CLOSED ? PAUSE_MS : SILENCE_MS); };
    source.addEventListener("beat", alive);
    source.addEventListener("ledger", (message) => {
      alive();
      last = Number(message.lastEventId);
      onEvent(JSON.parse(message.data));
    });
    again(SILENCE_MS);
  }

  function alive() {
    onState("live");
    again(SILENCE_MS);
  }

  function again(after_ms) {
    clearTimeout(timer);
    timer = setTimeout(() => { onState("lost"); source.close(); open(); }, after_ms);
  }

  open();
  return () => { clearTimeout(timer); source.close(); };
}
