// The conversation page in an app's webview: what it tells the app, what the app can have it do, and how it keeps clear of
// notches and keyboards (S11, A3, A7). The app is played by the objects that each platform puts into a page.
import type { Page } from "@playwright/test";
import { Chat, takenOver } from "../people/visitor";
import { DEMO } from "../server";
import { expect, merchantTest, test } from "../story";

type Platform = "ios" | "android" | "react-native";

interface App {
  told: string[];
}

/** What the app heard, one JSON text each. */
const told = (page: Page) => page.evaluate(() => (window as unknown as App).told);

const toldOf = async (page: Page, type: string) => (await told(page)).filter((json) => JSON.parse(json).type === type);

/** Calls the page as an app does: with the one line that is right before the page has loaded and after. */
const push = (page: Page, ...call: string[]) =>
  page.evaluate((call) => {
    const there = window as unknown as { HumanPlease?: { push(call: string[]): unknown } | string[][] };
    const calls = (there.HumanPlease = there.HumanPlease || []);
    (calls as string[][]).push(call);
  }, call);

/** Puts into every page what an app of this platform does. */
async function pretendToBe(platform: Platform, page: Page): Promise<void> {
  await page.addInitScript((platform) => {
    const app = window as unknown as App & Record<string, unknown>;
    app.told = [];
    const bridge = {
      postMessage(text: unknown) {
        if (this !== bridge) throw new TypeError("Illegal invocation");
        if (typeof text !== "string") throw new TypeError("a bridge takes texts");
        app.told.push(text);
      },
    };
    if (platform === "ios") app.webkit = { messageHandlers: { humanPlease: bridge } };
    if (platform === "android") app.HumanPleaseAndroid = bridge;
    if (platform === "react-native") app.ReactNativeWebView = bridge;
  }, platform);
}

for (const platform of ["ios", "android", "react-native"] as const) {
  test(`tells an app on ${platform} what happens, as one JSON text each, and never what was written`, async ({ cast }) => {
    const page = await cast.page();
    await pretendToBe(platform, page);
    const taken = takenOver(page);
    const { chat } = await cast.visitorOn(page);
    await taken;
    await expect.poll(() => told(page)).toEqual(['{"humanPlease":1,"type":"ready"}', '{"humanPlease":1,"type":"open"}']);

    await chat.humanPlease.click();
    const receipt = await chat.receipt();
    await expect.poll(() => toldOf(page, "human")).toEqual([`{"humanPlease":1,"type":"human","detail":{"receipt":${receipt}}}`]);
    await expect
      .poll(() => toldOf(page, "queue"))
      .toContainEqual(expect.stringMatching(/^\{"humanPlease":1,"type":"queue","detail":\{"position":1,"waited":\d+\}\}$/));

    const ana = await cast.agent("ana");
    await ana.take(receipt);
    await chat.say("My secret is Rumpelstilzchen");
    await ana.answer("Mine is Gesundheit");
    await expect(chat.messages("Ana · human", "Gesundheit")).toBeVisible();
    await expect
      .poll(() => toldOf(page, "message"))
      .toContainEqual(expect.stringMatching(/^\{"humanPlease":1,"type":"message","detail":\{"author":"agent","seq":\d+\}\}$/));
    expect((await told(page)).join()).not.toMatch(/Rumpelstilzchen|Gesundheit|Ana|token/);
  });
}

test("does what an app asks for, before it has loaded and after", async ({ cast }) => {
  const page = await cast.page();
  await pretendToBe("android", page);
  // Before the page is there: an app has no way to know when it is.
  await page.addInitScript(() => {
    (window as unknown as { HumanPlease: unknown }).HumanPlease = [["human"], ["say", "Words in somebody's mouth"], "human", null];
  });
  const { chat } = await cast.visitorOn(page);
  await expect(chat.event(/You asked for a person/)).toHaveCount(1);
  await push(page, "human");
  await push(page, "close");
  await expect.poll(() => toldOf(page, "close")).toHaveLength(1);

  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await ana.answer("Are you there?");
  await expect.poll(async () => (await toldOf(page, "unread")).at(-1)).toBe('{"humanPlease":1,"type":"unread","detail":{"count":1}}');
  await expect(ana.messages("Ana · human", "Are you there?")).toContainText("Sent");

  await push(page, "toggle");
  await expect.poll(async () => (await toldOf(page, "unread")).at(-1)).toBe('{"humanPlease":1,"type":"unread","detail":{"count":0}}');
  await expect(chat.message).toBeFocused();
  await expect.poll(() => toldOf(page, "open")).toHaveLength(2);
  await expect(chat.event(/You asked for a person/)).toHaveCount(1);
  await expect(chat.messages("You")).toHaveCount(0);

  const loaded = page.waitForEvent("load");
  await push(page, "reset");
  await loaded;
  await expect(chat.event(/You asked for a person/)).toHaveCount(1); // the app's own list asks again, for somebody new
  await expect(chat.messages("Ana · human")).toHaveCount(0);
});

