// A2, A3, A5, A7: the whole work of an agent on a phone of 390 px, by touch, with one hand: from signing in to one's account. In
// every view everything that can be pressed is large enough, on the screen and under nothing, and what is pressed most is under
// the thumb, also above a keyboard.
import { devices } from "@playwright/test";
import { Desk } from "../people/agent";
import { ABOVE_KEYBOARD, expectReachable, expectUnderThumb } from "../reachable";
import { expect, test } from "../story";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: devices["Pixel 7"].userAgent };

test("with one hand an agent signs in, takes, replies, puts off, solves, finds again and sees to their account", async ({ cast }) => {
  const { chat } = await cast.visitor();
  await chat.say("My name is Mira Okafor. Where is my walnut lamp?");
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const page = await cast.page(PHONE);
  const ana = new Desk(page);
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });

  await test.step("the door and the queue", async () => {
    await page.goto("/agent");
    await expect(ana.email).toBeVisible();
    await expectReachable(page, "the door");
    await ana.email.tap();
    await page.keyboard.type(cast.credentials("ana").email);
    await ana.password.tap();
    await page.keyboard.type(cast.credentials("ana").password);
    await ana.signIn.tap();
    await expect(ana.status("Connected")).toBeVisible();
    await ana.onDuty.tap();
    await expect(ana.onDuty).toBeChecked();
    await expect(ana.waiting(receipt)).toContainText("Where is my walnut lamp?");
    await expectReachable(page, "the queue");
    await expectUnderThumb([ana.pane("Queue"), ana.pane("Conversation"), ana.pane("Case")]);
  });

  await test.step("read before it is taken, and taken from below what was read", async () => {
    await ana.waiting(receipt).getByRole("button", { name: /^Visitor/ }).tap();
    await expect(ana.messages("Visitor", "Where is my walnut lamp?")).toBeVisible();
    const take = ana.talk.getByRole("button", { name: "Take" });
    await expectReachable(page, "one that waits");
    await expectUnderThumb([take]);
    await take.tap();
    await expect(ana.reply).toBeVisible();
    await expectReachable(page, "one that was taken");
    await expectUnderThumb([ana.reply, ana.send]);
  });

  await test.step("replies: above the keyboard, taken back, and prepared", async () => {
    await ana.reply.tap();
    await page.setViewportSize(ABOVE_KEYBOARD);
    await page.keyboard.type("One moment, plese.");
    await expectReachable(page, "above the keyboard");
    for (const thing of [ana.reply, ana.send]) await expect(thing).toBeInViewport({ ratio: 1 });
    await expect(ana.event("Taken by Ana · human"), "what happened last is in view beside it").toBeInViewport({ ratio: 1 });
    await ana.send.tap();
    // For three seconds it can be taken back.
    await button("Undo").tap();
    await expect(ana.reply).toHaveValue("One moment, plese.");
    await ana.reply.fill("One moment, please.");
    await ana.send.tap();
    await ana.sendNow.tap();
    await expect(chat.messages("Ana · human")).toHaveCount(1);
    await expect(chat.messages("Ana · human", "One moment, please.")).toBeVisible();

    await button("Prepared replies").tap();
    const offered = page.getByRole("listbox", { name: "Prepared replies" });
    await expect(offered.getByRole("option")).toHaveCount(5);
    await expectReachable(page, "prepared replies above the keyboard", offered);
    await offered.getByRole("option", { name: "/number" }).tap();
    await expect(ana.reply).toHaveValue(`Your request has the number ${receipt}, should you want to come back to it.`);
    await page.setViewportSize(PHONE.viewport);
    await ana.send.tap();
    await expectReachable(page, "a reply that can be taken back");
    await ana.sendNow.tap();
    await expect(chat.messages("Ana · human", `Your request has the number ${receipt}`)).toBeVisible();
  });

  await test.step("the case card: a fact is added under the thumb", async () => {
    await ana.pane("Case").tap();
    await expectReachable(page, "the case card");
    await button("Add a fact").tap();
    await page.getByLabel("What it says").fill("Walnut lamp");
    await expectReachable(page, "a fact that is written");
    await page.getByRole("region", { name: "What is known" }).getByRole("button", { name: "Save" }).tap();
    await expect(page.getByRole("region", { name: "What is known" })).toContainText("Walnut lamp by Ana");
    await ana.note.fill("She is patient.");
    await button("Add note").tap();
    await ana.pane("Conversation").tap();
    await expect(ana.noteLine("She is patient.")).toBeVisible();
  });

  await test.step("the moves: a form each, shut by a tap, and one of them sent", async () => {
    await ana.transfer.tap();
    await expect(page.getByRole("combobox", { name: "To" })).toBeFocused();
    await expectReachable(page, "passing it on");
    await button("Cancel").tap();
    await expect(ana.transfer).toBeFocused();
    await button("Ask a lead").tap();
    await expectReachable(page, "asking a lead");
    await button("Cancel").tap();
    await button("Put off").tap();
    const form = page.getByRole("form", { name: "Put off" });
    await expectReachable(page, "putting it off");
    await form.getByRole("button", { name: "Tomorrow morning" }).tap();
    await expect(form.getByRole("button", { name: "Tomorrow morning" })).toHaveAttribute("aria-pressed", "true");
    await form.getByRole("button", { name: "Put off" }).tap();
    await expect(chat.messages("Ana · human", "I get back to you on")).toBeVisible();
    await expect(ana.own(receipt)).toBeVisible();
    await expect(ana.own(receipt)).toContainText("put off until");
    await expectReachable(page, "one that is put off");
    await ana.own(receipt).getByRole("button").tap();
    await button("Go on now").tap();
    await expect(button("Put off")).toBeVisible();
  });

  await test.step("solved, found again and read", async () => {
    await ana.resolve.tap();
    await expect(chat.event("Ana marked this as solved.")).toBeVisible();
    await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
    await page.getByText("Find a conversation", { exact: true }).tap();
    await page.getByRole("searchbox").fill("walnut");
    await button("Find").tap();
    const found = page.getByRole("list", { name: "Found" });
    await expect(found.getByRole("listitem")).toHaveCount(1);
    await page.getByText("Keep this as a view").tap();
    await expectReachable(page, "what was found");
    await found.getByRole("button").tap();
    await expect(ana.messages("Visitor", "Where is my walnut lamp?")).toBeVisible();
    await expect(ana.reply).toBeHidden();
    await expectReachable(page, "one that is solved");
  });

  await test.step("the menu, the account, and back", async () => {
    await page.getByText("Menu", { exact: true }).tap();
    await expectReachable(page, "the menu", page.getByRole("navigation", { name: "Menu" }));
    await page.getByRole("link", { name: "Account" }).tap();
    await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
    await expectReachable(page, "the account");
    await page.getByRole("link", { name: "My work" }).tap();
    await expect(page.getByRole("heading", { level: 1, name: "My work" })).toBeVisible();
    await expectReachable(page, "one's work");
    await page.getByRole("link", { name: "Conversations", exact: true }).tap();
    await expect(ana.status("Connected")).toBeVisible();
    await expect(ana.onDuty).toBeChecked();
    await page.getByText("Menu", { exact: true }).tap();
    await button("Sign out").tap();
    await expect(ana.signIn).toBeVisible();
  });
});
