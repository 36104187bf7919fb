// The launcher speaks the visitor's language: by the tag, the page, then the browser; right to left where that is so (A4, A11,
// L10).
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { HumanPlease } from "../../../public/embed";
import { expect, merchantTest as test } from "../story";
import { Shop } from "../people/shop";

/** A language that no catalogue has: what is tested here is the loader, not the translations. */
const PIRATE = {
  locale: "ar",
  dir: "rtl",
  human_please: "A soul, arr",
  support: "Deck",
  support_chat: "Deck talk",
  open_chat: "Open the hatch",
  open_chat_unread: { zero: "", one: "", two: "Open the hatch, a pair", few: "Open the hatch, {count} letters", many: "", other: "" },
  close_chat: "Close the hatch",
  chat_not_ready: "No wind.",
};

/** Answers for the words of a language, and tells of every time that somebody asks. */
async function translate(page: Page): Promise<string[]> {
  const asked: string[] = [];
  await page.route("**/embed/words.js*", (route) => {
    asked.push(new URL(route.request().url()).searchParams.get("locale") ?? "");
    return route.fulfill({
      contentType: "text/javascript",
      headers: { "access-control-allow-origin": "*" },
      body: `export default ${JSON.stringify(PIRATE)}`,
    });
  });
  return asked;
}

function launcher(page: Page) {
  const area = page.getByRole("complementary", { name: "Deck" });
  return { area, human: area.getByRole("button", { name: "A soul, arr" }), open: area.getByRole("button", { name: "Open the hatch" }) };
}

/** The button's words in the catalogue of a language. */
async function humanPlease(tag: string): Promise<string> {
  const catalogue = await readFile(new URL(`../../../public/locales/${tag}.json`, import.meta.url), "utf8");
  return (JSON.parse(catalogue) as { page: { human_please: string } }).page.human_please;
}

test("a page that says no language has the launcher in the browser's, with one request", async ({ cast, merchant, server }) => {
  merchant.language = "";
  const page = await cast.page({ locale: "es-ES" });
  const asked: string[] = [];
  page.on("request", (request) => request.url().startsWith(server.origin) && asked.push(new URL(request.url()).pathname));
  await page.goto(merchant.origin);
  await expect(page.locator("human-please")).toHaveAttribute("lang", "es");
  await expect(page.getByRole("button", { name: await humanPlease("es") })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual(["/embed.js"]);
});

test("a page in another language than the browser's that says so in the tag's address makes one request, too", async ({ cast, merchant, server }) => {
  merchant.language = "eu";
  merchant.tag = (src) => `<script async src="${src}?locale=eu" data-site="merchant"></script>`;
  const page = await cast.page({ locale: "es-ES" });
  const asked: string[] = [];
  page.on("request", (request) => request.url().startsWith(server.origin) && asked.push(request.url().slice(server.origin.length)));
  await page.goto(merchant.origin);
  await expect(page.getByRole("button", { name: await humanPlease("eu") })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual(["/embed.js?locale=eu"]);
});

test("a page in another language than the browser's has its launcher in the page's, mirrored", async ({ cast, merchant }) => {
  merchant.language = "ar-EG";
  const page = await cast.page();
  const asked = await translate(page);
  await page.goto(merchant.origin);
  const { human, open } = launcher(page);
  await expect(open).toBeVisible();
  const [humanBox, openBox] = [await human.boundingBox(), await open.boundingBox()];
  // At the inline end, and in the order of reading from there.
  expect(openBox?.x).toBeCloseTo(16, 0);
  expect(humanBox?.x).toBeGreaterThan(openBox?.x ?? 0);
  await expect(page.locator("human-please")).toHaveAttribute("lang", "ar");
  expect(asked).toEqual(["ar-EG"]);
  await open.click();
  await expect(page.getByTitle("Deck talk")).toBeVisible();
});

test("the tag's language is stronger than the page's, and the corner that the merchant set is kept", async ({ cast, merchant }) => {
  merchant.language = "en";
  merchant.tag = (src) => `<script async src="${src}" data-site="merchant" data-locale="ar" data-position="right"></script>`;
  const page = await cast.page();
  const asked = await translate(page);
  await page.goto(merchant.origin);
  const { open, human } = launcher(page);
  await expect(open).toBeVisible();
  const box = await human.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeCloseTo(1280 - 16, 0);
  expect(asked).toEqual(["ar"]);
});

test("between two kinds of one language nothing is fetched", async ({ cast, merchant }) => {
  merchant.language = "en-US";
  const page = await cast.page();
  const asked = await translate(page);
  await page.goto(merchant.origin);
  await expect(new Shop(page).openChat).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual([]);
});

test("words that do not come leave the launcher as it is", async ({ cast, merchant, watch }) => {
  watch.expect(/net::ERR_FAILED/);
  merchant.language = "ar";
  const page = await cast.page();
  await page.route("**/embed/words.js*", (route) => route.abort());
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await expect(shop.humanPlease).toBeVisible();
  await shop.openChat.click();
  // The conversation's own words are the server's, and come with it.
  await expect(shop.frame.contentFrame().locator("html")).toHaveAttribute("lang", /^ar/);
  await expect(shop.frame.contentFrame().getByRole("textbox").first()).toBeFocused();
});

test("setLocale changes the words at once, and counts by that language's plurals", async ({ cast, merchant, server }) => {
  const page = await cast.page();
  const asked = await translate(page);
  await page.goto(merchant.origin);
  const shop = new Shop(page);
  await shop.humanPlease.click();
  const receipt = await shop.chat.receipt();
  await page.evaluate(() => (window.HumanPlease as HumanPlease).setLocale("ar"));
  await expect(page.getByTitle("Deck talk")).toBeVisible();
  await page.evaluate(() => (window.HumanPlease as HumanPlease).close());
  await expect(launcher(page).open).toBeVisible();
  const mia = await cast.desk(await server.employ("merchant", "mia@merchant.example", "Mia"));
  await mia.take(receipt);
  await mia.answer("One");
  await mia.answer("Two");
  await expect(page.getByRole("button", { name: "Open the hatch, a pair" })).toBeVisible();
  await mia.answer("Three");
  await expect(page.getByRole("button", { name: /^Open the hatch, [3٣] letters$/ })).toBeVisible();
  expect(asked).toEqual(["ar"]);
});
