// Every view of the agent page that no other story looks at, open forms and refusals too, by all the rules that axe knows: on a
// desk and a phone, by day and by night. Which requirement a view is looked at for stands in the test's title.
import { devices } from "@playwright/test";
import { expectAccessible } from "../accessible";
import type { Desk } from "../people/agent";
import { DEMO } from "../server";
import { type Cast, expect, test, type Visitor } from "../story";
import { LOST_CONNECTION } from "../watch";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: devices["Pixel 7"].userAgent };

async function waiting(cast: Cast, words: string): Promise<Visitor & { receipt: string }> {
  const visitor = await cast.visitor();
  await visitor.chat.say(words);
  await visitor.chat.humanPlease.click();
  return { ...visitor, receipt: await visitor.chat.receipt() };
}

function pressable({ page }: Desk) {
  return (name: string) => page.getByRole("button", { name, exact: true });
}

test("A4, A5, A6: the open menu, the empty desk, and what a lead supervises", async ({ cast }) => {
  const ben = await cast.agent("ben");
  await expect(ben.page.getByText("Choose a conversation to read it here.")).toBeVisible();
  await ben.page.getByText("Menu", { exact: true }).click();
  const menu = ben.page.getByRole("navigation", { name: "Menu" });
  await expect(menu.getByRole("link")).toHaveText(["My work", "Team", "Account"]);
  await expectAccessible(ben.page, "the open menu over an empty desk");
  await ben.page.keyboard.press("Escape");
  await expect(menu).toBeHidden();

  const { receipt } = await waiting(cast, "Where is my lamp?");
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  const line = ben.withColleagues.getByRole("listitem");
  await expect(line).toContainText("Ana");
  await line.getByRole("button").click();
  await expect(ben.talk).toContainText("Ana · human has this conversation");
  await expect(ana.status("Ben is looking at this, too")).toBeVisible();
  await expectAccessible(ben.page, "what a colleague has");
  await expectAccessible(ana.page, "while a colleague looks, too");
});

test("A2, A4, A5, A9: what is offered, and every form that a conversation has", async ({ cast, server }) => {
  const ana = await cast.agent("ana");
  const button = pressable(ana);
  const { chat, receipt } = await waiting(cast, "Where is my lamp?");
  await expect(ana.waiting(receipt).getByRole("button", { name: "Let it go on" })).toBeVisible();
  await expectAccessible(ana.page, "an offer");
  await ana.take(receipt);

  await server.employ(DEMO, "cleo@demo.example", "Cleo");
  await ana.transfer.click();
  await expect(ana.page.getByRole("combobox", { name: "To" })).toBeFocused();
  await expectAccessible(ana.page, "passing it on");
  await ana.page.keyboard.press("Escape");
  await expect(ana.transfer).toBeFocused();

  await button("Put off").click();
  const until = ana.page.getByLabel("Until").locator("visible=true").last();
  await until.fill("2020-01-01T09:00");
  await ana.page.getByRole("form", { name: "Put off" }).getByRole("button", { name: "Put off" }).click();
  await expect(ana.page.getByRole("alert").filter({ hasText: "Choose a time that is still to come" })).toBeVisible();
  await expectAccessible(ana.page, "a time that is over");
  await button("In an hour").click();
  await ana.page.getByRole("form", { name: "Put off" }).getByRole("button", { name: "Put off" }).click();
  await expect(ana.own(receipt)).toContainText("put off until");
  await expect(ana.status(`No. ${receipt} is put off. The visitor has been told.`)).toBeVisible();
  await expect(chat.messages("Ana · human", "I get back to you on")).toBeVisible();
  await expectAccessible(ana.page, "one that is put off");

  await button("Ask a lead").click();
  await ana.page.getByRole("textbox", { name: "What do you need?" }).fill("May I refund it?");
  await expectAccessible(ana.page, "asking a lead");
  await button("Ask now").click();
  await expect(ana.noteLine("May I refund it?")).toBeVisible();
  await expectAccessible(ana.page, "a note among what was said");

  // What a button does now is what the list of all that can be done calls it.
  await ana.page.keyboard.press("Control+k");
  const sheet = ana.page.getByRole("dialog", { name: "What can be done" });
  for (const name of ["Ask no lead any more", "Go on now"]) await expect(sheet.getByRole("option", { name, exact: true })).toBeVisible();
  await sheet.getByRole("combobox").fill("no such thing");
  await expect(sheet.getByText("Nothing by that name.")).toBeVisible();
  await expectAccessible(ana.page, "nothing by that name");
});

