// Keeps the page and its pictures on the phone, so that it opens without a network. Answers are the page's own business.

const PARTS = "parts-1";
const PICTURES = "pictures-1";
const MOST_PICTURES = 80;
const FILES = ["index.html", "app.js", "ask.js", "dispatch.js", "outbox.js", "photo.js", "store.js", "style.css", "texts.js", "manifest.webmanifest", "../api.js", "../dom.js", "../live.js", "/static/icon.svg"];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(PARTS).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => ![PARTS, PICTURES].includes(name)).map((name) => caches.delete(name))))
    .then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/api/evidence/")) event.respondWith(pictureOf(event.request));
  else if (!url.pathname.startsWith("/api/")) event.respondWith(partOf(event.request));
});

/** The newest when there is a network, the kept one when there is none. */
async function partOf(request) {
  const cache = await caches.open(PARTS);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const found = await cache.match(request, { ignoreSearch: true });
    if (found) return found;
    throw error;
  }
}

/** A picture never changes. */
async function pictureOf(request) {
  const cache = await caches.open(PICTURES);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    const all = await cache.keys();
    await Promise.all(all.slice(0, Math.max(0, all.length - MOST_PICTURES)).map((old) => cache.delete(old)));
  }
  return answer;
}
