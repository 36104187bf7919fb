// L5: a visitor who is not content asks for a supervisor in the same conversation, and is told the truth about it. Ben is
// the demo's supervisor.
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

test("a visitor whom Ana answers asks for a supervisor, and Ben takes it from her", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await expect(chat.askForSupervisor).toBeHidden();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  await expect(chat.askForSupervisor).toBeVisible();
  const ana = await cast.agent("ana");
  const ben = await cast.agent("ben");
  await ana.take(receipt);
  await ana.answer("I can only offer you a voucher.");
  await expect(chat.messages("Ana · human")).toBeVisible();

  // By keyboard, and the focus is not lost with the button.
  await chat.askForSupervisor.focus();
  await page.keyboard.press("Enter");
  const asked = chat.status(/^You asked for a supervisor at \d+:\d\d.*\. Ana goes on helping you meanwhile\.$/);
  await expect(asked).toBeVisible();
  await expect(asked).toBeFocused();
  await expect(chat.askForSupervisor).toBeHidden();
  await expect(chat.event("You asked for a supervisor")).toBeVisible();
  await expect(chat.person).toContainText("Ana · human");
  await expectAccessible(page, "while a supervisor is asked for");
  // A reload shows the same.
  await page.reload();
  await expect(asked).toBeVisible();

  // Whoever has it sees it and goes on; the supervisor has it first in the line, and reads it before taking it.
  await expect(ana.own(receipt)).toContainText("Supervisor asked");
  await expect(ana.event("Asked for a supervisor")).toBeVisible();
  await expect(ben.waiting(receipt)).toContainText("Supervisor asked");
  await expect(ben.waiting(receipt)).toContainText("Ana has it");
  await ben.waiting(receipt).getByRole("button", { name: /^Visitor/ }).click();
  await expect(ben.messages("Ana · human", "I can only offer you a voucher.")).toBeVisible();
  await ana.reply.fill("Let me see what");
  await expectAccessible(ben.page, "with a wish for a supervisor in the queue");
  await ben.take(receipt);
  await ben.answer("I am Ben. I have sent you a new lamp.");

  await expect(chat.event("Ben · human is here, a supervisor")).toBeVisible();
  await expect(chat.messages("Ben · human", "I have sent you a new lamp.")).toBeVisible();
  await expect(chat.person).toContainText("is a supervisor and has your conversation.");
  await expect(chat.status("Ben · human answers now")).toBeVisible();
  await expect(asked).toBeHidden();
  await expect(chat.askForSupervisor).toBeHidden();
  await expectAccessible(page, "with a supervisor");
  // Ana's words are not lost, and are nobody's to send there any more.
  await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
  await expect(ana.talk).toContainText("Ben · human has this conversation");
  await expect(ana.talk).toContainText("Let me see what");
});

test("without scripts a supervisor is asked for by the page's form", async ({ cast }) => {
  const { chat } = await cast.visitorWithoutScripts();
  await chat.humanPlease.click();
  await expect(chat.askForSupervisor).toBeVisible();
  await chat.message.fill("half a sen");
  await chat.askForSupervisor.click();
  await expect(chat.status(/^You asked for a supervisor at \d\d:\d\d UTC\.$/)).toBeVisible();
  await expect(chat.place).toContainText("You are next");
  await expect(chat.message).toHaveValue("half a sen");
});
