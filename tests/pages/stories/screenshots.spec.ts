// The README's pictures, of the real pages in a real conversation. Only made when SCREENSHOTS=1 asks for it, for they are
// kept in the repository; the times in them are set to one moment, so that they change only when the pages do.
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions, Page } from "@playwright/test";
import type { Shop } from "../people/shop";
import { DELIVERED } from "../people/visitor";
import { expect, test } from "../story";

const FOLDER = fileURLToPath(new URL("../../../.github/screenshots/", import.meta.url));
const MAX_BYTES = 200_000;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

for (const colorScheme of ["light", "dark"] as const) {
  test(`pictures of every page, ${colorScheme}`, async ({ cast }) => {
    const take = async (page: Page, name: string) => {
      for (const frame of page.frames()) await frame.evaluate(stopTheClocks);
      const [stem, kind] = name.split(".");
      const path = `${FOLDER}${stem}-${colorScheme}.${kind}`;
      await page.screenshot({ path, caret: "hide", animations: "disabled" });
      expect((await stat(path)).size, name).toBeLessThan(MAX_BYTES);
    };
    const look = (viewport: { width: number; height: number }): BrowserContextOptions => ({ colorScheme, viewport });

    const shop = await cast.shopper(look(DESK));
    await expect(shop.humanPlease).toBeVisible();
    await take(shop.page, "shop.jpeg");

    const phone = await cast.shopper(look(PHONE));
    for (const { chat, openChat } of [shop, phone] satisfies Shop[]) {
      await openChat.click();
      await chat.say("How much is delivery?");
      await expect(chat.messages("AI assistant")).toBeVisible();
      await chat.humanPlease.click();
      await expect(chat.place).toBeVisible();
    }
    const ana = await cast.agent("ana", look(DESK));
    const ben = await cast.agent("ben", look(PHONE));
    const receipt = await shop.chat.receipt();
    const other = await phone.chat.receipt();
    await expect(phone.chat.place).toContainText("You keep your place");
    await take(phone.page, "chat-phone.png");

    await expect(ben.waiting(other)).toBeVisible();
    await take(ben.page, "agent-phone.png");

    await ana.take(receipt);
    await ana.answer("Hello, I am Ana. I can send both lamps in one parcel, so you pay delivery once. Shall I?");
    await expect(shop.chat.messages("Ana · human")).toBeVisible();
    await shop.chat.say("Yes please, that would be kind.");
    await expect(ana.messages("Visitor", "that would be kind")).toBeVisible();
    await expect(shop.chat.messages("You", "that would be kind")).toContainText(DELIVERED);
    await take(shop.page, "chat.jpeg");
    await take(ana.page, "agent.png");
  });
}

/** Every time on the page becomes the same one, and every wait too. */
function stopTheClocks(): void {
  for (const time of document.querySelectorAll(".message-time, .event time")) time.textContent = "10:31";
  for (const day of document.querySelectorAll(".day time")) day.textContent = "Saturday 21 November";
  for (const timer of document.querySelectorAll("[role=timer]")) timer.textContent = "1:12";
}
