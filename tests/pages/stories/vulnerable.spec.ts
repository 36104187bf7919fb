// A12: who says in the chat that they need particular care is presumed to; the agent sees it before anything else, with the
// visitor's own words behind it, and they go first.
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

test("a visitor who says that they are blind is marked for the agent, and goes before who asked earlier", async ({ cast }) => {
  const earlier = await cast.visitor();
  await earlier.chat.humanPlease.click();
  const earlierReceipt = await earlier.chat.receipt();
  const ana = await cast.agent("ana");
  await expect(ana.waiting(earlierReceipt)).toBeVisible();

  const { chat } = await cast.visitor();
  await chat.say("I'm blind and your form has no labels. Can somebody help?");
  await expect(chat.messages("AI assistant")).not.toHaveCount(0);
  await chat.humanPlease.click();
  await expect(chat.place).toContainText("You are next");
  const receipt = await chat.receipt();
  await expect(ana.queue.getByRole("listitem").first()).toContainText(`No. ${receipt}`);
  await expect(ana.waiting(receipt)).toContainText("Vulnerable customer");
  await expect(ana.waiting(earlierReceipt)).not.toContainText("Vulnerable customer");
  await expect(earlier.chat.place).toContainText("2nd in line");

  await ana.take(receipt);
  await expect(ana.own(receipt)).toContainText("Vulnerable customer");
  await expect(ana.caseCard).toContainText("Vulnerable customer");
  await ana.caseCard.getByRole("link", { name: "says so themselves" }).click();
  await expect(ana.messages("Visitor", "your form has no labels")).toBeFocused();
  await expectAccessible(ana.page, "a vulnerable customer's conversation");
});
