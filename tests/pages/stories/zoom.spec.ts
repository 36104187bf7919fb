// A7: at 400 % zoom (1,280 pixels become 320), with text of twice the size, and with text spaced as a reader sets it, nothing is
// lost, nothing has to be scrolled sideways, and the way to a person is in view (WCAG 1.4.4, 1.4.10, 1.4.12).
import type { Page } from "@playwright/test";
import { DELIVERED } from "../people/visitor";
import { expect, test } from "../story";

/** What WCAG 1.4.12 has every page bear. */
const SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }";

const VIEWS = [
  { name: "at 400 % zoom", viewport: { width: 320, height: 256 }, style: "" },
  { name: "with text of twice the size, on a desk", viewport: { width: 1280, height: 800 }, style: "html { font-size: 200% }" },
  { name: "with text of twice the size, on a phone", viewport: { width: 390, height: 844 }, style: "html { font-size: 200% }" },
  { name: "with text spaced by the reader, on a phone", viewport: { width: 390, height: 844 }, style: SPACED },
  { name: "with text spaced by the reader, on the smallest screen", viewport: { width: 320, height: 640 }, style: SPACED },
];

/** What is wider than its place: words that are cut off, or that somebody has to scroll to. */
async function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const lost: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) lost.push(`the page: ${root.scrollWidth} px`);
    for (const element of document.querySelectorAll<HTMLElement>("#chat *")) {
      const { clip, overflowX } = getComputedStyle(element);
      const isForReadersOnly = clip !== "auto" || element.closest(".visually-hidden");
      const isBox = element.matches("input, textarea, svg *");
      if (isForReadersOnly || isBox || !element.getClientRects().length || overflowX === "visible") continue;
      if (element.scrollWidth > element.clientWidth + 1) lost.push(`${element.tagName}.${element.className}: ${element.textContent?.slice(0, 40)}`);
    }
    return lost;
  });
}

for (const { name, viewport, style } of VIEWS) {
  test(`${name} a visitor asks the assistant and then a person, and loses nothing`, async ({ cast }) => {
    const { chat, page } = await cast.visitor({ viewport });
    await page.evaluate((style) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }, style);
    await expect(chat.humanPlease).toBeInViewport({ ratio: 0.95 });
    await expect(chat.message).toBeInViewport({ ratio: 0.95 });
    expect(await lost(page)).toEqual([]);

    await chat.say("Is my order on its way? It is the lamp with the very long name: Braemoor-Oatmeal-Linen-Shade-38-Centimetres");
    await expect(chat.messages("You")).toContainText(DELIVERED);
    await expect(chat.messages("AI assistant")).not.toHaveCount(0);
    expect(await lost(page)).toEqual([]);
    await expect(chat.humanPlease, "after what was said, too").toBeInViewport({ ratio: 0.95 });

    await chat.humanPlease.click();
    const receipt = await chat.receipt();
    await expect(page.getByRole("checkbox", { name: "Sound" })).toBeAttached();
    expect(await lost(page)).toEqual([]);
    const ana = await cast.agent("ana");
    await ana.take(receipt);
    await ana.answer("It left this morning.");
    await expect(chat.messages("Ana · human")).toBeVisible();
    await expect(chat.person).toContainText("Ana · human");
    expect(await lost(page)).toEqual([]);
    await chat.message.scrollIntoViewIfNeeded();
    await expect(chat.message).toBeInViewport({ ratio: 0.95 });
  });
}
