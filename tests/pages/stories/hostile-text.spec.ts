// S1, S2: whatever people, names and articles contain, every page shows it as text: nothing runs, nothing is fetched, nothing
// poses as something else. The watch over every page fails the story on a dialog, a script error, a request to anybody else
// or a breach of the page's policy.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { Chat, DELIVERED } from "../people/visitor";
import { Server } from "../server";
import { expect, test as base } from "../story";

const SITE = "hostile";
const SHOP = `<script>alert("shop")</script> & "Sons"`;
const AGENT = `<img src=x onerror=alert("name")>`;
const ARTICLE = `# Zeppelin <img src=x onerror=alert("title")> hire

How long the hire of a zeppelin takes: a zeppelin <script>alert("article")</script> takes [two days](javascript:alert(1)), or
![a picture](http://evil.example/x.png) three to an island.
`;

const HELP = fileURLToPath(new URL("../../../public/help/", import.meta.url));

const PAYLOADS = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `<svg/onload=alert(1)>`,
  `</textarea></p></li><h1>Not a heading</h1>`,
  `javascript:alert(1)`,
  `JaVaScRiPt&colon;alert(1) data:text/html,<script>alert(1)</script> vbscript:x file:///etc/passwd`,
  `{{constructor.constructor("alert(1)")()}} \${alert(1)} %3Cscript%3Ealert(1)%3C/script%3E`,
  `\u202Etxet desrever\u202C and \u2066an isolate that does not end`,
  `Z\u0351\u036B\u0343a\u0320\u0349lgo and \u0000\u0008 controls`,
  `**<img src=http://evil.example/x onerror=alert(1)>** \`<script>alert(1)</script>\` [<b onclick=alert(1)>](https://shop.example/"onclick="alert(1))`,
  `![a picture](http://evil.example/x.png) <style>*{background:url(http://evil.example/y)}</style>`,
  "```\"><svg/onload=alert(1)>\n</code></pre><script>alert(1)</script>\n```",
];
/** Targets that no link of anybody's may have, however they are written. */
const SCHEMES = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "\u0001javascript:alert(1)",
  "javascript&colon;alert(1)",
  "&#106;avascript:alert(1)",
  "javascript://shop.example/%0aalert(1)",
  "javascript:https://shop.example",
  "data:text/html,<script>alert(1)</script>",
  "data:image/svg+xml;base64,PHN2Zz4=",
  "vbscript:msgbox(1)",
  "file:///etc/passwd",
  "blob:https://evil.example/1",
  "view-source:https://evil.example",
  "ftp://evil.example/x",
  "ws://evil.example/x",
  "intent://evil.example#Intent;end",
  "sms:+442079460112",
  "about:blank",
  "https:evil.example",
  "//evil.example/x",
  "\\\\evil.example\\x",
  "/agent",
  "?act=forget",
];
const SCHEMED = SCHEMES.map((target) => `Press [here](${target}), **${target}** or <${target}>.`).join("\n");
/** Links that say one address and lead to another. */
const LURES = `[shop.example](https://evil.example/login), [pay@shop.example](mailto:pay@evil.example) and https://shop.example@evil.example/`;
const LINKS = `See https://shop.example/a?b=1&c=<2>, http://shop.example and mailto:hello@shop.example, not javascript:alert(1).`;

const test = base.extend({
  server: async ({}, use) => {
    const articles = await mkdtemp(join(tmpdir(), "human-please-articles-"));
    // Among others, for what makes an article the right one is that others are not.
    await cp(HELP, articles, { recursive: true });
    await writeFile(join(articles, "zeppelin.md"), ARTICLE);
    const server = await Server.start({
      prepare: async (server) => {
        await server.set("site", "add", SITE, "--name", SHOP, "--contact", `<b>us</b> javascript:alert(1)`);
        await server.set("knowledge", "import", articles, "--site", SITE);
      },
    });
    await use(server);
    await server.stop();
    await rm(articles, { recursive: true, force: true });
  },
});