test("goes on in another language where an app asks for it, with what was being written", async ({ cast }) => {
  const page = await cast.page();
  const { chat } = await cast.visitorOn(page);
  await expect.poll(() => page.evaluate(() => typeof (window as { HumanPlease?: unknown }).HumanPlease)).toBe("object");
  await chat.message.fill("A begun sentence");
  const loaded = page.waitForURL(/[?&]locale=en-GB/);
  await push(page, "setLocale", "en-GB");
  await loaded;
  await expect(page.locator("html")).toHaveAttribute("lang", "en-GB");
  await expect(chat.message).toHaveValue("A begun sentence");
});

test("offers to close the chat where an app can show it again, and not in a tab", async ({ cast }) => {
  const tab = await cast.visitor();
  await expect(tab.chat.close).toBeHidden();
  await tab.page.keyboard.press("Escape");

  const page = await cast.page();
  await pretendToBe("ios", page);
  const { chat } = await cast.visitorOn(page);
  await chat.close.click();
  await expect.poll(() => toldOf(page, "close")).toHaveLength(1);
  await chat.message.press("Escape");
  await expect.poll(() => toldOf(page, "close")).toHaveLength(2);
});

test("a page on its own obeys no message, from whatever window", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await page.evaluate(async () => {
    const human = { humanPlease: 1, type: "human" };
    window.postMessage(human, location.origin);
    window.postMessage(JSON.stringify(human), "*");
    for (const target of [window, document]) {
      target.dispatchEvent(new MessageEvent("message", { data: human, origin: location.origin, source: window }));
    }
    await new Promise((delivered) => {
      addEventListener("message", ({ data }) => data === "last" && delivered(data));
      window.postMessage("last", "*");
    });
  });
  await expect(chat.humanPlease).toBeVisible();
  await expect(chat.event(/You asked for a person/)).toHaveCount(0);
});

merchantTest("a page in a frame tells nobody but the page that its address names", async ({ cast, merchant, server, watch }) => {
  watch.expect(/frame-ancestors|Framing|postMessage/);
  const heardIn = async (query: string, name: string) => {
    const page = await cast.page();
    // The same app for the frame too: nothing may go round the frame's own rule.
    await pretendToBe("ios", page);
    merchant.body = `<main><h1>A merchant</h1><iframe title="chat" src="${server.origin}/chat/merchant${query}"></iframe></main>`;
    merchant.tag = () => "";
    await page.addInitScript(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      addEventListener("message", ({ data }) => heard.push(data));
    });
    const taken = takenOver(page);
    await page.goto(merchant.origin);
    await taken;
    const frame = page.frames().find((frame) => frame.url().startsWith(server.origin));
    await expect(new Chat(page.frameLocator("iframe")).message, name).toBeVisible();
    expect(await frame?.evaluate(() => "HumanPlease" in window), "only a page on its own takes calls").toBe(false);
    return {
      parent: await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard),
      app: (await frame?.evaluate(() => (window as unknown as App).told)) ?? [],
    };
  };

  const named = await heardIn(`?host=${encodeURIComponent(merchant.origin)}`, "named");
  expect(named.parent).toContainEqual({ humanPlease: 1, type: "ready" });
  expect(named.app).toContain('{"humanPlease":1,"type":"ready"}');
  expect(await heardIn("", "not named")).toEqual({ parent: [], app: [] });
  expect(await heardIn(`?host=${encodeURIComponent("https://other.example")}`, "another")).toEqual({ parent: [], app: [] });
});

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

test("keeps clear of the notch and the home bar", async ({ cast }) => {
  const { chat, page } = await cast.visitor(PHONE);
  const session = await page.context().newCDPSession(page);
  const before = await chat.message.boundingBox();
  await session.send("Emulation.setSafeAreaInsetsOverride", { insets: { top: 47, left: 20, bottom: 34, right: 10 } });
  await expect.poll(() => page.locator(".head").evaluate((head) => getComputedStyle(head).paddingTop)).toBe("59px");
  const main = page.getByRole("main");
  expect(await main.evaluate((main) => getComputedStyle(main).paddingLeft)).toBe("20px");
  expect(await main.evaluate((main) => getComputedStyle(main).paddingRight)).toBe("10px");
  const after = await chat.message.boundingBox();
  expect(Math.round((before?.y ?? 0) - (after?.y ?? 0))).toBe(34);
  await expect(chat.humanPlease).toBeInViewport({ ratio: 1 });
});

