// An agent whose browser is gone keeps nobody waiting: the conversation goes back to the front of the line (G4).
import { Server } from "../server";
import { expect, test as base } from "../story";

const test = base.extend({
  server: async ({}, use) => {
    // The shortest that there is.
    const server = await Server.start({ flags: ["--lease-seconds", "5"] });
    await use(server);
    await server.stop();
  },
});

test("when an agent's browser is gone, the conversation is back at the front of the line, and both are told", async ({ cast }) => {
  const { chat } = await cast.visitor();
  const other = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await other.chat.humanPlease.click();
  await expect(other.chat.place).toContainText("You are next");
  const ben = await cast.agent("ben");
  await ana.page.context().close();
  await expect(chat.event("Ana had to go. You are back at the front of the line, with your time kept.")).toBeVisible({ timeout: 20_000 });
  await expect(chat.place).toContainText("You are next");
  await expect(other.chat.place).toContainText("2nd in line");
  await expect(ben.queue.getByRole("listitem").first()).toContainText(`No. ${receipt}`);
  await expect(ben.waiting(receipt)).toContainText("came back to the line");
});