test("A4, A9: a reply that is empty, prepared replies, and a card that is written on, on a phone too", async ({ cast }) => {
  const { receipt } = await waiting(cast, "My name is Mira Okafor. Where is my lamp?");
  const ana = await cast.agent("ana", PHONE);
  await ana.take(receipt);
  await ana.send.tap();
  await expect(ana.page.getByRole("alert").filter({ hasText: "Write something first." })).toBeVisible();
  await expectAccessible(ana.page, "an empty reply");
  await ana.page.getByRole("button", { name: "Prepared replies" }).tap();
  await expect(ana.page.getByRole("listbox", { name: "Prepared replies" })).toBeVisible();
  await expectAccessible(ana.page, "prepared replies on a phone");
  await ana.pane("Case").tap();
  const known = ana.page.getByRole("region", { name: "What is known" });
  await known.getByRole("button", { name: "Add a fact" }).tap();
  await known.getByRole("button", { name: "Save" }).tap();
  await expect(known.getByRole("alert")).toHaveText("Write what it says first.");
  await expectAccessible(ana.page, "a fact that says nothing");
});

test("A4, A9: what is looked for and not found, and a view that is kept", async ({ cast, watch }) => {
  watch.expect(/422/);
  const { receipt } = await waiting(cast, "My walnut lamp flickers.");
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  const { page } = ana;
  await page.getByText("Find a conversation", { exact: true }).click();
  const box = page.getByRole("searchbox");
  await box.fill("zebra");
  await box.press("Enter");
  await expect(page.getByText("Nothing was found. Try fewer or other words.")).toBeVisible();
  await expectAccessible(page, "nothing found");
  await box.fill("!!!");
  await box.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "no letter or digit" })).toBeVisible();
  await expectAccessible(page, "words that are none");
  await box.fill("walnut");
  await page.getByText("Keep this as a view").click();
  await page.getByRole("textbox", { name: "Its name" }).press("Enter");
  await expect(page.locator("#view-error")).not.toBeEmpty();
  await expectAccessible(page, "a view without a name");
  await page.getByRole("textbox", { name: "Its name" }).fill("Walnut");
  await page.getByRole("textbox", { name: "Its name" }).press("Enter");
  await expect(page.getByRole("button", { name: "Remove the view Walnut" })).toBeVisible();
  await expectAccessible(page, "a view that is kept");
});

test("A4, A9: off duty, without a connection, and what somebody else has now", async ({ cast, server, watch }) => {
  watch.expect(LOST_CONNECTION);
  const { receipt } = await waiting(cast, "Where is my lamp?");
  const ana = await cast.agent("ana");
  await ana.onDuty.click();
  await ana.look(receipt);
  await expect(ana.page.getByRole("button", { name: "Go on duty and take" })).toBeVisible();
  await expectAccessible(ana.page, "off duty, before one that waits");
  const ben = await cast.agent("ben");
  await ben.take(receipt);
  await expect(ana.talk).toContainText("Ben · human has this conversation");
  await expectAccessible(ana.page, "what somebody else has now");
  await server.kill();
  await expect(ben.status("No connection. Trying again.")).toBeVisible();
  await ben.reply.fill("One moment");
  await expectAccessible(ben.page, "without a connection");
  await server.restart();
  await expect(ben.status("Connected")).toBeVisible({ timeout: 30_000 });
});

test("A4, A9, A10: the door of who is invited, and of who was signed out", async ({ cast, server, watch }) => {
  watch.expect(/status of (401|404|422)/);
  const printed = await server.set("agent", "add", "zoe@demo.example", "--name", "Zoe", "--site", DEMO);
  const [, token = ""] = /#invitation=([0-9a-f]{64})/.exec(printed) ?? [];
  const page = await cast.page();
  await page.goto(`/agent#invitation=${token}`);
  await expect(page.getByText("Hello Zoe. You answer for Lumen & Oak from now on.")).toBeVisible();
  await expectAccessible(page, "an invitation");
  const password = page.getByLabel("Choose a password");
  await password.fill("short");
  await page.getByRole("button", { name: "Choose it and begin" }).click();
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await expect(password).toHaveValue("short");
  await expectAccessible(page, "a password that is too short");
  await password.fill("three calm blue lamps");
  await page.getByRole("button", { name: "Choose it and begin" }).click();
  await expect(page.getByRole("switch", { name: "On duty" })).toBeVisible();

  await page.context().clearCookies();
  await page.reload();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  const again = await cast.page();
  await again.goto(`/agent#invitation=${token}`);
  await expect(again.getByRole("main")).not.toContainText("Choose a password");
  await expectAccessible(again, "an invitation that was used");
  await again.getByRole("link", { name: "Sign in" }).click();
  await expect(again.getByRole("textbox", { name: "Email" })).toBeVisible();
});
