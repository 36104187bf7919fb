// A4, A5, A6, A7, A9: the pages of staff that no other story looks at: the lists, what is about to be removed, and what is refused.
import { expectAccessible } from "../accessible";
import { expectNoSidewaysScroll, Staff } from "../people/staff";
import { DEMO } from "../server";
import { expect, test } from "../story";

async function expectGood(staff: Staff, state: string): Promise<void> {
  await expectAccessible(staff.page, state);
  await expectNoSidewaysScroll(staff.page);
}

test("A4, A5: the lists of teams and topics, and one that is about to be changed or removed", async ({ cast, watch }) => {
  watch.expect(/status of 422/);
  const ben = await Staff.enter(cast, cast.credentials("ben"));
  await ben.go("/agent/team/teams", "Teams");
  await expect(ben.page.getByText("There are none yet.")).toBeVisible();
  await expectGood(ben, "no teams");
  for (const [section, add] of [["teams", "Add a team"], ["topics", "Add a topic"]] as const) {
    await ben.go(`/agent/team/${section}/new`, add);
    await ben.field("Name").fill(" ");
    if (section === "topics") await ben.field("Words").fill("money back");
    await ben.save.click();
    await expect(ben.problems).toBeVisible();
    await expectGood(ben, `one of the ${section} without a name`);
    await ben.field("Name").fill("Refunds");
    await ben.save.click();
    await expect(ben.done).toHaveText("Saved.");
    await expectGood(ben, `the ${section}`);
    await ben.link("Change Refunds").click();
    await expect(ben.field("Name")).toHaveValue("Refunds");
    await expectGood(ben, `one of the ${section}`);
    await ben.link("Remove…").click();
    await expect(ben.button("Remove")).toBeVisible();
    await expectGood(ben, `one of the ${section}, before it is removed`);
  }
});

test("A4, A9: the last admin stays one, and nobody is removed by one press", async ({ cast, watch }) => {
  watch.expect(/status of 422/);
  const ben = await Staff.enter(cast, cast.credentials("ben"));
  await ben.go("/agent/team", "People");
  await ben.link("Change Ben").click();
  await ben.page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Agent" });
  await ben.button("Change the role").click();
  await expect(ben.problems).toContainText("Nobody could decide who works here then.");
  await expectGood(ben, "the last admin");
  await ben.go("/agent/team", "People");
  await ben.link("Change Ana").click();
  await ben.link("Remove from the site").click();
  await expect(ben.page.getByText("They are signed out within seconds and cannot sign in again.")).toBeVisible();
  await expectGood(ben, "before somebody is removed");
  await ben.go("/agent/team", "People");
  await expect(ben.row(/Ana/)).toBeVisible();
});

test("A4: what a lead may not change, and what is not there, are said in words", async ({ cast, server, watch }) => {
  watch.expect(/status of (403|404)/);
  const dora = await Staff.enter(cast, await server.employ(DEMO, "dora@demo.example", "Dora", "lead"));
  await dora.go("/agent/team/invite", "An admin can change this");
  await expectGood(dora, "not for a lead");
  await dora.go("/agent/team/replies/999", "There is no such thing here");
  await expectGood(dora, "what is not there");
});
