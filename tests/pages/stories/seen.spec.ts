// R4: each end is told what the other has seen, and a page that is loaded now says the same as one that was there.
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

test("what the person has looked at is seen, also after the page is loaded again", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await chat.humanPlease.click();
  await chat.say("First");
  const newest = chat.messages("You").last();
  await expect(newest).toContainText("Sent");
  const ana = await cast.agent("ana");
  const receipt = await chat.receipt();
  // To look at the line is no promise.
  await ana.waiting(receipt).getByRole("button", { name: /^Visitor/ }).click();
  await expect(ana.messages("Visitor", "First")).toBeVisible();
  await expect(newest).toContainText("Sent");
  await ana.take(receipt);
  await expect(newest).toContainText("Seen");
  await chat.say("Second");
  await expect(newest).toContainText("Seen");
  await expect(chat.log.getByText("Seen", { exact: true })).toHaveCount(1);
  await expectAccessible(page, "a message was seen");

  await ana.answer("Hello");
  const reply = ana.messages("Ana · human", "Hello");
  await expect(reply).toContainText("Seen");
  await expectAccessible(ana.page, "a reply was seen");
  await page.reload();
  await expect(newest).toContainText("Seen");
  await ana.page.reload();
  await ana.own(receipt).getByRole("button").click();
  await expect(reply).toContainText("Seen");
});

test("where no script runs, the page says so when it is loaded again", async ({ cast }) => {
  const { chat } = await cast.visitorWithoutScripts();
  await chat.say("Is anybody there?");
  await chat.humanPlease.click();
  const said = chat.messages("You", "Is anybody there?");
  await expect(said).toContainText("Sent");
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await chat.check.click();
  await expect(said).toContainText("Seen");
});
