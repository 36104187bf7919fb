// The launcher in pages that are not as they should be: that replace themselves, name their elements like the browser's own
// things, or change what objects do. One widget, one socket, the focus where it was, and the way to a person (A2, S19).
import type { Page } from "@playwright/test";
import type { HumanPlease } from "../../../public/embed";
import { expect, merchantTest as test } from "../story";
import { Shop } from "../people/shop";
import type { Merchant } from "../merchant";
import type { Server } from "../server";
import { LOST_CONNECTION, type Watch } from "../watch";

/** The shop's page with the chat open and a message said in it. */
async function inConversation(page: Page, origin: string): Promise<Shop> {
  await page.goto(origin);
  const shop = new Shop(page);
  await shop.openChat.click();
  await shop.chat.say("Is my order on its way?");
  await expect(shop.chat.messages("You")).toContainText("Sent");
  return shop;
}

/** The page by the name of our server: a frame of the same site may keep the conversation when it loads again. */
async function neighbour(merchant: Merchant, server: Server, watch: Watch): Promise<string> {
  await server.set("site", "set", merchant.key, "--origin", merchant.neighbour);
  // A running server reads its sites again every few seconds.
  const policy = async () => (await fetch(`${server.origin}/chat/${merchant.key}`)).headers.get("content-security-policy");
  await expect.poll(policy).toContain(merchant.neighbour);
  watch.allow(merchant.neighbour);
  return merchant.neighbour;
}

/** How many sockets of the page are open. */
function sockets(page: Page): () => number {
  let open = 0;
  page.on("websocket", (socket) => {
    open += 1;
    socket.on("close", () => (open -= 1));
  });
  return () => open;
}

test("a page that replaces its body keeps the conversation, one that replaces everything finds it again", async ({
  cast,
  merchant,
  server,
  watch,
}) => {
  const page = await cast.page();
  const open = sockets(page);
  const shop = await inConversation(page, await neighbour(merchant, server, watch));
  await page.evaluate(() => {
    const body = document.createElement("body");
    body.innerHTML = "<h1>Another page</h1>";
    document.body.replaceWith(body);
  });
  await expect(page.getByRole("heading", { name: "Another page" })).toBeVisible();
  await expect(shop.chat.messages("You")).toHaveCount(1);
  await page.evaluate(() => (document.documentElement.innerHTML = "<head></head><body><h1>A third page</h1></body>"));
  await expect(shop.chat.messages("You")).toHaveCount(1);
  await page.evaluate(() => {
    const html = document.createElement("html");
    html.append(document.createElement("head"), document.createElement("body"));
    document.replaceChild(html, document.documentElement);
  });
  await expect(shop.chat.messages("You")).toHaveCount(1);
  await shop.chat.say("Are you still there?");
  await expect(shop.chat.messages("You")).toHaveCount(2);
  await expect(shop.frame).toHaveCount(1);
  await expect.poll(open).toBe(1);
  await shop.chat.close.click();
  await expect(shop.openChat).toBeFocused();
});

test("a frame that the page takes out and puts back loads again, and the conversation goes on", async ({
  cast,
  merchant,
  server,
  watch,
}) => {
  const page = await cast.page();
  const open = sockets(page);
  const shop = await inConversation(page, await neighbour(merchant, server, watch));
  await page.evaluate(() => {
    const host = document.querySelector("human-please");
    host?.remove();
    if (host) document.body.append(host);
  });
  await expect(shop.chat.messages("You")).toHaveCount(1);
  await page.evaluate(() => document.querySelector("human-please")?.shadowRoot?.querySelector("iframe")?.remove());
  await page.evaluate(() => {
    const chat = window.HumanPlease as HumanPlease;
    chat.close();
    chat.human();
  });
  await expect(shop.chat.messages("You")).toHaveCount(1);
  await expect(shop.chat.event(/You asked for a person/)).toHaveCount(1);
  await expect(shop.frame).toHaveCount(1);
  await expect.poll(open).toBe(1);
});

