// The worker of the agents' page: it opens the page where there is no network, and shows what the server pushes. It keeps the
// page's own files and nothing else: what is asked of /api, of a socket, of a stream or of a conversation never comes by here.
// The server puts one line above these that says which files a version has: const SHELL = { version, page, shell, files }.

/** One store for each version, so that a page never gets the files of another. */
const STORE = `shell-${SHELL.version}`;

/** How long a slow network may keep the page from opening, in milliseconds. */
const PATIENCE = 3_000;

/** Notices take no SVG. */
const ICON = "/icons/app-180.png";

addEventListener("install", (event) => {
  // All of them or none. The page has just loaded most, so the browser has them.
  const fill = async () => {
    const store = await caches.open(STORE);
    await store.addAll([SHELL.shell, ...SHELL.files]);
    // A page that is open has all that it needs: nobody has to close it first.
    await skipWaiting();
  };
  event.waitUntil(fill());
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("shell-") && name !== STORE) await caches.delete(name);
    }
    await clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && pathname === SHELL.page) event.respondWith(page(event.request));
  else if (SHELL.files.includes(pathname) && !search) event.respondWith(file(event.request));
});

/** The server's page; ours where there is no network, or one too slow, or a proxy that finds no server behind it. */
async function page(request) {
  const ours = await kept(SHELL.shell);
  if (!ours) return fetch(request);
  const theirs = fetch(request).then(
    (answer) => (answer.status < 500 ? answer : ours),
    () => ours,
  );
  const late = new Promise((done) => setTimeout(done, PATIENCE, ours));
  return Promise.race([theirs, late]);
}

/** A file whose name changes with what is in it, or an icon. */
async function file(request) {
  return (await kept(new URL(request.url).pathname)) ?? fetch(request);
}

function kept(path) {
  // By its path alone: that an answer varies by the encodings that somebody takes is over once it is here.
  return caches.match(path, { cacheName: STORE, ignoreVary: true });
}

/** Until the notice before is there. */
let before = Promise.resolve();

addEventListener("push", (event) => {
  // One after the other: a browser that fetches the icon of the first for longer would put it in the place of the second.
  const now = before.then(() => show(event.data));
  before = now.catch(() => {});
  event.waitUntil(now);
});

/** Shows what the notice says and nothing more. One conversation has one notice: the next takes its place, and is heard again. */
async function show(data) {
  const { title, body, conversation } = read(data);
  await registration.showNotification(title ?? "Human, please", {
    body: body ?? "Somebody asks for a person.",
    icon: ICON,
    data: { conversation },
    ...(conversation && { tag: conversation, renotify: true }),
  });
}

/** What was pushed. Browsers ask that something is shown for every push, so one that cannot be read is shown without its words. */
function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.conversation));
});

/** Leads to the conversation: in the window that the agent used last, or in a new one. */
async function open(conversation) {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const desk = windows.find((window) => new URL(window.url).pathname === SHELL.page);
  if (!desk) return clients.openWindow(conversation ? `${SHELL.page}#case=${encodeURIComponent(conversation)}` : SHELL.page);
  if (conversation) desk.postMessage({ open: conversation });
  return desk.focus();
}
