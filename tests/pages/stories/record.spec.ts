// L7, P7: a visitor keeps a copy of the conversation, with a script and without one.
import { readFile } from "node:fs/promises";
import type { FrameLocator, Page } from "@playwright/test";
import { expect, test } from "../story";
import type { Chat } from "../people/visitor";

/** `inside` is the page of the conversation, or the frame that it is in. */
async function keeps(chat: Chat, page: Page, inside: Page | FrameLocator = page): Promise<void> {
  const copy = (form: string) => inside.getByRole("button", { name: form, exact: true });
  await expect(chat.log).toContainText("An AI assistant answers first");
  await expect(copy("web page")).toBeHidden();
  await chat.say("How much is delivery?");
  await expect(chat.messages("You", "How much is delivery?")).toBeVisible();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  await chat.message.fill("Not sent yet");

  for (const form of ["web page", "JSON"]) {
    const saving = page.waitForEvent("download");
    await copy(form).click();
    const text = await readFile(await (await saving).path(), "utf8");
    expect(text).toContain("How much is delivery?");
    expect(text).toContain(`${receipt}`);
    expect(text).not.toContain("Not sent yet");
    if (form === "JSON") {
      const record = JSON.parse(text) as { receipt: number; events: { seq: number }[] };
      expect(record.receipt).toBe(Number(receipt));
      expect(record.events.map(({ seq }) => seq)).toEqual(record.events.map((_, index) => index + 1));
    }
  }
  // The page is where it was, with what was typed.
  await expect(chat.message).toHaveValue("Not sent yet");
}

test("a visitor keeps a copy of the conversation", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await keeps(chat, page);
});

test("without scripts too", async ({ cast }) => {
  const { chat, page } = await cast.visitorWithoutScripts();
  await keeps(chat, page);
});

test("inside a shop's page too, where the frame may do little", async ({ cast }) => {
  const shop = await cast.shopper();
  await shop.openChat.click();
  await keeps(shop.chat, shop.page, shop.frame.contentFrame());
});

test("the way to a copy does not keep the newest words out of sight", async ({ cast }) => {
  const { chat, page } = await cast.visitor({ viewport: { width: 390, height: 640 } });
  for (const question of ["How much is delivery?", "How do I return a lamp?"]) {
    await chat.say(question);
    await expect(chat.messages("AI assistant")).toHaveCount(question.startsWith("How much") ? 1 : 2);
  }
  await chat.humanPlease.click();
  const asked = page.getByText("You asked for a person");
  await expect(asked).toBeInViewport({ ratio: 1 });
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await ana.answer("Hello, this is Ana.");
  await expect(chat.messages("Ana · human", "Hello, this is Ana.")).toBeInViewport({ ratio: 1 });
});
