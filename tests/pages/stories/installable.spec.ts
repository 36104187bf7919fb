// The agents' page as an app: a browser may install it, it opens where there is no network, it shows what is pushed, and what
// it keeps for that is its own files and nothing of anybody.
import type { BrowserContext, Page, Worker } from "@playwright/test";
import { Desk } from "../people/agent";
import { expect, test } from "../story";

/** The worker of the page, once it is at work. */
async function worker(page: Page): Promise<Worker> {
  const context = page.context();
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return worker;
}

/** What is in each store of the browser: the paths that it answers for. */
async function kept(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(async () => {
    const stores: Record<string, string[]> = {};
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      stores[name] = requests.map(({ url }) => url.replace(location.origin, ""));
    }
    return stores;
  });
}

/** Has the worker hear of something that was pushed, as the browser's maker would tell it. */
async function push(context: BrowserContext, page: Page, origin: string, data: string): Promise<void> {
  const session = await context.newCDPSession(page);
  const registered = new Promise<string>((found) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find((registration) => registration.scopeURL === `${origin}/agent`);
      if (ours) found(ours.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
  await session.detach();
}

test("a browser finds nothing that keeps it from installing the page", async ({ cast }) => {
  const page = await cast.page();
  await page.goto("/agent");
  await worker(page);
  const session = await page.context().newCDPSession(page);
  const { url, errors, data } = await session.send("Page.getAppManifest");
  expect(new URL(url).pathname).toBe("/agent.webmanifest");
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? "{}")).toMatchObject({ start_url: "/agent", scope: "/agent", display: "standalone" });
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Nobody installs anything from a private window, and each story's browser is one.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
});

test("what it keeps is its own files, whatever was read and written on it, and it opens without a network", async ({ cast, watch }) => {
  // Offline, its sockets and what it asks for find nobody.
  watch.expect(/ERR_INTERNET_DISCONNECTED|Failed to fetch|WebSocket connection/);
  const desk = await cast.agent("ana");
  const { page } = desk;
  const { chat } = await cast.visitor();
  await chat.say("A word for nobody's cache: Rumpelstilzchen");
  await chat.humanPlease.click();
  await expect(chat.place).toBeVisible();
  await desk.queue.getByRole("button", { name: "Take" }).first().click();
  await desk.reply.fill("Gesundheit");
  await desk.send.click();
  await expect(chat.messages("Ana · human", "Gesundheit")).toBeVisible();
  await worker(page);
  // Once with the worker between the page and the server.
  await page.reload();
  await expect(desk.status("Connected")).toBeVisible();
  await expect(desk.mine.getByRole("listitem").first()).toBeVisible();

  const stores = await kept(page);
  const [store, paths] = Object.entries(stores)[0] ?? ["", []];
  expect(Object.keys(stores)).toEqual([expect.stringMatching(/^shell-[\w-]{12}$/)]);
  expect(paths).toContain("/agent?shell");
  for (const path of paths) expect(path).toMatch(/^\/agent\?shell$|^\/assets\/agent\/[\w.-]+$|^\/icons\/[\w.-]+$/);
  const texts = await page.evaluate(async (store) => {
    const cache = await caches.open(store);
    const answers = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
    return (await Promise.all(answers.map((answer) => answer?.text()))).join("\n");
  }, store);
  for (const secret of ["Rumpelstilzchen", "Gesundheit", "ana@demo.example"]) expect(texts).not.toContain(secret);

  await page.context().setOffline(true);
  await page.reload();
  // WebAssembly has taken over, with its styles: the page says by itself that nobody can be reached.
  await expect(page.locator("#opening")).toHaveCount(0);
  const look = await page.evaluate(() => [...document.styleSheets].filter((sheet) => sheet.cssRules.length > 0).length);
  expect(look).toBeGreaterThan(0);
  expect(await kept(page)).toEqual(stores);
  await page.context().setOffline(false);
  await page.reload();
  await expect(new Desk(page).status("Connected")).toBeVisible();
});

test("files of older versions go when a new one comes", async ({ cast }) => {
  const page = await cast.page();
  await page.goto("/docs/storage");
  await page.evaluate(async () => {
    await (await caches.open("shell-of-yesterday")).put("/agent", new Response("yesterday"));
    await (await caches.open("somebody-elses")).put("/x", new Response("x"));
  });
  await page.goto("/agent");
  await worker(page);
  await expect.poll(async () => Object.keys(await kept(page)).sort()).toEqual([expect.stringMatching(/^shell-[\w-]{12}$/), "somebody-elses"]);
});

