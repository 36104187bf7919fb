// Whatever people, names and articles contain, every page shows it as text: nothing runs, nothing is fetched, nothing poses
// as something else. The watch over every page fails the story on a dialog, a script error or a breach of its policy.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Locator } from "@playwright/test";
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
];
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
    expect(href).toMatch(/^(https?:\/\/|mailto:|\/help\/|#m\d+$)/);
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

async function expectOnlyText(log: Locator): Promise<void> {
  await expect(log.getByRole("heading", { name: "Not a heading" })).toHaveCount(0);
  expect(await log.evaluate((log) => log.querySelectorAll("script, img, iframe, object, embed, style, form, input").length)).toBe(0);
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
    await chat.say(LINKS);
    await expect(chat.messages("You", LINKS)).toContainText(DELIVERED);
    await expectOnlyText(chat.log);
    await expectLinksOf(chat.messages("You", "See https"));

    const eve = await cast.desk(credentials);
    await expect(eve.page.getByRole("heading", { level: 1 })).toHaveText(SHOP);
    await eve.take(receipt);
    await expect(eve.messages("Visitor", LINKS)).toBeVisible();
    await expectOnlyText(eve.log);
    await expectOnlyText(eve.caseCard);
    await expectLinksOf(eve.messages("Visitor", "See https"));
    for (const payload of PAYLOADS.slice(0, 4)) await eve.answer(payload);
    await eve.answer(LINKS);
    await expect(eve.messages(`${AGENT} · human`, LINKS)).toContainText(DELIVERED);

    if (!javaScriptEnabled) await chat.check.click();
    await expect(chat.messages(`${AGENT} · human`, LINKS)).toBeVisible();
    await expect(chat.status(`${AGENT} · human answers now`)).toBeVisible();
    await expect(chat.person).toContainText(`${AGENT} · human`);
    await expectOnlyText(chat.log);
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