/** Only these schemes may be links, and every link that leaves us says nothing about us and opens elsewhere. */
async function expectHarmlessLinks(log: Locator): Promise<void> {
  for (const link of await log.getByRole("link").all()) {
    const href = (await link.getAttribute("href")) ?? "";
    expect(href).toMatch(/^(https?:\/\/|mailto:|tel:|\/help\/|\/docs\/(storage|accessibility)\?site=|#m\d+$)/);
    if (!href.startsWith("#")) await expect(link).toHaveAttribute("rel", /noopener noreferrer/);
  }
}

/** Of the message with links of every kind, only the harmless ones became links. */
async function expectLinksOf(message: Locator): Promise<void> {
  const addresses = await message.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(addresses).toEqual([
    expect.stringMatching(/^https:\/\/shop\.example\/a\?b=1&c=/),
    "http://shop.example",
    "mailto:hello@shop.example",
  ]);
}

/** Nothing can be pressed that leads where no link may, and a link that says another address than its own says its own too. */
async function expectNoLure(schemed: Locator, lures: Locator): Promise<void> {
  await expect(schemed).toContainText("//evil.example/x");
  await expect(schemed.getByRole("link")).toHaveCount(0);
  const names = await lures.getByRole("link").evaluateAll((links) => links.map((link) => link.textContent));
  expect(names).toEqual([
    "shop.example (evil.example)",
    "pay@shop.example (pay@evil.example)",
    "https://shop.example@evil.example/ (evil.example)",
  ]);
}

/** The copy that the visitor keeps is opened as a page of its own, wherever they have kept it. */
async function expectHarmlessCopy(page: Page, copy: Page, origin: string): Promise<void> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "web page", exact: true }).click();
  const body = await readFile(await (await saving).path(), "utf8");
  await copy.route("**/kept.html", (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
  await copy.goto(`${origin}/kept.html`);
  const kept = copy.getByRole("main");
  await expect(kept).toContainText(SHOP);
  await expect(kept).toContainText(`${AGENT} · human`);
  expect(await kept.evaluate((kept) => kept.querySelectorAll("script, img, svg, iframe, style, form, input, [onclick]").length)).toBe(0);
  const messages = kept.getByRole("listitem");
  await expectNoLure(messages.filter({ hasText: "Press [here]" }).first(), messages.filter({ hasText: "and https://shop.example@" }).first());
}

async function expectOnlyText(log: Locator): Promise<void> {
  await expect(log.getByRole("heading", { name: "Not a heading" })).toHaveCount(0);
  const made = await log.evaluate((log) => {
    const found = [...log.querySelectorAll("script, img, iframe, object, embed, style, form, input, [onclick], [onerror]")];
    // The fields of the card are ours; what is in them is a value, and no element.
    return found.filter((element) => !element.matches("#card input:not([onclick], [onerror])")).map((element) => element.outerHTML);
  });
  expect(made).toEqual([]);
  await expectHarmlessLinks(log);
}

for (const { kind, javaScriptEnabled } of [
  { kind: "the visitor's page", javaScriptEnabled: true },
  { kind: "the plain page", javaScriptEnabled: false },
]) {
  test(`hostile words of visitors, agents, shops and articles are text on the agent page and ${kind}`, async ({ cast, server }) => {
    const credentials = await server.employ(SITE, "eve@hostile.example", AGENT);
    const page = await cast.page({ javaScriptEnabled });
    await page.goto(`/chat/${SITE}`);
    const chat = new Chat(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(SHOP);

    await chat.say("How long does the hire of a zeppelin take?");
    const answer = chat.messages("AI assistant");
    await expect(answer).toContainText("two days");
    await expect(answer.getByRole("link")).toHaveAttribute("href", "/help/zeppelin");
    await expect(answer.getByRole("link")).toContainText("Zeppelin");
    await chat.humanPlease.click();
    const receipt = await chat.receipt();
    for (const payload of PAYLOADS) {
      await chat.say(payload);
      await expect(chat.message).toHaveValue("");
    }
    for (const words of [SCHEMED, LURES, LINKS]) {
      await chat.say(words);
      await expect(chat.message).toHaveValue("");
    }
    await expect(chat.messages("You", LINKS)).toContainText(DELIVERED);
    await expectOnlyText(chat.log);
    await expectLinksOf(chat.messages("You", "See https"));
    await expectNoLure(chat.messages("You", "Press [here]"), chat.messages("You", "and https://shop.example@"));

    const eve = await cast.desk(credentials);
    await expect(eve.page.getByRole("heading", { level: 1 })).toHaveText(SHOP);
    await eve.take(receipt);
    await expect(eve.messages("Visitor", LINKS)).toBeVisible();
    await expectOnlyText(eve.log);
    await expectOnlyText(eve.caseCard);
    await expectLinksOf(eve.messages("Visitor", "See https"));
    await expectNoLure(eve.messages("Visitor", "Press [here]"), eve.messages("Visitor", "and https://shop.example@"));
    for (const payload of PAYLOADS.slice(0, 4)) await eve.answer(payload);
    for (const words of [SCHEMED, LURES, LINKS]) await eve.answer(words);
    await expect(eve.messages(`${AGENT} · human`, LINKS)).toContainText(DELIVERED);

    if (!javaScriptEnabled) await chat.check.click();
    await expect(chat.messages(`${AGENT} · human`, LINKS)).toBeVisible();
    await expect(chat.status(`${AGENT} · human answers now`)).toBeVisible();
    await expect(chat.person).toContainText(`${AGENT} · human`);
    await expectOnlyText(chat.log);
    await expectNoLure(
      chat.messages(`${AGENT} · human`, "Press [here]"),
      chat.messages(`${AGENT} · human`, "and https://shop.example@"),
    );
    await expectHarmlessCopy(page, await cast.page(), server.origin);
    const asked = (await chat.said()).filter(([author]) => author === "You").map(([, text]) => text);
    for (const payload of PAYLOADS.slice(0, 7)) expect(asked).toContain(payload);
    if (!javaScriptEnabled) {
      const draft = `</textarea><script>alert("draft")</script>`;
      await chat.message.fill(draft);
      await chat.check.click();
      await expect(chat.message).toHaveValue(draft);
    }
  });
}

test("a hostile article is text where it is read", async ({ cast }) => {
  const page = await cast.page();
  await page.goto("/help/zeppelin");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Zeppelin");
  await expectOnlyText(page.getByRole("main"));
});

test("text that turns its direction around turns nothing else around", async ({ cast, server }) => {
  const turned = "\u202Etxet denrut";
  // A name would move the word “human” beside it, so that it is no name.
  await expect(server.employ(SITE, "eve@hostile.example", turned)).rejects.toThrow(/turn around/);
  const credentials = await server.employ(SITE, "eve@hostile.example", "Eve");
  const page = await cast.page();
  await page.goto(`/chat/${SITE}`);
  const chat = new Chat(page);
  await chat.humanPlease.click();
  await chat.say(turned);
  await expect(chat.messages("You")).toContainText(DELIVERED);
  const eve = await cast.desk(credentials);
  // In the line of the queue, where the words stand beside the wait and the number.
  const waiting = eve.waiting(await chat.receipt());
  const wait = await waiting.getByRole("timer").boundingBox();
  const words = await waiting.getByText(turned).boundingBox();
  expect(wait?.x).toBeLessThan(words?.x ?? 0);
  await eve.take(await chat.receipt());
  await eve.answer(turned);
  const answer = chat.messages("Eve · human", turned);
  await expect(answer).toBeVisible();
  // “human” ends its label, left of the time, as with everybody else.
  const label = await answer.getByText("Eve · human", { exact: true }).boundingBox();
  const time = await answer.getByText(/^\d+:\d\d/).boundingBox();
  expect(label?.x).toBeLessThan(time?.x ?? 0);
});
