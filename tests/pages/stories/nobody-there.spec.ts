// L2, G1, G6: nobody is on duty, or the shop is closed. The request is taken, the truth is told, and an address can be left.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { DEMO, type Server } from "../server";
import { expect, test } from "../story";

/** The shop is closed until the day after tomorrow, by the clocks of Madrid. */
async function close(server: Server): Promise<void> {
  const day = new Date(Date.now() + 2 * 86_400_000).toLocaleDateString("en-GB", { weekday: "short", timeZone: "Europe/Madrid" });
  await server.set("site", "set", DEMO, "--time-zone", "Europe/Madrid", "--hours", `${day} 09:00-18:00`);
}

function contact(page: Page) {
  return {
    box: page.getByRole("textbox", { name: /^Email, if you cannot stay/ }),
    save: page.getByRole("button", { name: "Save" }),
    remove: page.getByRole("button", { name: "Remove" }),
    kept: page.getByText(/If you leave, a person can write to/),
  };
}

const CLOSED = /We are closed now\. People are next here on \w+,? \d+ \w+,? (at )?\d+:\d\d/;

test("while the shop is closed a request is kept, and says when people are next here", async ({ cast, server }) => {
  await close(server);
  const { chat, page } = await cast.visitor();
  await chat.humanPlease.click();
  await expect(chat.place).toContainText(CLOSED);
  const receipt = await chat.receipt();
  await expect(chat.place).toContainText(`Your request No. ${receipt} is kept`);
  await expectAccessible(page, "the shop is closed");
  const ana = await cast.agent("ana");
  await expect(ana.waiting(receipt)).toBeVisible();
  // Whoever is there is there, whatever the hours say.
  await expect(chat.place).toContainText(`No. ${receipt}. You keep your place`);
});

test("an address that is left is kept, reaches the person, and is taken back", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  const { box, save, remove, kept } = contact(page);
  await expect(box).toBeHidden();
  await chat.humanPlease.click();
  await expect(chat.place).toContainText("Nobody is on duty right now");
  await box.fill("me at mail");
  await box.press("Enter");
  await expect(chat.alert("That is not an email address")).toBeVisible();
  await expect(box).toHaveValue("me at mail");
  await expectAccessible(page, "what was typed is no address");
  await chat.message.fill("A draft");
  await box.fill("me@mail.example");
  await save.click();
  await expect(kept).toContainText("me@mail.example");
  await expect(chat.message).toHaveValue("A draft");
  await page.reload();
  await expect(kept).toContainText("me@mail.example");
  await expectAccessible(page, "an address is kept");

  const receipt = await chat.receipt();
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await expect(ana.page.getByRole("link", { name: "me@mail.example" })).toHaveAttribute("href", "mailto:me@mail.example");
  await expectAccessible(ana.page, "the case card has an address");
  await remove.click();
  await expect(kept).toBeHidden();
  await expect(ana.page.getByRole("link", { name: "me@mail.example" })).toHaveCount(0);
});

test("without scripts an address is left as well, and Enter saves it", async ({ cast }) => {
  const { chat, page } = await cast.visitorWithoutScripts();
  await chat.humanPlease.click();
  const { box, kept, remove } = contact(page);
  await chat.message.fill("A draft");
  await box.fill("me@mail.example");
  await box.press("Enter");
  await expect(kept).toContainText("me@mail.example");
  await expect(chat.message).toHaveValue("A draft");
  await remove.click();
  await expect(box).toBeVisible();
});
