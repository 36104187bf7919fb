// An agent whose browser is gone, or stands still, keeps nobody waiting: the conversation goes back to the front of the
// line (G4, R12).
import { Server } from "../server";
import { StoppableBrowser } from "../stoppable-browser";
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

test("when an agent's browser stands still, the conversation goes on without them, and they are told when it moves again", async ({
  cast,
  server,
  watch,
  launchOptions,
}) => {
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  await chat.say("Where is my lamp?");
  const receipt = await chat.receipt();
  const laptop = await StoppableBrowser.launch(launchOptions);
  const context = await laptop.browser.newContext({ baseURL: server.origin });
  await watch.over(context);
  const ana = await cast.deskOn(await context.newPage(), cast.credentials("ana"));
  const ben = await cast.agent("ben");
  await ana.take(receipt);
  await ana.reply.fill("Your lamp is on its way.");
  laptop.stop();

  // Two heartbeats pass before the silence is known for what it is.
  await expect(chat.event("Ana had to go. You are back at the front of the line, with your time kept.")).toBeVisible({ timeout: 60_000 });
  await ben.take(receipt);
  await ben.answer("Hello, I am Ben.");
  await expect(chat.messages("Ben · human", "Hello, I am Ben.")).toBeVisible();

  laptop.goOn();
  await expect(ana.page.getByText(/This conversation went back to the line at \d+:\d\d; Ben has it now\.$/)).toBeVisible();
  await expect(ana.page.getByRole("textbox", { name: "Your words, not sent" })).toHaveValue("Your lamp is on its way.");
  await expect(ana.reply).toBeHidden();
  await expect(chat.messages("Ana · human")).toHaveCount(0);
  await laptop.close();
});