test("what is pushed is shown as it is, and leads to its conversation", async ({ cast, server }) => {
  const page = await cast.page({ permissions: ["notifications"] });
  await page.goto("/agent");
  const service = await worker(page);
  const conversation = "0123456789abcdef0123456789abcdef";
  const notice = { kind: "request", conversation, receipt: 4127, title: "Lumen & Oak", body: "No. 4127 asks for a person." };
  const shown = () =>
    page.evaluate(async () => {
      const notices = await (await navigator.serviceWorker.ready).getNotifications();
      return notices.map(({ title, body, tag, data }) => ({ title, body, tag, data: data as unknown }));
    });
  await push(page.context(), page, server.origin, JSON.stringify(notice));
  await push(page.context(), page, server.origin, JSON.stringify({ ...notice, body: "No. 4128 asks for a person." }));
  const newest = { title: "Lumen & Oak", body: "No. 4128 asks for a person.", tag: conversation, data: { conversation } };
  await expect.poll(shown).toEqual([newest]);

  // The window that is open hears which. (No test may press a notice of the system; the worker is told that one was.)
  const heard = page.evaluate(() => new Promise((heard) => navigator.serviceWorker.addEventListener("message", ({ data }) => heard(data))));
  await service.evaluate(`registration.getNotifications().then(([notification]) => {
    dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  })`);
  expect(await heard).toEqual({ open: conversation });
  await expect.poll(shown).toEqual([]);
  // Whatever is pushed, something is shown: a browser takes the right to push from pages that show nothing.
  await push(page.context(), page, server.origin, "not JSON");
  await expect.poll(shown).toMatchObject([{ title: "Human, please" }]);
});

test("of two notices of one conversation the newer stays, however long the first takes to be shown", async ({ cast, server }) => {
  const page = await cast.page({ permissions: ["notifications"] });
  await page.goto("/agent");
  const service = await worker(page);
  await service.evaluate(`{
    const show = registration.showNotification.bind(registration);
    const held = new Promise((release) => (self.release = release));
    let first;
    registration.showNotification = (...notice) => {
      if (first) return show(...notice);
      return (self.first = first = held.then(() => show(...notice)));
    };
    let pushes = 0;
    self.both = new Promise((both) => addEventListener("push", () => ++pushes === 2 && both()));
    undefined;
  }`);
  const conversation = "0123456789abcdef0123456789abcdef";
  for (const body of ["The first", "The second"])
    await push(page.context(), page, server.origin, JSON.stringify({ kind: "request", conversation, title: "Lumen & Oak", body }));
  await service.evaluate("both.then(release).then(() => first)");
  const bodies = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ body }) => body));
  await expect.poll(bodies).toEqual(["The second"]);
});

/** A browser whose maker takes notices for it, as far as a page can tell: no test may reach a real push service. */
async function takesNotices(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const text = (bytes: ArrayBuffer) => {
      const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
      return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    };
    const endpoint = "https://push.example.com/to/this-browser";
    let subscription: PushSubscription | null = null;
    PushManager.prototype.subscribe = async (options) => {
      if (!options?.userVisibleOnly || !options.applicationServerKey) throw new Error("no browser lets a page push in secret");
      const { publicKey } = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
      const keys = {
        p256dh: text(await crypto.subtle.exportKey("raw", publicKey)),
        auth: text(crypto.getRandomValues(new Uint8Array(16)).buffer),
        more: "of some other browser",
      };
      const unsubscribe = async () => {
        subscription = null;
        return true;
      };
      subscription = { endpoint, unsubscribe, toJSON: () => ({ endpoint, expirationTime: 1.5e12, keys }) } as unknown as PushSubscription;
      return subscription;
    };
    PushManager.prototype.getSubscription = async () => subscription;
  });
}

test("who allows notices takes them in this browser, until they sign out", async ({ cast }) => {
  const page = await cast.page({ permissions: ["notifications"] });
  await takesNotices(page);
  const asked: string[] = [];
  page.on("requestfinished", async (request) => {
    if (!request.url().endsWith("/api/v1/agent/push")) return;
    const sent = request.postDataJSON() as { endpoint: string; keys?: object } | null;
    const names = sent ? [sent.endpoint, ...Object.keys(sent.keys ?? {})] : [];
    asked.push([request.method(), (await request.response())?.status(), ...names].join(" "));
  });
  const desk = await cast.deskOn(page, cast.credentials("ana"));
  await expect(page.getByText("Notifications are on, with the page closed too.")).toBeVisible();
  const endpoint = "https://push.example.com/to/this-browser";
  await expect.poll(() => asked).toEqual(["GET 200", `PUT 204 ${endpoint} p256dh auth`]);
  await page.getByText("Menu", { exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(desk.signIn).toBeVisible();
  await expect.poll(() => asked.slice(2)).toEqual([`DELETE 204 ${endpoint}`]);
});

test("a browser whose maker takes no notices is told of while the page is open", async ({ cast }) => {
  const page = await cast.page({ permissions: ["notifications"] });
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = () => Promise.reject(new DOMException("no push service", "AbortError"));
  });
  await cast.deskOn(page, cast.credentials("ana"));
  await expect(page.getByText("Notifications are on.", { exact: true })).toBeVisible();
});
