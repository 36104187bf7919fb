// From the shop's page to a person and back: what the product is for, in one go. Every state on the way is accessible, on
// a desk and on a phone, by day and by night.
import { CHAT, expectAccessible } from "../accessible";
import { expectTicking, secondsOf } from "../people/visitor";
import { expect, test } from "../story";

const QUESTION = "How many days do I have to return a lamp?";

test("a visitor asks the assistant, then a person, who answers, passes on, solves, and is there again", async ({ cast }) => {
  // Ten states, each looked at in four ways: minutes, on two cores that share them with the story beside.
  test.slow();
  const shop = await cast.shopper();
  const { chat, page } = shop;
  await expectAccessible(page, "the shop before anything is open");

  await test.step("the assistant says what it is before the first message", async () => {
    await shop.openChat.click();
    await expect(chat.message).toBeFocused();
    await expect(chat.log).toContainText("An AI assistant answers first. It is not a person");
    await expect(chat.status("AI assistant answers now")).toBeVisible();
    await expect(chat.humanPlease).toBeVisible();
    expect(await chat.said()).toEqual([]);
    await expectAccessible(page, "the chat is open");
  });

  await test.step("it answers with words of an article, and a link to them", async () => {
    await chat.say(QUESTION);
    await expect(chat.messages("You", QUESTION)).toBeVisible();
    const answer = chat.messages("AI assistant");
    await expect(answer).toBeVisible();
    const source = answer.getByRole("link").first();
    await expect(source).toHaveAccessibleName(/opens in a new tab/);
    const [, quoted = ""] = /^From our help page .+?: (.+)$/s.exec((await chat.said())[1]?.[1] ?? "") ?? [];
    expect(quoted).not.toBe("");
    const [article] = await Promise.all([page.context().waitForEvent("page"), source.click()]);
    await expect(article.getByRole("heading", { level: 1 })).toBeVisible();
    const written = await article.getByRole("main").innerText();
    expect(flat(written)).toContain(flat(quoted));
    await expectAccessible(article, "the article");
    await article.close();
    await expectAccessible(page, "the assistant has answered", CHAT);
  });

  let receipt = "";
  let asked = 0;
  await test.step("one press asks for a person: a number, a place in line, a wait that ticks", async () => {
    asked = Date.now();
    await chat.humanPlease.click();
    receipt = await chat.receipt();
    await expect(chat.place).toContainText("You are next");
    await expect(chat.place).toContainText(`No. ${receipt}`);
    // Nobody is there yet, and the page says so.
    await expect(chat.place).toContainText("Nobody is on duty right now");
    await expectTicking(chat.wait);
    await expectAccessible(page, "the visitor waits", CHAT);
  });

  const ana = await cast.agent("ana");
  const ben = await cast.agent("ben");
  await test.step("the agents see who waits, and for how long", async () => {
    await expect(chat.place).toContainText(`No. ${receipt}. You keep your place`);
    await expect(ana.waiting(receipt)).toBeVisible();
    await expect(ana.waiting(receipt)).toContainText(QUESTION);
    await expect(ana.page).toHaveTitle(/^\(1\) /);
    await expectTicking(ana.waiting(receipt).getByRole("timer"));
    await expectAccessible(ana.page, "somebody waits in the queue");
  });

  await test.step("one of them takes it, and sees the whole conversation and who said what", async () => {
    await ana.take(receipt);
    await expect(ben.waiting(receipt)).toHaveCount(0);
    await expect(ana.page).toHaveTitle(/^[^(]/);
    await expect(ana.messages("Visitor", QUESTION)).toBeVisible();
    const [[asker], [answerer, answer]] = (await ana.said()) as [[string, string], [string, string]];
    expect([asker, answerer]).toEqual(["Visitor", "AI assistant"]);
    expect(answer).toBe((await chat.said())[1]?.[1]);
    await expect(ana.caseCard).toContainText(`No. ${receipt}`);
    await expect(ana.caseCard).toContainText("the Human please button");
    await expect(ana.caseCard).toContainText(QUESTION);
    await expect(chat.status("Ana · human answers now")).toBeVisible();
    await expect(chat.person).toContainText("Ana · human");
    await expectAccessible(ana.page, "the agent has the conversation");
  });

  await test.step("they talk: each sees who writes, and that it is a person", async () => {
    await ana.reply.pressSequentially("Hello. ");
    await expect(chat.log).toContainText("Ana is writing");
    await ana.answer("Hello. You have 30 days, and I can send you a label.");
    await expect(chat.messages("Ana · human", "I can send you a label")).toBeVisible();
    await expect(chat.log).not.toContainText("is writing");
    await expectAccessible(page, "a person answers", CHAT);

    await chat.message.pressSequentially("Yes, ");
    await expect(ana.log).toContainText("Visitor is writing");
    await chat.say("Yes, please send it.");
    await expect(ana.messages("Visitor", "Yes, please send it.")).toBeVisible();
    await expect(ana.log).not.toContainText("is writing");
    await expectAccessible(ana.page, "the visitor has written again");
  });

  await test.step("given back to the queue, it keeps the time of its first request", async () => {
    await ana.giveBack();
    await expect(chat.event("Ana passed you on. You are back at the front of the line, with your time kept.")).toBeVisible();
    // A wait that began again would be shorter by all that happened since.
    const elapsed = Math.floor((Date.now() - asked) / 1_000) - 1;
    expect(await secondsOf(chat.wait)).toBeGreaterThanOrEqual(elapsed);
    expect(await secondsOf(ben.waiting(receipt).getByRole("timer"))).toBeGreaterThanOrEqual(elapsed);
    await expect(chat.place).toContainText(`No. ${receipt}`);
    await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
    await expectAccessible(page, "the visitor waits again", CHAT);
    await ana.take(receipt);
    await expect(chat.person).toContainText("Ana · human");
  });

  await test.step("solved, it can be opened again by writing, and goes back to the same person", async () => {
    await ana.resolve.click();
    await expect(chat.event("Ana marked this as solved. Write again and it goes back to Ana.")).toBeVisible();
    await expect(chat.humanPlease).toBeVisible();
    await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
    await expectAccessible(page, "it is solved", CHAT);
    await expectAccessible(ana.page, "the agent has solved it");

    await chat.say("One more thing: may I keep the bulb?");
    await expect(ana.mine.getByRole("listitem")).toHaveCount(1);
    await expect(ana.messages("Visitor", "may I keep the bulb")).toBeVisible();
    await expect(chat.person).toContainText("Ana · human");
    await expect(ben.queue.getByRole("listitem")).toHaveCount(0);
    await expect(ben.mine.getByRole("listitem")).toHaveCount(0);
    await ana.answer("Yes, keep it.");
    await expect(chat.messages("Ana · human", "Yes, keep it.")).toBeVisible();
  });

  await test.step("both have the same conversation in the end", async () => {
    const visitors = (await chat.said()).map(([author, text]) => [author === "You" ? "Visitor" : author, text]);
    expect(visitors).toEqual(await ana.said());
    expect(visitors.map(([author]) => author)).toEqual([
      "Visitor",
      "AI assistant",
      "Ana · human",
      "Visitor",
      "Ana · human",
      "Visitor",
      "Ana · human",
    ]);
  });
});

/** Words without the breaks between them, which differ between an article and a quotation of it. */
function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
