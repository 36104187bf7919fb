// The promise that everything else hangs on: one press reaches the queue, wherever the press is made (G1).
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

test("one press of the mouse on the shop's page asks for a person", async ({ cast }) => {
  const shop = await cast.shopper();
  await shop.humanPlease.click();
  await expect(shop.chat.event(/You asked for a person · No\. \d+/)).toBeVisible();
  await expect(shop.chat.place).toContainText("You are next");
  const ana = await cast.agent("ana");
  await expect(ana.waiting(await shop.chat.receipt())).toContainText("No message yet");
});

test("one press of a key on the shop's page asks for a person", async ({ cast }) => {
  const shop = await cast.shopper();
  await expect(shop.humanPlease).toBeVisible();
  // By the Tab key alone, as somebody without a mouse gets there.
  await expect(async () => {
    await shop.page.keyboard.press("Tab");
    await expect(shop.humanPlease).toBeFocused({ timeout: 1 });
  }).toPass({ intervals: [1] });
  await shop.page.keyboard.press("Enter");
  await expect(shop.chat.event(/You asked for a person · No\. \d+/)).toBeVisible();
  await expect(shop.chat.message).toBeFocused();
});

test("a second press changes nothing: the number and the place are kept", async ({ cast }) => {
  const shop = await cast.shopper();
  await shop.humanPlease.click();
  const receipt = await shop.chat.receipt();
  await shop.chat.close.click();
  await shop.humanPlease.click();
  await expect(shop.chat.place).toContainText(`No. ${receipt}`);
  await expect(shop.chat.event("You asked for a person")).toHaveCount(1);
});

test("whoever leaves the line is back with the assistant, and can ask again", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await chat.humanPlease.click();
  const first = await chat.receipt();
  await chat.leave.click();
  await expect(chat.event("You left the line. The AI assistant answers again.")).toBeVisible();
  await expect(chat.status("AI assistant answers now")).toBeVisible();
  await expectAccessible(page, "the visitor has left the line");
  await chat.humanPlease.click();
  await expect(chat.event("You asked for a person")).toHaveCount(2);
  expect(await chat.receipt()).not.toBe(first);
});

test("when the assistant does not know, it says so and offers a person", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await chat.say("Which lottery numbers win on Saturday?");
  await expect(chat.messages("AI assistant")).toContainText(/do not know/i);
  await expect(chat.messages("AI assistant").getByRole("link")).toHaveCount(0);
  await expect(chat.humanPlease).toBeVisible();
  await expectAccessible(page, "the assistant does not know");
  await chat.humanPlease.click();
  await expect(chat.place).toBeVisible();
});

test("the place in line is the true one", async ({ cast }) => {
  const first = await cast.visitor();
  await first.chat.humanPlease.click();
  await expect(first.chat.place).toContainText("You are next");
  const second = await cast.visitor();
  await second.chat.humanPlease.click();
  await expect(second.chat.place).toContainText("2nd in line");
  await first.chat.leave.click();
  await expect(second.chat.place).toContainText("You are next");
});
