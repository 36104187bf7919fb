// The agent page at work: on a phone, by keyboard alone, with more than one visitor and more than one agent.
import { devices } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { Desk } from "../people/agent";
import { expectTicking } from "../people/visitor";
import { SlowLine } from "../slow-line";
import { expect, test } from "../story";
import { LOST_CONNECTION } from "../watch";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: devices["Pixel 7"].userAgent };

test("on a phone an agent does the whole work, one pane at a time", async ({ cast }) => {
  const { chat } = await cast.visitor();
  await chat.say("How much is delivery?");
  await expect(chat.messages("AI assistant")).toBeVisible();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();

  const ana = await cast.agent("ana", PHONE);
  await expect(ana.queue).toBeVisible();
  await expect(ana.log).toBeHidden();
  await expectTicking(ana.waiting(receipt).getByRole("timer"));
  await ana.waiting(receipt).getByRole("button", { name: "Take" }).tap();
  await expect(ana.reply).toBeVisible();
  await expect(ana.queue).toBeHidden();
  await expect(ana.messages("Visitor", "How much is delivery?")).toBeVisible();

  await ana.pane("Case").tap();
  await expect(ana.caseCard).toBeVisible();
  await expect(ana.log).toBeHidden();
  await ana.caseCard.getByRole("link", { name: "How much is delivery?" }).tap();
  await expect(ana.messages("Visitor", "How much is delivery?")).toBeInViewport();

  await ana.answer("Four pounds.");
  await expect(chat.messages("Ana · human", "Four pounds.")).toBeVisible();
  await ana.transfer.tap();
  await ana.passOn.tap();
  await expect(chat.place).toBeVisible();
  await ana.pane("Queue").tap();
  await ana.take(receipt);
  await expect(ana.reply).toBeVisible();
  await ana.resolve.tap();
  await expect(chat.humanPlease).toBeVisible();
  await ana.pane("Queue").tap();
  await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
  // Nothing on the way is wider than the phone.
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("by keyboard alone an agent signs in, takes, answers and resolves", async ({ cast }) => {
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const page = await cast.page();
  await page.goto("/agent");
  const { email, password } = cast.credentials("ana");
  const { keyboard } = page;
  const ana = new Desk(page);
  const tabTo = (thing: typeof ana.reply) =>
    expect(async () => {
      await keyboard.press("Tab");
      await expect(thing).toBeFocused({ timeout: 1 });
    }).toPass({ intervals: [1] });

  await expect(ana.email).toBeVisible();
  await tabTo(ana.email);
  await keyboard.type(email);
  await keyboard.press("Tab");
  await keyboard.type(password);
  await keyboard.press("Enter");
  await expect(ana.onDuty).toBeFocused();
  if (!(await ana.onDuty.isChecked())) await keyboard.press("Space");
  await expect(ana.onDuty).toBeChecked();
  await tabTo(ana.waiting(receipt).getByRole("button", { name: "Take" }));
  await keyboard.press("Enter");
  await expect(ana.reply).toBeFocused();
  await keyboard.type("Typed");
  await keyboard.press("Shift+Enter");
  await keyboard.type("on two lines");
  await keyboard.press("Enter");
  await expect(chat.messages("Ana · human")).toContainText("Typed\non two lines", { useInnerText: true });
  await expect(ana.reply).toHaveValue("");
  await tabTo(ana.resolve);
  await keyboard.press("Enter");
  await expect(chat.event("Ana marked this as solved.")).toBeVisible();
});

test("the title counts who waits, and the lists count what is unread", async ({ cast }) => {
  const first = await cast.visitor();
  const second = await cast.visitor();
  const ana = await cast.agent("ana");
  await expect(ana.page).toHaveTitle(/^[^(]/);
  await first.chat.humanPlease.click();
  await expect(ana.page).toHaveTitle(/^\(1\) /);
  await second.chat.humanPlease.click();
  await expect(ana.page).toHaveTitle(/^\(2\) /);
  const [one, two] = [await first.chat.receipt(), await second.chat.receipt()];
  // Whoever asked first is first.
  await expect(ana.queue.getByRole("listitem").first()).toContainText(`No. ${one}`);
  await ana.take(one);
  await expect(ana.page).toHaveTitle(/^\(1\) /);
  await ana.take(two);
  await expect(ana.page).toHaveTitle(/^[^(]/);

  await first.chat.say("Are you there?");
  await first.chat.say("Hello?");
  await expect(ana.own(one)).toContainText("2 unread");
  await expect(ana.own(two)).not.toContainText("unread");
  await expectAccessible(ana.page, "unread messages");
  await ana.own(one).getByRole("button").click();
  await expect(ana.messages("Visitor", "Hello?")).toBeVisible();
  await expect(ana.own(one)).not.toContainText("unread");
});

test("what an agent has begun to write stays with its conversation", async ({ cast }) => {
  const first = await cast.visitor();
  const second = await cast.visitor();
  await first.chat.humanPlease.click();
  const one = await first.chat.receipt();
  await second.chat.humanPlease.click();
  const two = await second.chat.receipt();
  const ana = await cast.agent("ana");
  await ana.take(one);
  await ana.reply.fill("For the first");
  await ana.take(two);
  await expect(ana.reply).toHaveValue("");
  await ana.reply.fill("For the second");
  await ana.own(one).getByRole("button").click();
  await expect(ana.reply).toHaveValue("For the first");
  await ana.send.click();
  await expect(first.chat.messages("Ana · human", "For the first")).toBeVisible();
  await ana.own(two).getByRole("button").click();
  await expect(ana.reply).toHaveValue("For the second");
  await ana.page.reload();
  await expect(ana.status("Connected")).toBeVisible();
  await ana.own(two).getByRole("button").click();
  await expect(ana.reply).toHaveValue("For the second");
});

test("two agents take one conversation: one has it, and the other is told who was quicker", async ({ cast }) => {
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const ana = await cast.agent("ana");
  const page = await cast.page();
  const line = await SlowLine.under(page);
  const ben = await cast.deskOn(page, cast.credentials("ben"));
  await expect(ben.waiting(receipt)).toBeVisible();

  // Ben presses before he can hear that Ana has.
  line.hold();
  await ana.take(receipt);
  await expect(chat.person).toContainText("Ana · human");
  await ben.waiting(receipt).getByRole("button", { name: "Take" }).click();
  line.release();
  await expect(ben.status(`Somebody else was quicker: Ana has taken No. ${receipt}.`)).toBeVisible();
  await expect(ben.queue.getByRole("listitem")).toHaveCount(0);
  await expect(ben.mine.getByRole("listitem")).toHaveCount(0);
  await expect(ben.reply).toBeHidden();
  await expect(ana.own(receipt)).toBeVisible();
  await expect(chat.event(/· human is here/)).toHaveCount(1);
});

test("who goes on duty and takes at once has it, however slow the line is", async ({ cast }) => {
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const page = await cast.page();
  const line = await SlowLine.under(page);
  const ana = await cast.deskOn(page, cast.credentials("ana"));
  await expect(ana.status("You are on duty.")).toBeVisible();
  await ana.onDuty.click();
  await expect(ana.status("You are off duty.")).toBeVisible();

  line.hold();
  await ana.onDuty.click();
  await ana.waiting(receipt).getByRole("button", { name: "Take" }).click();
  line.release();
  await expect(ana.reply).toBeFocused();
  await expect(chat.person).toContainText("Ana · human");
});

for (const [where, options] of [["a desk", {}], ["a phone", PHONE]] as const) {
  test(`on ${where} no notice moves what an agent is about to press`, async ({ cast, server, watch }) => {
    watch.expect(LOST_CONNECTION);
    const { chat } = await cast.visitor();
    await chat.humanPlease.click();
    const ana = await cast.agent("ana", options);
    const take = ana.waiting(await chat.receipt()).getByRole("button", { name: "Take" });
    // The notice about being on duty may have come already, and goes by itself.
    await expect(ana.status("You are on duty.")).toHaveCount(0);
    const place = await take.boundingBox();
    await server.kill();
    await expect(ana.status("No connection. Trying again.")).toBeVisible();
    expect(await take.boundingBox()).toEqual(place);
    await server.restart();
    await expect(ana.status("Connected")).toBeVisible({ timeout: 30_000 });
    expect(await take.boundingBox()).toEqual(place);
  });
}

test("a wrong password is refused in words, and signing out ends it", async ({ cast, watch }) => {
  watch.expect(/401/);
  const page = await cast.page();
  await page.goto("/agent");
  const ana = new Desk(page);
  await expectAccessible(page, "the door");
  await ana.email.fill("ana@demo.example");
  await ana.password.fill("not this one");
  await ana.signIn.click();
  await expect(page.getByRole("alert")).toHaveText("Email or password is not right. Check both and try again.");
  await expect(ana.email).toHaveValue("ana@demo.example");
  await expectAccessible(page, "the door, refused");
  await ana.enter(cast.credentials("ana"));
  await page.getByText("Menu", { exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(ana.signIn).toBeVisible();
  await page.reload();
  await expect(ana.signIn).toBeVisible();
});

test("whoever is off duty reads the queue, and takes nothing by accident", async ({ cast }) => {
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const ana = await cast.agent("ana");
  await expect(chat.place).toContainText("You keep your place");
  await ana.onDuty.setChecked(false);
  await expect(ana.page.getByText("You are off duty. You can finish your conversations")).toBeVisible();
  await expect(chat.place).toContainText("Nobody is on duty right now");
  await expect(ana.waiting(receipt)).toBeVisible();
  await expectAccessible(ana.page, "off duty");
});
