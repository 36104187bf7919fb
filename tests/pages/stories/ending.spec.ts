// G1, G5, L12: back to the assistant only when the visitor says so, and the visitor's own end, which asks no questions but one.
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

const PHONE = { width: 320, height: 640 };

test("a visitor goes back from a person to the assistant, and asks for a person again", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await expect(chat.talkToAiAgain).toBeHidden();
  await expect(chat.endMine).toBeHidden();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  // In line it is called leaving the line.
  await expect(chat.talkToAiAgain).toBeHidden();
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await ana.answer("Hello, I am Ana.");
  await expect(chat.messages("Ana · human")).toBeVisible();

  await page.setViewportSize(PHONE);
  await chat.talkToAiAgain.focus();
  await expectAccessible(page, "with the ways out, on a phone");
  await page.keyboard.press("Enter");
  await expect(chat.event("The AI assistant answers again.")).toBeVisible();
  await expect(chat.status("AI assistant answers now")).toBeVisible();
  await expect(chat.talkToAiAgain).toBeHidden();
  await expect(chat.log).toBeFocused();
  await expect(chat.humanPlease).toBeInViewport();
  await expect(ana.event("The visitor went back to the AI assistant")).toBeVisible();
  await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
  await expect(ana.reply).toBeHidden();

  await chat.say("How long does shipping take?");
  await expect(chat.messages("AI assistant").last()).toBeVisible();
  await expect(ana.messages("Visitor", "How long does shipping take?")).toBeHidden();
  await chat.humanPlease.click();
  await expect(chat.place).toBeVisible();
});

test("a visitor ends the conversation, and their next words go to the person they had", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await page.setViewportSize(PHONE);
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await ana.answer("Hello, I am Ana.");
  await expect(chat.messages("Ana · human")).toBeVisible();

  // One press ends nothing.
  await expect(chat.endSure).toBeHidden();
  await chat.endMine.click();
  await expect(chat.log.getByText("End it for both sides? You can write again at any time.")).toBeVisible();
  await expect(chat.person).toBeInViewport();
  await expectAccessible(page, "while it asks whether to end");
  await chat.endSure.click();
  await expect(chat.event("You ended the conversation. Write again at any time.")).toBeVisible();
  await expect(chat.status("You ended the conversation. Write again at any time.")).toBeVisible();
  await expect(chat.endMine).toBeHidden();
  await expect(chat.talkToAiAgain).toBeVisible();
  await expect(chat.humanPlease).toBeInViewport();
  await expectAccessible(page, "after the visitor's end");
  await expect(ana.event("The visitor ended the conversation")).toBeVisible();
  await expect(ana.mine.getByRole("listitem")).toHaveCount(0);

  // Nothing is deleted, and nothing asks how it was.
  await page.reload();
  await expect(chat.messages("Ana · human", "Hello, I am Ana.")).toBeVisible();
  await chat.say("One more thing");
  await expect(chat.person).toContainText("Ana · human");
  await expect(ana.mine.getByRole("listitem")).toHaveCount(1);
  await expect(chat.endMine).toBeVisible();
});

test("without scripts both are buttons of the page's form", async ({ cast }) => {
  const { chat, page } = await cast.visitorWithoutScripts();
  await page.setViewportSize(PHONE);
  await chat.humanPlease.click();
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await chat.check.click();
  await chat.message.fill("half a sen");
  await chat.talkToAiAgain.click();
  await expect(chat.event("The AI assistant answers again.")).toBeVisible();
  await expect(chat.message).toHaveValue("half a sen");

  await expect(chat.endSure).toBeHidden();
  await chat.endMine.click();
  await chat.endSure.click();
  await expect(chat.event("You ended the conversation. Write again at any time.")).toBeVisible();
  await expect(chat.humanPlease).toBeVisible();
  await expect(chat.endMine).toBeHidden();
  await expect(chat.message).toHaveValue("half a sen");
});
