// A3, A4, A5, A6, A7, A9: leads and admins see to teams, topics, prepared replies and people, on a desk and on a phone.
import type { BrowserContextOptions } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { expectNoSidewaysScroll, Staff } from "../people/staff";
import { type Cast, expect, test } from "../story";

const HOSTILE = `<img src="/nothing" onerror="alert(1)">`;

async function ben(cast: Cast, options?: BrowserContextOptions): Promise<Staff> {
  return Staff.enter(cast, cast.credentials("ben"), options);
}

async function expectGood(staff: Staff, state: string): Promise<void> {
  await expectAccessible(staff.page, state);
  await expectNoSidewaysScroll(staff.page);
}

test("a prepared reply is added, corrected and removed, and what is wrong is told beside its field", async ({ cast, watch }) => {
  watch.expect(/status of 422/);
  const staff = await ben(cast);
  await staff.go("/agent/team", "People");
  await expectGood(staff, "the people");
  await staff.link("Prepared replies").click();
  // The demo has some.
  await expect(staff.row("/sorry")).toBeVisible();
  await expectGood(staff, "the replies");
  await staff.link("Add a prepared reply").click();
  await staff.field("Shortcut").fill("two words");
  await staff.page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Basque" });
  await staff.field("Text").fill(`Hello {name}, ${HOSTILE}`);
  await staff.save.click();
  await expect(staff.problems).toContainText("Use letters, digits, - and _ only");
  await expect(staff.page).toHaveTitle(/^To put right/);
  const shortcut = staff.field("Shortcut");
  await expect(shortcut).toHaveAccessibleDescription(/Use letters, digits/);
  await expect(shortcut).toHaveAttribute("aria-invalid", "true");
  await expect(shortcut).toHaveValue("two words");
  await expect(staff.field("Text")).toHaveValue(`Hello {name}, ${HOSTILE}`);
  await expectGood(staff, "a reply that cannot be kept");
  // The way from the list of problems to the field.
  await staff.problems.getByRole("link").click();
  await expect(shortcut).toBeFocused();
  await shortcut.fill("greeting");
  await staff.save.click();
  await expect(staff.done).toHaveText("Saved.");
  const row = staff.row("/greeting");
  await expect(row).toContainText("Basque");
  await expect(row).toContainText(HOSTILE);
  await expectGood(staff, "a reply");
  await row.getByRole("link", { name: "Change greeting" }).click();
  await staff.link("Remove…").click();
  await expect(staff.page.getByText("Do you want to remove /greeting?")).toBeVisible();
  await expectGood(staff, "before it is removed");
  await staff.link("Cancel").click();
  await staff.link("Remove…").click();
  await staff.button("Remove").click();
  await expect(staff.done).toHaveText("Removed.");
  await staff.link("Changes").click();
  await expect(staff.row("prepared reply removed")).toContainText("Ben");
  await expectGood(staff, "the changes");
});

test("a team has members, a topic has words and a team, and a person has languages", async ({ cast }) => {
  const staff = await ben(cast);
  await staff.go("/agent/team/teams/new", "Add a team");
  await expectGood(staff, "a new team");
  await staff.field("Name").fill("Billing");
  await staff.page.getByRole("checkbox", { name: "Ana" }).check();
  await staff.save.click();
  await expect(staff.row("Billing")).toContainText("Ana");
  await staff.go("/agent/team/topics/new", "Add a topic");
  await staff.field("Name").fill("Refunds");
  await staff.field("Words").fill("refund\nmoney back");
  await staff.page.getByRole("combobox", { name: "Team" }).selectOption({ label: "Billing" });
  await expectGood(staff, "a new topic");
  await staff.save.click();
  await expect(staff.row("Refunds")).toContainText("refund, money back");
  await staff.go("/agent/team", "People");
  await staff.link("Change Ana").click();
  await staff.page.getByRole("checkbox", { name: "Spanish" }).check();
  await staff.page.getByRole("checkbox", { name: "Refunds" }).check();
  await expectGood(staff, "a person");
  await staff.save.click();
  await expect(staff.row(/Ana/)).toContainText("Spanish");
  await expect(staff.row(/Ana/)).toContainText("Billing");
});

test("an admin invites somebody, whose link works once and is in no address", async ({ cast, server }) => {
  const staff = await ben(cast);
  const asked: string[] = [];
  staff.page.on("request", (request) => asked.push(request.url()));
  await staff.go("/agent/team/invite", "Invite somebody");
  await expectGood(staff, "an invitation");
  await staff.field("Name").fill("Zoe");
  await staff.field("Email").fill("zoe@demo.example");
  await staff.page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Lead" });
  await staff.button("Make the link").click();
  await expect(staff.heading("Invitation link")).toBeVisible();
  await expectGood(staff, "the link");
  const link = await staff.page.getByText("#invitation=").innerText();
  expect(link).toMatch(new RegExp(`^${server.origin}/agent#invitation=[0-9a-f]{64}$`));
  const token = link.split("=")[1] ?? "";
  expect(asked.filter((url) => url.includes(token))).toEqual([]);
  const password = "three calm blue lamps";
  const choose = () => staff.page.request.put("/api/v1/agent/invitation", { data: { token, password } });
  expect((await choose()).status()).toBe(204);
  expect((await choose()).status()).toBe(404);
});

test("an agent is told who can change it, and somebody who is gone is led to where they sign in", async ({ cast, watch }) => {
  watch.expect(/status of 403/);
  const ana = await Staff.enter(cast, cast.credentials("ana"));
  await ana.go("/agent/team", "Your lead can change this");
  await expectGood(ana, "not for an agent");
  await ana.page.context().clearCookies();
  await ana.page.goto("/agent/team");
  expect(new URL(ana.page.url()).pathname).toBe("/agent");
});

test("everything on a form is done by keyboard and without a script, and the content is one press away", async ({ cast }) => {
  const staff = await ben(cast, { javaScriptEnabled: false });
  await staff.go("/agent/team/topics/new", "Add a topic");
  const { keyboard } = staff.page;
  await keyboard.press("Tab");
  await expect(staff.link("Skip to the content")).toBeFocused();
  await keyboard.press("Enter");
  await keyboard.press("Tab");
  await expect(staff.field("Name")).toBeFocused();
  await keyboard.type("Refunds");
  await keyboard.press("Tab");
  await keyboard.type("refund");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await expect(staff.save).toBeFocused();
  await keyboard.press("Enter");
  await expect(staff.row("Refunds")).toBeVisible();
});
