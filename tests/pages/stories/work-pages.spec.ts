// A5, A6, A7, A9, S14: people see what they worked, take it home as a table and change their password, on a desk and a phone.
import { readFile } from "node:fs/promises";
import { expectAccessible } from "../accessible";
import { expectNoSidewaysScroll, Staff } from "../people/staff";
import { expect, test } from "../story";

test("people see their work, and their lead sees the same of it", async ({ cast }) => {
  const { chat } = await cast.visitorWithoutScripts();
  await chat.humanPlease.click();
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await ana.answer("Here I am.");
  await expect(ana.messages("Ana · human", "Here I am.")).toBeVisible();
  const own = await Staff.enter(cast, cast.credentials("ana"));
  await own.go("/agent/work?period=today", "My work");
  await expectAccessible(own.page, "one's own work");
  await expectNoSidewaysScroll(own.page);
  const tiles = own.page.getByRole("term").filter({ hasText: "Conversations taken" });
  await expect(tiles.locator("xpath=following-sibling::dd")).toHaveText("1");
  await expect(own.page.getByRole("row").filter({ hasText: "now" })).toBeVisible();
  const coming = own.page.waitForEvent("download");
  await own.link("Statement as a table").click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^work-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  const table = await readFile((await file.path()) ?? "", "utf8");
  expect(table).toMatch(/^\uFEFFperson,what,at,/);
  expect(table).toMatch(/\r\nAna,taken,[0-9T:.-]+Z,,,1,[0-9a-f]{32},\d+\r\n/);

  const ben = await Staff.enter(cast, cast.credentials("ben"));
  await ben.go("/agent/team", "People");
  await ben.link("Work Ana").click();
  await expect(ben.heading("Work of Ana")).toBeVisible();
  await ben.link("Today").click();
  await expect(ben.heading("Work of Ana")).toBeVisible();
  await expectAccessible(ben.page, "somebody else's work");
});

test("days that are none are told beside their field", async ({ cast, watch }) => {
  watch.expect(/status of 422/);
  const staff = await Staff.enter(cast, cast.credentials("ana"));
  await staff.go("/agent/work?from=2026-11-24&to=2026-11-23", "My work");
  await expect(staff.page.getByLabel("To", { exact: true })).toHaveAccessibleDescription("The last day is before the first.");
  await expect(staff.page.getByLabel("From")).toHaveValue("2026-11-24");
  await expectAccessible(staff.page, "days that are none");
  await expectNoSidewaysScroll(staff.page);
});

test("a password is changed by whoever knows it", async ({ cast, watch }) => {
  watch.expect(/status of 422/);
  const staff = await Staff.enter(cast, cast.credentials("ana"));
  await staff.go("/agent/account", "Account");
  await expectAccessible(staff.page, "the account");
  await expectNoSidewaysScroll(staff.page);
  const change = async (current: string) => {
    await staff.page.getByLabel("Current password").fill(current);
    await staff.page.getByLabel("New password").fill("three calm blue lamps");
    await staff.button("Change the password").click();
  };
  await change("not this one");
  await expect(staff.problems).toContainText("That is not your password.");
  await expect(staff.page.getByLabel("Current password")).toHaveValue("");
  await expectAccessible(staff.page, "a password that is not changed");
  await change(cast.credentials("ana").password);
  await expect(staff.done).toContainText("Your password is changed.");
});