test("elements that are named like the browser's own things change nothing", async ({ cast, merchant }) => {
  const names = ["currentScript", "activeElement", "createElementNS", "querySelector", "addEventListener", "HumanPlease"];
  merchant.body = `<main><h1>A merchant</h1></main>
    <form id="HumanPlease"><input name="on"><input name="push"><input name="length"></form>
    <form id="ask" data-human-please="open"><input name="getAttribute"><input name="dataset"><button id="us" type="button">Ask us</button></form>
    ${names.map((name) => `<img name="${name}" id="${name}" alt="" data-site="evil" src="data:,${name}">`).join("")}`;
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  // By its place: what looks for elements by their role, or asks whether they can be pressed, stumbles over this form.
  const { x, y, width, height } = (await page.locator("#us").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.locator("#ask").evaluate((form) => form.parentNode?.removeChild(form));
  await expect(shop.chat.message).toBeFocused();
  await page.keyboard.press("Escape");
  await shop.humanPlease.click();
  await expect(shop.chat.event(/You asked for a person/)).toBeVisible();
});

test("scripts that change what objects, arrays and elements do neither break the launcher nor get into its frame", async ({ cast, merchant, watch }) => {
  // The test's own script in the page stumbles, which is from nowhere; ours is from the server.
  watch.expect(/not this one\n\s+at Array\.refuse \(<anonymous>:\d+:\d+\)\n\s+at MutationObserver\.<anonymous> \(<anonymous>:/);
  const page = await cast.page();
  const shop = new Shop(page);
  await page.addInitScript(() => {
    if (window.parent !== window) return;
    const refuse = () => {
      throw new Error("not this one");
    };
    for (const name of ["at", "every", "filter", "find", "flat", "forEach", "includes", "map", "push", "reduce", "some"])
      Object.defineProperty(Array.prototype, name, { value: refuse, writable: true, configurable: true });
    for (const name of ["append", "prepend", "remove", "replaceChildren", "closest", "matches", "toggleAttribute"])
      Object.defineProperty(Element.prototype, name, { value: refuse, writable: true, configurable: true });
    Object.defineProperties(JSON, { parse: { value: refuse }, stringify: { value: refuse } });
    // As old libraries do: for everybody, and to be found by `for … in`.
    const given = { srcdoc: "<script>top.reached = 1</script>", onclick: "top.reached = 1", src: "data:,", integrity: "sha256-no", href: "data:," };
    for (const [name, value] of Object.entries(given)) (Object.prototype as Record<string, unknown>)[name] = value;
  });
  await page.goto(merchant.origin);
  await shop.humanPlease.click();
  await expect(shop.chat.event(/You asked for a person/)).toBeVisible();
  await expect(shop.frame).not.toHaveAttribute("srcdoc");
  await expect(shop.frame).toHaveAttribute("src", /\/chat\/merchant\?/);
  await shop.chat.close.click();
  await expect(shop.humanPlease).toBeFocused();
});

test("a module, of which the browser does not say which script runs, finds its tag", async ({ cast, merchant }) => {
  merchant.tag = (src) => `<script type="module" src="${src}" data-site="merchant"></script>`;
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
});

test("a page that allows scripts by a nonce alone, and no strings as scripts, needs nothing more", async ({ cast, merchant }) => {
  merchant.scripts = "'nonce-4f7a'; require-trusted-types-for 'script'; trusted-types 'none'";
  merchant.tag = (src) => `<script async src="${src}" data-site="merchant" nonce="4f7a"></script>`;
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
  await shop.chat.close.click();
  await expect(shop.openChat).toBeFocused();
});

test("a press is kept until the loader's other half is there, however long after the conversation that comes", async ({ cast, merchant }) => {
  const page = await cast.page();
  let arrive: () => void = () => undefined;
  const arrival = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/assets/loader/panel*", async (route) => {
    await arrival;
    await route.continue();
  });
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.humanPlease.click();
  // The conversation offers to be closed, so it runs.
  await expect(shop.chat.close).toBeVisible();
  arrive();
  await expect(shop.chat.event(/You asked for a person/)).toBeVisible();
  await shop.chat.close.click();
  await expect(shop.humanPlease).toBeFocused();
  await shop.openChat.click();
  await expect(shop.chat.message).toBeFocused();
});

test("a server that comes back is reached by the next press", async ({ cast, merchant, server, watch }) => {
  watch.expect(LOST_CONNECTION);
  const page = await cast.page();
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await expect(shop.openChat).toBeVisible();
  await server.kill();
  await shop.openChat.click();
  // At once: the other half does not come either.
  await expect(page.getByRole("alert")).toContainText("it cannot be reached now");
  await page.getByRole("button", { name: "Close chat" }).click();
  await expect(shop.openChat).toBeFocused();
  await server.restart();
  await shop.humanPlease.click();
  await expect(shop.chat.event(/You asked for a person/)).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a page that is older than the server's other half gets the one that there is", async ({ cast, merchant }) => {
  const page = await cast.page();
  await page.route("**/embed.js", async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const older = script.replace(/panel-[0-9a-f]{16}\.js/, "panel-0123456789abcdef.js");
    expect(older).not.toBe(script);
    await route.fulfill({ response, body: older });
  });
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.humanPlease.click();
  await expect(shop.chat.event(/You asked for a person/)).toBeVisible();
});

/** What the browser counts of the page, after it has thrown away what nobody holds. */
async function counted(page: Page): Promise<{ nodes: number; listeners: number; frames: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  await session.detach();
  return { nodes: of("Nodes"), listeners: of("JSEventListeners"), frames: of("Frames") };
}

test("a hundred times open and closed, and a hundred times another page around it, leave nothing behind", async ({ cast, merchant }) => {
  const page = await cast.page();
  const open = sockets(page);
  const shop = await inConversation(page, merchant.origin);
  await shop.chat.close.click();
  const source = await page.locator("script[data-site]").getAttribute("src");
  const cycles = (count: number) =>
    page.evaluate(
      async ([count, source]) => {
        const chat = window.HumanPlease as HumanPlease;
        for (let cycle = 0; cycle < count; cycle++) {
          chat.open();
          chat.close();
          chat.on("open", () => undefined)();
          // As Turbo does it: another body, in which the tag runs again.
          const body = document.createElement("body");
          const tag = document.createElement("script");
          tag.src = source;
          tag.dataset.site = "merchant";
          const loaded = new Promise((done) => tag.addEventListener("load", done));
          body.append(tag);
          document.body.replaceWith(body);
          await loaded;
        }
      },
      [count, source ?? ""] as const,
    );
  await cycles(10);
  await expect.poll(async () => (await counted(page)).frames).toBe(2);
  const before = await counted(page);
  await cycles(100);
  await expect
    .poll(async () => {
      const after = await counted(page);
      return { nodes: after.nodes <= before.nodes + 20, listeners: after.listeners <= before.listeners + 5, frames: after.frames };
    })
    .toEqual({ nodes: true, listeners: true, frames: 2 });
  expect(open()).toBe(1);
  await expect(page.locator("human-please")).toHaveCount(1);
  await shop.openChat.click();
  await expect(shop.chat.messages("You")).toHaveCount(1);
});
