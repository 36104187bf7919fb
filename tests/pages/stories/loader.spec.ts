// What merchants build on: the loader's methods, events and triggers, on a merchant's page of another site than ours.
import type { Page } from "@playwright/test";
import type { HumanPlease, HumanPleaseEvents } from "../../../public/embed";
import { expect, merchantTest as test } from "../story";
import { Shop } from "../people/shop";
import { DEMO } from "../server";
import { LOST_CONNECTION } from "../watch";

declare global {
  interface Window {
    heard: [string, unknown][];
    unsubscribe: (() => void)[];
  }
}

/** Calls one of the loader's methods. */
function call(page: Page, verb: "open" | "close" | "toggle" | "human" | "reset"): Promise<void> {
  return page.evaluate((verb) => (window.HumanPlease as HumanPlease)[verb](), verb);
}

/** Writes down every event of the loader. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.heard = [];
    const types = ["ready", "open", "close", "message", "unread", "human", "queue", "error"] as const;
    window.unsubscribe = types.map((type) =>
      (window.HumanPlease as HumanPlease).on(type, (detail) => window.heard.push([type, detail])),
    );
  });
}

const heard = (page: Page, type: keyof HumanPleaseEvents) =>
  page.evaluate((type) => window.heard.filter(([heard]) => heard === type).map(([, detail]) => detail), type);

test.describe("the loader on a merchant's page", () => {
  let shop: Shop;
  let page: Page;

  test.beforeEach(async ({ cast, merchant }) => {
    page = await cast.page();
    shop = new Shop(page);
    merchant.body = `<main><h1>A merchant</h1>
      <p><button id="chat" data-human-please="open">Ask us</button>
      <a id="person" data-human-please="human" href="#nowhere">Talk to a <b>person</b></a></p></main>`;
    await page.goto(merchant.origin);
    await expect(shop.openChat).toBeVisible();
    await listen(page);
  });

  test("opens, closes and toggles, and tells of it", async () => {
    await call(page, "open");
    await expect(shop.chat.message).toBeFocused();
    await expect(shop.openChat).toBeHidden();
    await call(page, "open");
    await call(page, "close");
    await expect(shop.openChat).toBeVisible();
    await expect(shop.frame).toBeHidden();
    await call(page, "toggle");
    await expect(shop.chat.message).toBeFocused();
    await call(page, "toggle");
    await expect(shop.frame).toBeHidden();
    expect(await heard(page, "ready")).toHaveLength(1);
    expect(await heard(page, "open")).toHaveLength(2);
    expect(await heard(page, "close")).toHaveLength(2);
  });

  test("asks for a person, and tells the number and the place", async () => {
    await call(page, "human");
    const receipt = Number(await shop.chat.receipt());
    await expect.poll(() => heard(page, "human")).toEqual([{ receipt }]);
    await expect.poll(() => heard(page, "queue")).toContainEqual(expect.objectContaining({ position: 1 }));
    await call(page, "human");
    await expect(shop.chat.event("You asked for a person")).toHaveCount(1);
  });

  test("tells of messages, never of what is in them, until told to stop", async ({ cast, server }) => {
    const mia = await cast.desk(await server.employ("merchant", "mia@merchant.example", "Mia"));
    await shop.humanPlease.click();
    await mia.take(await shop.chat.receipt());
    await mia.answer("Secret words");
    await expect(shop.chat.messages("Mia · human", "Secret words")).toBeVisible();
    await expect.poll(() => heard(page, "message")).toEqual([{ author: "agent", seq: expect.any(Number) }]);
    expect(JSON.stringify(await page.evaluate(() => window.heard))).not.toMatch(/Secret|Mia/);
    const before = await page.evaluate(() => {
      for (const unsubscribe of window.unsubscribe) unsubscribe();
      return window.heard.length;
    });
    await mia.answer("More secret words");
    await expect(shop.chat.messages("Mia · human", "More secret words")).toBeVisible();
    await call(page, "close");
    await expect(shop.openChat).toBeVisible();
    expect(await page.evaluate(() => window.heard.length)).toBe(before);
  });

  test("opens by any element that says so, and gives the focus back to it", async () => {
    const ask = page.getByRole("button", { name: "Ask us" });
    await ask.click();
    await expect(shop.chat.message).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(shop.frame).toBeHidden();
    await expect(ask).toBeFocused();
  });

  test("asks for a person by any element that says so, also inside of it", async () => {
    await page.getByText("person", { exact: true }).click();
    await expect(shop.chat.event(/You asked for a person/)).toBeVisible();
    expect(new URL(page.url()).hash).toBe("");
  });

  test("gives the focus back to the launcher on Escape and on Close chat", async () => {
    await shop.openChat.click();
    await expect(shop.chat.message).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(shop.openChat).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(shop.chat.message).toBeFocused();
    await shop.chat.close.click();
    await expect(shop.openChat).toBeFocused();
  });

  test("counts what arrives while it is closed", async ({ cast, server }) => {
    const title = await page.title();
    const mia = await cast.desk(await server.employ("merchant", "mia@merchant.example", "Mia"));
    await shop.humanPlease.click();
    await mia.take(await shop.chat.receipt());
    await expect(shop.chat.person).toContainText("Mia · human");
    await shop.chat.close.click();
    await mia.answer("Are you still there?");
    await expect(page).toHaveTitle(`(1) ${title}`);
    await expect(shop.openChat).toHaveAccessibleName("Open chat, 1 unread message");
    await mia.answer("I have found your order.");
    await expect(shop.openChat).toHaveAccessibleName("Open chat, 2 unread messages");
    // The page's own title is whatever the page makes of it meanwhile.
    await expect(page).toHaveTitle(`(2) ${title}`);
    await page.evaluate(() => (document.title = "Basket"));
    await mia.answer("It left yesterday.");
    await expect(page).toHaveTitle("(3) Basket");
    await expect(mia.messages("Mia · human", "It left yesterday.")).toContainText("Sent");
    await shop.openChat.click();
    await expect(shop.chat.messages("Mia · human")).toHaveCount(3);
    await expect(page).toHaveTitle("Basket");
    await expect(mia.messages("Mia · human", "It left yesterday.")).toContainText("Seen");
    await shop.chat.close.click();
    await expect(shop.openChat).toHaveAccessibleName("Open chat");
  });

  test("listens to its own frame only", async ({ server }) => {
    await shop.openChat.click();
    await expect(shop.chat.message).toBeFocused();
    // The merchant's own page, and another frame of it, pretend to be ours.
    await page.evaluate(async () => {
      const forged = ["close", "human", "message", "unread", "error"].map((type) => ({ humanPlease: 1, type, detail: { count: 9 } }));
      for (const message of forged) window.postMessage(message, "*");
      await new Promise((delivered) => {
        addEventListener("message", ({ data }) => data === "last" && delivered(data));
        window.postMessage("last", "*");
      });
    });
    await expect(shop.frame).toBeVisible();
    // And the other way round: the frame does not do what a page that is not its parent says.
    const chat = page.frames().find((frame) => frame.url().startsWith(server.origin));
    await chat?.evaluate(async () => {
      window.postMessage({ humanPlease: 1, type: "human" }, "*");
      await new Promise((delivered) => {
        addEventListener("message", ({ data }) => data === "last" && delivered(data));
        window.postMessage("last", "*");
      });
    });
    await expect(shop.chat.humanPlease).toBeVisible();
    expect(await heard(page, "human")).toEqual([]);
    expect(await heard(page, "close")).toEqual([]);
  });

  test("forgets the visitor when told to", async () => {
    await shop.openChat.click();
    await shop.chat.say("Whoever uses this computer next should not read this");
    await expect(shop.chat.messages("You")).toContainText("Sent");
    await call(page, "reset");
    await expect(shop.chat.messages("You")).toHaveCount(0);
    // The method as the listener itself, which is called with an event that no frame could be sent.
    await shop.chat.say("Nor this");
    await expect(shop.chat.messages("You")).toContainText("Sent");
    await page.evaluate(() => {
      addEventListener("signout", (window.HumanPlease as HumanPlease).reset);
      dispatchEvent(new Event("signout"));
    });
    await expect(shop.chat.messages("You")).toHaveCount(0);
    await page.reload();
    await shop.openChat.click();
    await expect(shop.chat.message).toBeFocused();
    await expect(shop.chat.messages("You")).toHaveCount(0);
  });
});

test("does what was asked before it had loaded", async ({ cast, merchant }) => {
  const page = await cast.page();
  const shop = new Shop(page);
  await page.addInitScript(() => {
    if (window.parent !== window) return;
    const calls: unknown[] = [];
    window.heard = [];
    (window as { HumanPlease?: unknown }).HumanPlease = calls;
    calls.push(["on", "human", (detail: unknown) => window.heard.push(["human", detail])]);
    calls.push(["human"]);
  });
  await page.goto(merchant.origin);
  await expect(shop.chat.event(/You asked for a person/)).toBeVisible();
  await expect.poll(() => heard(page, "human")).toHaveLength(1);
});

test("draws one launcher where the tag is on the page twice", async ({ cast, merchant }) => {
  const once = merchant.tag;
  merchant.tag = (src) => once(src) + once(src);
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await expect(shop.openChat).toHaveCount(1);
  await shop.openChat.click();
  await expect(shop.frame).toHaveCount(1);
  await expect(shop.chat.message).toBeFocused();
});

test("says how else to reach the shop where the chat does not answer", async ({ cast, merchant, server, watch }) => {
  watch.expect(LOST_CONNECTION);
  merchant.tag = (src) => `<script async src="${src}" data-site="merchant" data-contact="Call 020 7946 0112."></script>`;
  const page = await cast.page();
  await page.clock.install();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await expect(shop.openChat).toBeVisible();
  await server.kill();
  await shop.humanPlease.click();
  await page.clock.fastForward(8_000);
  await expect(page.getByRole("alert")).toContainText("Call 020 7946 0112.");
  await page.getByRole("button", { name: "Close chat" }).click();
  await expect(shop.humanPlease).toBeFocused();
});

test("is not shown by a page that the site does not allow", async ({ cast, merchant, watch }) => {
  watch.expect(/frame-ancestors|Framing/);
  // The demo's site allows no page but the demo's own.
  merchant.tag = (src) => `<script async src="${src}" data-site="${DEMO}"></script>`;
  const page = await cast.page();
  await page.clock.install();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.openChat.click();
  await page.clock.fastForward(8_000);
  await expect(page.getByRole("alert")).toContainText("If you see the chat");
  await expect(shop.chat.message).toHaveCount(0);
});
