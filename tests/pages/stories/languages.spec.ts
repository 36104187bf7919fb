// L10, L14, A11: whoever comes is spoken to in their language, by the server's page and by the script's, before the first
// message and until the receipt.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { Chat, takenOver } from "../people/visitor";
import { expect, test } from "../story";
import { LOST_CONNECTION } from "../watch";

interface Catalogue {
  language: string;
  page: Record<string, string | Record<string, string>>;
  plain: Record<string, string>;
}

const FOLDER = join(import.meta.dirname, "../../../public/locales");
const TAGS = readdirSync(FOLDER).map((name) => name.replace(".json", ""));
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

const catalogue = (tag: string): Catalogue => JSON.parse(readFileSync(join(FOLDER, `${tag}.json`), "utf8"));

/** A message's text, as far as it stands before its first placeholder. */
const text = (messages: Catalogue["page"], name: string) => String(messages[name]).split("{")[0] ?? "";

test("there are at least forty languages", () => {
  expect(TAGS.length).toBeGreaterThanOrEqual(40);
});

test("in every language the AI is disclosed and the button is there before the first message, on the smallest phone", async ({ cast }) => {
  const page = await cast.page({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  for (const tag of TAGS) {
    const words = catalogue(tag);
    await page.goto(`/chat/demo?locale=${tag}`);
    const html = page.locator("html");
    await expect(html, tag).toHaveAttribute("lang", tag);
    await expect(html, tag).toHaveAttribute("dir", RIGHT_TO_LEFT.includes(tag) ? "rtl" : "ltr");
    // As a screen reader finds them: by role and name.
    await expect(page.getByRole("log", { name: words.plain.conversation }), tag).toContainText(words.plain.disclosure ?? "");
    const button = page.getByRole("button", { name: text(words.page, "human_please"), exact: true });
    await expect(button, tag).toBeVisible();
    await expect(page.getByRole("textbox", { name: words.plain.message, exact: true }), tag).toBeVisible();
    await expect(page.locator("#status"), tag).toHaveText(text(words.page, "status_ai"));
    for (const name of [words.plain.privacy_stored, words.plain.accessibility])
      await expect(page.getByRole("link", { name, exact: true }), tag).toHaveAttribute("hreflang", "en");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${tag} is wider than the phone`).toBeLessThanOrEqual(0);
    const [box, view] = [await button.boundingBox(), page.viewportSize()];
    expect(box && view && box.x >= 0 && box.x + box.width <= view.width && box.height >= 44, tag).toBe(true);
  }
});

/** What the page says in the parts that the script draws anew. Times are in the reader's zone there, and waits tick. */
async function drawn(page: Page): Promise<string[]> {
  const parts = ["#status", "#desk", ".event", ".message-author", "#supervisor"];
  return page.locator(parts.join()).evaluateAll((elements) => {
    const shown = elements.filter((element) => element.checkVisibility());
    const words = shown.map((element) => (element.textContent ?? "").replace(/\d+:\d\d/g, "0:00").trim());
    return words.filter((words) => words !== "");
  });
}

for (const tag of ["de", "ar", "eu", "zh-TW", "hi"]) {
  test(`the server and the script say the same in ${tag}, from the button to the receipt`, async ({ cast, watch }) => {
    watch.expect(LOST_CONNECTION);
    const page = await cast.page({ timezoneId: "UTC" });
    // The server's own page first: the script does not come.
    await page.route("**/boot-*.js", (route) => route.abort());
    await page.goto(`/chat/demo?locale=${tag}`);
    await page.locator("#message").fill("?!");
    await page.locator("#send").click();
    await page.locator("#desk button[value=human]").click();
    await expect(page.locator("#desk")).toHaveAttribute("data-desk", "queue");
    const rendered = await drawn(page);
    expect(rendered.join()).toContain(text(catalogue(tag === "zh-TW" ? "zh-Hant" : tag).page, "you_are_next"));

    await page.unroute("**/boot-*.js");
    const taken = takenOver(page);
    await page.reload();
    await taken;
    await expect(page.locator("#plain")).toBeHidden();
    await expect.poll(() => drawn(page)).toEqual(rendered);
  });
}

for (const timezoneId of ["Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"]) {
  test(`times are the reader's own in ${timezoneId}`, async ({ cast }) => {
    const page = await cast.page({ timezoneId, locale: "en-US" });
    const taken = takenOver(page);
    await page.goto("/chat/demo");
    await taken;
    const chat = new Chat(page);
    await chat.say("?!");
    await expect(chat.messages("AI assistant").last()).toBeVisible();
    const times = await page.locator(".message time").evaluateAll((times) =>
      times.map((time) => ({
        shown: time.textContent,
        own: new Date((time as HTMLTimeElement).dateTime).toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" }),
      })),
    );
    expect(times.length).toBeGreaterThan(1);
    for (const { shown, own } of times) expect(shown).toBe(own);
  });
}

test("the address chooses before the browser, and the browser where the address asks for what nobody has translated", async ({ cast }) => {
  const page = await cast.page({ locale: "fr-CA" });
  for (const [query, tag] of [
    ["", "fr-CA"],
    ["?locale=it", "it"],
    ["?locale=tlh", "fr-CA"],
    ["?locale=%22onload", "fr-CA"],
  ]) {
    await page.goto(`/chat/demo${query}`);
    await expect(page.locator("html"), query).toHaveAttribute("lang", tag ?? "");
  }
});

test("right to left the whole conversation is mirrored, and accessible", async ({ cast }) => {
  const page = await cast.page({ locale: "ar", viewport: { width: 390, height: 844 } });
  const taken = takenOver(page);
  await page.goto("/chat/demo");
  await taken;
  await page.locator("#message").fill("How much is delivery?");
  await page.locator("#send").click();
  const [own, answer] = [page.locator('[data-author="visitor"] .bubble'), page.locator('[data-author="bot"] .bubble')];
  await expect(answer).toBeVisible();
  const [left, right] = [await own.boundingBox(), await answer.boundingBox()];
  expect(left && right && left.x < right.x + right.width - left.width, "own messages stand on the left").toBe(true);
  const [send, box] = [await page.locator("#send").boundingBox(), await page.locator("#message").boundingBox()];
  expect(send && box && send.x < box.x, "the button stands before the box").toBe(true);
  // A message keeps its own direction.
  expect(await own.locator(".message-text p").evaluate((text) => getComputedStyle(text).direction)).toBe("ltr");
  await expectAccessible(page, "in Arabic");
});

test("where the words do not come the server's own page stays, and works", async ({ cast, watch }) => {
  watch.expect(LOST_CONNECTION);
  watch.expect(/Failed to fetch/);
  const page = await cast.page();
  await page.route("**/assets/words/*", (route) => route.abort());
  await page.goto("/chat/demo?locale=de");
  await page.locator("#message").fill("Hallo");
  await page.getByRole("button", { name: "Einen Menschen, bitte" }).click();
  await expect(page.locator("#desk")).toHaveAttribute("data-desk", "queue");
  await expect(page.locator("#message")).toHaveValue("Hallo");
});
