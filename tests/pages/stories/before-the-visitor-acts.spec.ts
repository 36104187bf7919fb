// Before the visitor acts, a merchant's page has one more script and nothing else (ePrivacy 5(3); P8).
import type { Page, Request } from "@playwright/test";
import { expect, merchantTest as test } from "../story";
import { Shop } from "../people/shop";

test("a merchant's page makes one request to us, and gets no cookie, storage, frame or socket", async ({ cast, merchant, server }) => {
  const page = await cast.page();
  const requests: string[] = [];
  const sockets: string[] = [];
  page.context().on("request", (request) => requests.push(request.url()));
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await expect(shop.openChat).toBeVisible();
  await expect(shop.humanPlease).toBeVisible();
  // Nothing is asked for any more.
  await page.waitForLoadState("networkidle");
  const ours = () => requests.filter((url) => new URL(url).origin === server.origin).map((url) => new URL(url).pathname);
  expect(ours()).toEqual(["/embed.js"]);

  // Coming near the buttons is not acting either. It fetches the loader's other half, a file that is the same for everybody.
  await shop.humanPlease.hover();
  await shop.openChat.focus();
  await expect.poll(ours).toEqual(["/embed.js", expect.stringMatching(/^\/assets\/loader\/panel-[0-9a-f]{16}\.js$/)]);
  await page.waitForLoadState("networkidle");
  expect(ours()).toHaveLength(2);
  expect(sockets).toEqual([]);
  expect(page.frames()).toHaveLength(1);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(kept)).toEqual({ cookie: "", local: 0, session: 0, databases: 0, caches: 0, workers: 0 });

  // And it is this page that acts once the visitor does.
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
  expect(page.frames()).toHaveLength(2);
  expect(await page.evaluate(kept), "the merchant's page keeps nothing of the chat either").toMatchObject({ cookie: "", local: 0, session: 0 });
});

/** The paths of what the page has asked a server for, in order. */
function requestsTo(page: Page, origin: string): () => string[] {
  const paths: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin === origin) paths.push(url.pathname);
  });
  return () => paths;
}

/** P8. */
test("what is fetched ahead carries no cookie, although the visitor has been here before", async ({ cast, merchant, server }) => {
  const page = await cast.page();
  // Same site, so that the browser would send the cookie with anything that may carry one.
  await page.context().addCookies([{ name: "human-please-visitor-merchant", value: "known", url: server.origin, sameSite: "Lax" }]);
  const fetched: Request[] = [];
  page.on("request", (request) => request.url().includes("/assets/loader/") && fetched.push(request));
  await page.goto(merchant.origin);
  await new Shop(page).openChat.hover();
  await expect.poll(() => fetched.length).toBe(1);
  expect(await fetched[0]?.headerValue("cookie")).toBeNull();
});

test("a merchant who sets data-preload=idle has it fetched without a sign of the visitor, and no frame", async ({ cast, merchant, server }) => {
  merchant.tag = (src) => `<script async src="${src}" data-site="merchant" data-preload="idle"></script>`;
  const page = await cast.page();
  const ours = requestsTo(page, server.origin);
  await page.goto(merchant.origin);
  await expect.poll(ours).toEqual(["/embed.js", expect.stringContaining("/assets/loader/panel-")]);
  await page.waitForLoadState("networkidle");
  expect(ours()).toHaveLength(2);
  expect(page.frames()).toHaveLength(1);
});

test("the conversation is on its way once the visitor presses, and shown when they let go", async ({ cast, merchant }) => {
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.openChat.hover();
  await page.mouse.down();
  await expect(shop.frame).toBeAttached();
  await expect(shop.frame).toBeHidden();
  // Let go elsewhere: nothing opens, and the press that follows finds it there.
  await page.mouse.move(10, 10);
  await page.mouse.up();
  await expect(shop.frame).toBeHidden();
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
  await expect(shop.frame).toHaveCount(1);
});

async function kept() {
  return {
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
}
