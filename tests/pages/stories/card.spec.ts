// Nobody repeats themselves: what the visitor has said is on a card, which they read and put right while they wait, and which
// the agent has from the first moment. A question that the card answers is told before it is sent.
import { devices, type Page } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: devices["Pixel 7"].userAgent };
const SAID = "My name is Mira Okafor and my order LO-20417 has not come. I tried the tracking page twice.";

for (const [where, options, scheme] of [
  ["a desk", {}, "light"],
  ["a phone", PHONE, "dark"],
] as const) {
  test(`on ${where} the visitor puts right what the person will know, and the agent has it`, async ({ cast }, info) => {
    const look = async (page: Page, name: string) => {
      await page.screenshot({ path: info.outputPath(`${name}-${scheme}.png`) });
      await expectAccessible(page, name);
    };
    const { chat, page } = await cast.visitor({ ...options, colorScheme: scheme });
    await chat.say(SAID);
    await chat.humanPlease.click();
    const receipt = await chat.receipt();
    const card = chat.card;
    await expect(card.getByText("Mira Okafor · LO-20417")).toBeVisible();
    await look(page, "waiting");
    await card.getByText("What the person will know").click();
    const order = card.getByLabel("Order", { exact: true });
    await expect(order).toHaveValue("LO-20417");
    await order.fill("LO-20418");
    await order.press("Tab");
    await expect(card.getByRole("status")).toHaveText("Saved");
    await card.getByLabel("Anything else they should know").last().fill("Please ring the left bell");
    await page.keyboard.press("Enter");
    await expect(card.locator("#card-facts input").last()).toHaveValue("Please ring the left bell");
    await look(page, "put-right");

    const ana = await cast.agent("ana", { ...options, colorScheme: scheme });
    await ana.take(receipt);
    if (where === "a phone") await ana.pane("Case").tap();
    const known = ana.page.getByRole("region", { name: "What is known" });
    await expect(known.getByRole("listitem").filter({ hasText: /^Order/ })).toContainText("LO-20418 by the visitor");
    await expect(known.getByRole("listitem").filter({ hasText: /^Also/ })).toContainText("Please ring the left bell");
    await look(ana.page, "known");
    await known.getByRole("button", { name: "Change Name: Mira Okafor" }).click();
    await known.getByRole("textbox", { name: "Name" }).fill("Mira Okafor-Lind");
    await look(ana.page, "changing");
    await known.getByRole("button", { name: "Save" }).click();
    await expect(known.getByRole("listitem").filter({ hasText: /^Name/ })).toContainText("Mira Okafor-Lind by Ana");
    await known.getByRole("button", { name: "Add a fact" }).click();
    await known.getByRole("button", { name: "Save" }).click();
    await expect(known.getByRole("alert")).toHaveText("Write what it says first.");
    await known.getByLabel("What it says").press("Escape");
    // A fact leads to where it was said.
    await known.getByRole("link", { name: "LO-20418" }).click();
    await expect(ana.page.locator("#m1")).toBeFocused();

    await ana.reply.fill("Could you give me your order number?");
    await expect(ana.page.getByText("They have said that already:")).toBeVisible();
    await expect(ana.page.getByRole("link", { name: "Order LO-20418" })).toBeVisible();
    await look(ana.page, "asked-again");
    await ana.reply.fill("I look it up.");
    await expect(ana.page.getByText("They have said that already:")).toBeHidden();
    await expect(card, "nobody waits any more").toBeHidden();
  });
}
