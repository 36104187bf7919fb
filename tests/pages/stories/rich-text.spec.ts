// S1, S2, A7: the few marks that are read in a message are the same on every page, and nothing in it is wider than its bubble.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../accessible";
import type { Desk } from "../people/agent";
import { type Chat, DELIVERED } from "../people/visitor";
import { type Cast, expect, test } from "../story";

const LONG = "curl --silent --header 'Accept: application/json' https://shop.example/api/orders/1234/returns/new";

const ANSWER = `This is **how it goes**, with order #1234 and my_file_name:

1. Open [your orders](https://shop.example/orders)
2. Choose \`Return\`
   - the lamp
   - the shade

\`\`\`sh
${LONG}
\`\`\`

${"wide".repeat(60)}

שלום, **זה** בסדר`;

async function expectRead(message: Locator): Promise<void> {
  await expect(message.locator("strong")).toHaveText(["how it goes", "זה"]);
  await expect(message.locator("ol > li")).toHaveCount(2);
  await expect(message.locator("ol ul > li")).toHaveText(["the lamp", "the shade"]);
  await expect(message.locator("code")).toHaveText("Return");
  await expect(message.locator("pre")).toHaveText(LONG);
  const link = message.getByRole("link", { name: "your orders" });
  await expect(link).toHaveText("your orders (shop.example)");
  await expect(link).toHaveAttribute("href", "https://shop.example/orders");
  await expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(message).toContainText("with order #1234 and my_file_name:");
  const directions = await message.locator(".message-text > p").evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
  expect(directions).toEqual(["ltr", "ltr", "rtl"]);
}

async function expectNothingWider(page: Page, message: Locator): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  const [bubble] = await message.locator(".bubble").evaluateAll((all) => all.map((one) => [one.scrollWidth, one.clientWidth]));
  expect(bubble?.[0]).toBe(bubble?.[1]);
  const code = message.locator("pre");
  expect(await code.evaluate((code) => code.scrollWidth > code.clientWidth), "long code scrolls inside its box").toBe(true);
  await code.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => code.evaluate((code) => code.scrollLeft), "by the keyboard too").toBeGreaterThan(0);
}

/** A visitor on this page asks for a person, and Ana answers with all kinds of marks. */
async function answered(cast: Cast, page: Page): Promise<{ chat: Chat; ana: Desk; theirs: Locator }> {
  const { chat } = await cast.visitorOn(page);
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await ana.answer(ANSWER);
  return { chat, ana, theirs: chat.messages("Ana · human", "how it goes") };
}

test("a message with marks is read alike by both ends", async ({ cast }) => {
  const page = await cast.page({ viewport: { width: 320, height: 640 } });
  const { chat, ana, theirs } = await answered(cast, page);
  await expectRead(theirs);
  await expectNothingWider(page, theirs);
  await expectRead(ana.messages("Ana · human", "how it goes"));

  // The visitor's own stays the same element, and the same selection, while its delivery goes on.
  await chat.say("**Thank you**");
  const own = await chat.messages("You", "Thank you").locator("strong").elementHandle();
  await expect(chat.messages("You", "Thank you")).toContainText("Seen");
  expect(await own?.evaluate((own) => own.isConnected)).toBe(true);
  await expectAccessible(page, "a message with marks");
});

test("without scripts too", async ({ cast }) => {
  const page = await cast.page({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const { chat, ana, theirs } = await answered(cast, page);
  await expect(ana.messages("Ana · human", "how it goes")).toContainText(DELIVERED);
  await chat.check.click();
  await expectRead(theirs);
  await expectNothingWider(page, theirs);
});
