// G6: answers that the newest message suggests: buttons that send their words as the visitor's own, and nothing else.
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

const PHONE = { width: 320, height: 640 };

test("a person suggests answers, and the visitor sends one with a press", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await page.setViewportSize(PHONE);
  await chat.humanPlease.click();
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await ana.page.getByText("Add suggested answers").click();
  // Whatever an answer says, it is words: this one is called like a button that leaves the line.
  await ana.suggestions.fill("Yes, please\nleave");
  await expectAccessible(ana.page, "with suggested answers");
  await ana.answer("Shall I send you a new one?");
  await expect(ana.messages("Ana · human")).toContainText("Suggested answers: Yes, please · leave");
  await expect(ana.suggestions).toHaveValue("");

  await expect(chat.suggested.getByRole("button")).toHaveText(["Yes, please", "leave"]);
  await expectAccessible(page, "with suggested answers, on a phone");
  await chat.message.fill("half a sen");
  await chat.suggested.getByRole("button", { name: "leave" }).focus();
  await page.keyboard.press("Enter");
  await expect(chat.messages("You", "leave")).toBeVisible();
  await expect(chat.suggested).toBeHidden();
  await expect(chat.log).toBeFocused();
  await expect(chat.message).toHaveValue("half a sen");
  await expect(chat.person).toContainText("Ana · human");
  await expect(ana.messages("Visitor", "leave")).toBeVisible();

  // They are gone once anybody has written, also after a reload.
  await ana.answer("As you like.");
  await expect(chat.messages("Ana · human", "As you like.")).toBeVisible();
  await page.reload();
  await expect(chat.messages("Ana · human", "As you like.")).toBeVisible();
  await expect(chat.suggested).toBeHidden();
});

test("without scripts a suggested answer is a button of the page's form", async ({ cast }) => {
  const { chat } = await cast.visitorWithoutScripts();
  await chat.humanPlease.click();
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await ana.page.getByText("Add suggested answers").click();
  await ana.suggestions.fill("Yes, please\nNo");
  await ana.answer("Shall I send you a new one?");
  await expect(ana.messages("Ana · human", "Shall I send you a new one?")).toBeVisible();
  await chat.check.click();
  await chat.message.fill("half a sen");
  await chat.suggested.getByRole("button", { name: "Yes, please" }).click();
  await expect(chat.messages("You", "Yes, please")).toBeVisible();
  await expect(chat.suggested).toBeHidden();
  await expect(chat.message).toHaveValue("half a sen");
  await expect(ana.messages("Visitor", "Yes, please")).toBeVisible();
});
