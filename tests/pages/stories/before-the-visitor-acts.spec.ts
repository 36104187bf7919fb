// Before the visitor acts, a merchant's page has one more script and nothing else (ePrivacy 5(3); P8).
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
  // Looking at the buttons and passing over them is not acting.
  await shop.humanPlease.hover();
  await shop.openChat.focus();
  // Nothing is asked for any more.
  await page.waitForLoadState("networkidle");

  expect(requests.filter((url) => new URL(url).origin === server.origin)).toEqual([`${server.origin}/embed.js`]);
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
