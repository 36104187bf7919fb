// B2: who shows a page of ours in a frame: the shops that a site lists, each its own chat, and nobody else.
import type { Page } from "@playwright/test";
import { Merchant } from "../merchant";
import { expect, MERCHANT, merchantTest as test } from "../story";

/** What a browser shows in place of a page that it may not show there. */
const REFUSED = "chrome-error://chromewebdata/";

/** Where a frame ended up that was to show this address. */
async function shown(page: Page, address: string): Promise<string> {
  const name = await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.name = `frame-${document.querySelectorAll("iframe").length}`;
    const loaded = new Promise((loaded) => frame.addEventListener("load", loaded));
    frame.src = src;
    document.body.append(frame);
    return loaded.then(() => frame.name);
  }, address);
  const frame = page.frame({ name });
  return (await frame?.evaluate(() => location.href)) ?? "";
}

test("only the pages that a site lists show its chat in a frame, and nobody shows an agent's page", async ({ cast, merchant, server, watch }) => {
  watch.expect(/frame-ancestors|ancestor violates|Failed to load resource.*404/);
  const page = await cast.page();
  await page.goto(merchant.origin);
  const chat = `${server.origin}/chat/${MERCHANT}`;
  expect(await shown(page, chat)).toBe(chat);
  for (const path of ["/chat/demo", "/chat/nobody", "/agent", "/help/returns", "/demo"]) {
    expect(await shown(page, `${server.origin}${path}`), path).toBe(REFUSED);
  }

  const stranger = await Merchant.open("stranger");
  watch.allow(stranger.origin);
  stranger.embed(server.origin);
  stranger.tag = () => "";
  await page.goto(stranger.origin);
  expect(await shown(page, chat)).toBe(REFUSED);
  await stranger.close();
});