test("an on-screen keyboard that makes the page smaller never covers the text box", async ({ cast }) => {
  const { chat, page } = await cast.visitor(PHONE);
  for (let number = 1; number <= 12; number += 1) await chat.say(`Message ${number}`);
  const last = chat.messages("You", "Message 12");
  await expect(last).toBeInViewport();
  await chat.message.tap();
  await page.setViewportSize({ width: 390, height: 460 });
  await expect(chat.message).toBeInViewport({ ratio: 1 });
  await expect(chat.send).toBeInViewport({ ratio: 1 });
  await expect(chat.humanPlease).toBeInViewport({ ratio: 1 });
  // A phone on its side, with a keyboard: hardly any page is left.
  await page.setViewportSize({ width: 844, height: 190 });
  await expect(chat.message).toBeInViewport({ ratio: 1 });
});

test("an on-screen keyboard that lies over the page never covers the text box", async ({ cast }) => {
  const page = await cast.page(PHONE);
  // As on iOS: the page stays as large as it was, and only the visual viewport tells.
  await page.addInitScript(() => {
    const view = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, pageTop: 0, scale: 1 });
    Object.defineProperty(window, "visualViewport", { value: view });
  });
  const taken = takenOver(page);
  const { chat } = await cast.visitorOn(page);
  await taken;
  for (let number = 1; number <= 12; number += 1) await chat.say(`Message ${number}`);
  await expect(chat.messages("You", "Message 12")).toBeInViewport();

  const view = (height: number, top: number, scale = 1) =>
    page.evaluate(
      ([height, top, scale]) => {
        Object.assign(window.visualViewport as object, { height, offsetTop: top, pageTop: top, scale });
        window.visualViewport?.dispatchEvent(new Event("resize"));
      },
      [height, top, scale] as const,
    );
  const bottomOf = async () => {
    const box = await chat.message.boundingBox();
    return (box?.y ?? 0) + (box?.height ?? 0);
  };

  await chat.message.tap();
  await view(480, 0);
  await expect.poll(bottomOf).toBeLessThan(480);
  const lastMessage = await chat.messages("You", "Message 12").boundingBox();
  expect(lastMessage?.y, "the end of the conversation stays in view").toBeLessThan(480);
  // Safari pushes the page up to show the box, although it is in view.
  await view(480, 120);
  await expect.poll(bottomOf).toBeLessThan(600);
  const head = await page.locator(".head").boundingBox();
  expect(head?.y).toBe(120);
  // Enlarged by two fingers, a part of the page is shown on purpose.
  const before = await bottomOf();
  await view(240, 300, 2);
  expect(await bottomOf()).toBe(before);
  await view(844, 0);
  await expect.poll(bottomOf).toBeGreaterThan(700);
});

/** Parts two fingers on the page. */
async function pinch(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const fingers = (apart: number) => [195 - apart, 195 + apart].map((x, id) => ({ x, y: 300, id }));
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: fingers(30) });
  for (let apart = 40; apart <= 150; apart += 10) {
    await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: fingers(apart) });
  }
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

test("lets people zoom by two fingers", async ({ cast }) => {
  const { page } = await cast.visitor(PHONE);
  await expect(page.locator('meta[name="viewport"]')).not.toHaveAttribute("content", /user-scalable|maximum-scale/);
  await pinch(page);
  await expect.poll(() => page.evaluate(() => window.visualViewport?.scale ?? 0)).toBeGreaterThan(2);
});

test("the sample of a plain frame runs, hears the chat and calls it", async ({ cast }) => {
  const page = await cast.page();
  await page.goto(`/demo/webview/plain.html?site=${DEMO}`);
  const chat = new Chat(page.frameLocator("#chat"));
  await expect(page.getByRole("log", { name: "What it told" })).toContainText('"type":"ready"');
  await page.getByRole("button", { name: "Ask for a person" }).click();
  await expect(chat.event(/You asked for a person/)).toBeVisible();
  await expect(page.getByRole("log", { name: "What it told" })).toContainText('"type":"human"');
  await chat.close.click();
  await expect(chat.message).toBeHidden();
  await page.getByRole("button", { name: "Open the chat" }).click();
  await expect(chat.message).toBeFocused();
});
