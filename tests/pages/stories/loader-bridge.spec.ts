// Nobody but the page in our own frame is heard, nobody but the page around it is obeyed, and code that was changed on its way
// does not run (S11, S19).
import { createHash } from "node:crypto";
import type { Frame, Page } from "@playwright/test";
import { expect, merchantTest as test } from "../story";
import { Shop } from "../people/shop";

declare global {
  interface Window {
    noticed: string[];
    overheard: unknown[];
  }
}

const TYPES = ["ready", "open", "close", "message", "unread", "human", "queue", "error"] as const;

async function listen(page: Page): Promise<void> {
  await page.evaluate((types) => {
    window.noticed = [];
    for (const type of types) (window.HumanPlease as { on: (type: string, heard: () => void) => void }).on(type, () => window.noticed.push(type));
  }, TYPES);
}

/** Messages of every shape, from nearly right to nonsense, the same ones for the same seed. */
function forgeries(seed: number, count: number): unknown[] {
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const details = [undefined, null, {}, { count: 9 }, { count: "9" }, { author: "bot", seq: 1 }, { receipt: 7 }, { code: "x" }, [], "text"];
  return Array.from({ length: count }, () => {
    const message = { humanPlease: one([1, 1, 1, "1", 2, true]), type: one([...TYPES, "reset", "identify", "constructor", 7, null]), detail: one(details) };
    return one([message, message, message, JSON.stringify(message), null, 1, [message]]);
  });
}

/** Says all of it to a window, and returns when it has been delivered. */
async function say(from: Page | Frame, to: "self" | "parent" | "chat", messages: unknown[]): Promise<void> {
  await from.evaluate(
    async ([to, messages]) => {
      const chat = () => parent.document.querySelector("human-please")?.shadowRoot?.querySelector("iframe")?.contentWindow;
      const target = to === "self" ? window : to === "parent" ? parent : chat();
      for (const message of messages as unknown[]) target?.postMessage(message, "*");
      await new Promise((delivered) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = delivered;
        channel.port2.postMessage(0);
      });
    },
    [to, messages] as const,
  );
}

/** S11. */
test("no other window is heard or obeyed, whatever it says", async ({ cast, merchant, server }) => {
  const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_648);
  console.info(`SEED=${seed}`);
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
  await listen(page);
  // Frames beside ours: the merchant's own, and one of our own server's, which is right about the origin.
  await page.evaluate((src) => {
    const own = document.createElement("iframe");
    own.name = "own";
    const ours = document.createElement("iframe");
    ours.name = "ours";
    ours.src = src;
    document.body.append(own, ours);
  }, `${server.origin}/chat/merchant?host=${encodeURIComponent(merchant.origin)}`);
  const sibling = () => page.frame({ name: "ours" });
  await expect.poll(() => sibling()?.locator("#message").count()).toBe(1);
  const [own, ours] = [page.frame({ name: "own" }), sibling()];
  if (!own || !ours) throw new Error("the page has no frames beside ours");
  await own.evaluate(() => {
    window.overheard = [];
    addEventListener("message", ({ data }) => window.overheard.push(data));
  });

  const messages = forgeries(seed, 300);
  await say(page, "self", messages);
  for (const frame of [own, ours]) await say(frame, "parent", messages);
  // The launcher's shadow keeps its frame from those of other origins: only one of the page's own origin finds it.
  expect(await ours.evaluate(() => parent.length)).toBe(2);
  await say(own, "chat", messages);
  // And an event that a script has made up, with the right origin and the right source.
  await page.evaluate(
    ([origin, types]) => {
      const frame = document.querySelector("human-please")?.shadowRoot?.querySelector("iframe");
      for (const type of types)
        dispatchEvent(new MessageEvent("message", { origin, source: frame?.contentWindow ?? null, data: { humanPlease: 1, type, detail: { count: 9 } } }));
    },
    [server.origin, TYPES] as const,
  );

  await expect(shop.frame).toBeVisible();
  await expect(shop.chat.humanPlease).toBeVisible();
  await expect(shop.chat.event("You asked for a person")).toHaveCount(0);
  expect(await page.evaluate(() => window.noticed)).toEqual([]);
  // What the page inside says goes to the page around it, and to nobody beside it.
  const before = await own.evaluate(() => window.overheard.length);
  await shop.chat.say("Between us");
  await expect(shop.chat.messages("You", "Between us")).toContainText("Sent");
  expect(await own.evaluate(() => window.overheard.length)).toBe(before);
});

/** S11. */
test("even the page inside says only what is in the contract", async ({ cast, merchant, server }) => {
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
  await listen(page);
  const inside = page.frames().find((frame) => frame.url().startsWith(server.origin));
  await inside?.evaluate((origin) => {
    const wrong: [unknown, unknown][] = [
      ["open", {}],
      ["unread", { count: "<b>9</b>" }],
      ["unread", undefined],
      ["human", { receipt: "7" }],
      ["message", { author: "bot" }],
      ["constructor", {}],
      ["__proto__", {}],
      [7, {}],
    ];
    for (const [type, detail] of wrong) parent.postMessage({ humanPlease: 1, type, detail }, origin);
    parent.postMessage({ humanPlease: 1, type: "error", detail: { code: "last", text: "not in the contract" } }, origin);
  }, merchant.origin);
  await expect.poll(() => page.evaluate(() => window.noticed)).toEqual(["error"]);
});

const digest = (text: string) => `sha384-${createHash("sha384").update(text).digest("base64")}`;

/** S19. */
test("a pinned loader runs, and with one byte changed in either half that half does not", async ({ cast, merchant, server, watch }) => {
  watch.expect(/integrity|ERR_FAILED/i);
  const source = `${server.origin}/embed.js?locale=en`;
  const served = await (await fetch(source)).text();
  merchant.tag = () => `<script async src="${source}" data-site="merchant" integrity="${digest(served)}" crossorigin></script>`;
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
  await expect(page.locator("human-please")).toHaveAttribute("lang", "en");

  const tampered = await cast.page();
  await tampered.clock.install();
  await tampered.route("**/assets/loader/panel*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()};window.tampered=1` });
  });
  await tampered.goto(merchant.origin);
  const other = new Shop(tampered);
  await other.humanPlease.click();
  await expect(tampered.getByRole("alert")).toContainText("press Human please there");
  expect(await tampered.evaluate(() => "tampered" in window)).toBe(false);
  // And the way to a person is there all the same.
  await other.chat.humanPlease.click();
  await expect(other.chat.event(/You asked for a person/)).toBeVisible();

  await tampered.route("**/embed.js*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()};window.tampered=1` });
  });
  await tampered.reload();
  await expect(tampered.getByRole("heading", { name: "A merchant" })).toBeVisible();
  await expect(other.openChat).toHaveCount(0);
  expect(await tampered.evaluate(() => "tampered" in window)).toBe(false);
});

/** S19. */
test("the conversation cannot read the merchant's page, nor the page the conversation", async ({ cast, merchant, server }) => {
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
  const inside = page.frames().find((frame) => frame.url().startsWith(server.origin));
  const reach = (read: () => unknown): string => {
    try {
      return String(read());
    } catch (error) {
      return (error as Error).name;
    }
  };
  expect(await inside?.evaluate(`(${reach})(() => parent.document.title)`)).toBe("SecurityError");
  expect(await page.evaluate(`(${reach})(() => document.querySelector("human-please").shadowRoot.querySelector("iframe").contentWindow.document.title)`)).toBe("SecurityError");
});
