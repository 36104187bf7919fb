// One visitor, several pages: they are one conversation, and every page shows the same.
import { expect, test } from "../story";
import { Chat, DELIVERED } from "../people/visitor";

test("two tabs of a visitor show the same conversation, whichever of them is written in", async ({ cast }) => {
  const { chat: first, page } = await cast.visitor();
  await first.say("Written in the first tab");
  await expect(first.messages("You")).toContainText(DELIVERED);
  await expect(first.messages("AI assistant")).toBeVisible();
  const tab = await page.context().newPage();
  await tab.goto("/chat/demo");
  const second = new Chat(tab);
  await expect(second.messages("You", "Written in the first tab")).toBeVisible();

  await second.humanPlease.click();
  await expect(first.place).toContainText("You are next");
  const receipt = await first.receipt();
  expect(await second.receipt()).toBe(receipt);
  await first.say("Written in the first tab again");
  await expect(second.messages("You", "Written in the first tab again")).toHaveCount(1);

  const ana = await cast.agent("ana");
  await expect(ana.queue.getByRole("listitem")).toHaveCount(1);
  await ana.take(receipt);
  await ana.answer("I see one conversation.");
  await expect(first.messages("Ana · human")).toBeVisible();
  await expect(second.messages("Ana · human")).toBeVisible();
  expect(await first.said()).toEqual(await second.said());
});

test("two tabs that are opened at once, before anything was said, become one conversation", async ({ cast }) => {
  const page = await cast.page();
  const tab = await page.context().newPage();
  await Promise.all([page.goto("/chat/demo"), tab.goto("/chat/demo")]);
  const [first, second] = [new Chat(page), new Chat(tab)];
  await first.say("From the first");
  await expect(first.messages("You", "From the first")).toContainText(DELIVERED);
  await second.say("From the second");
  await expect(second.messages("You", "From the second")).toContainText(DELIVERED);
  await Promise.all([page.reload(), tab.reload()]);
  for (const chat of [first, second]) {
    await expect(chat.messages("You", "From the second")).toBeVisible();
    await expect(chat.messages("You", "From the first")).toBeVisible();
  }
});

test("the unsent words of a page are there after it is loaded again", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await chat.say("One");
  await expect(chat.messages("You", "One")).toContainText(DELIVERED);
  await chat.message.fill("A long letter, half written");
  await page.reload();
  await expect(chat.message).toHaveValue("A long letter, half written");
});
