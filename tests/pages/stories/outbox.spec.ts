// Nothing that a visitor says is lost, doubled or reordered, whatever happens to the network or the server (G2, G4, R5).
import { DELIVERED } from "../people/visitor";
import { expect, test } from "../story";
import { LOST_CONNECTION } from "../watch";

test("what is said without a network arrives once and in order when it is back, also over a reload", async ({ cast, watch }) => {
  watch.expect(LOST_CONNECTION);
  const { chat, page } = await cast.visitor();
  await chat.say("Before");
  await expect(chat.messages("You", "Before")).toContainText(DELIVERED);
  await expect(chat.messages("AI assistant")).toBeVisible();

  await page.context().setOffline(true);
  await chat.say("First without a network");
  await chat.say("Second without a network");
  await expect(chat.messages("You", "First without a network")).toContainText("Not sent yet");
  await expect(chat.messages("You", "Second without a network")).toContainText("Not sent yet");
  await expect(chat.status("No connection. Trying again.")).toBeVisible();

  await page.reload().catch(() => undefined);
  await page.context().setOffline(false);
  await page.goto("/chat/demo");
  await expect(chat.messages("You", "Second without a network")).toContainText(DELIVERED);
  await expect(chat.messages("You")).toHaveCount(3);
  const own = (await chat.said()).filter(([author]) => author === "You").map(([, text]) => text);
  expect(own).toEqual(["Before", "First without a network", "Second without a network"]);
  await expect(chat.log).not.toContainText("Not sent yet");
});

test("when the server is killed and comes back, the page reconnects by itself, and everything is where it was", async ({
  cast,
  server,
  watch,
}) => {
  watch.expect(LOST_CONNECTION);
  const { chat, page } = await cast.visitor();
  const other = await cast.visitor();
  await other.chat.humanPlease.click();
  await expect(other.chat.place).toContainText("You are next");
  await chat.say("Are lamps in stock?");
  await expect(chat.messages("AI assistant")).toBeVisible();
  await chat.humanPlease.click();
  await expect(chat.place).toContainText("2nd in line");
  const receipt = await chat.receipt();
  const before = await chat.said();

  await server.kill();
  await expect(chat.status("No connection. Trying again.")).toBeVisible();
  await chat.say("Said while the server was away");
  await expect(chat.messages("You", "Said while the server was away")).toContainText("Not sent yet");
  await server.restart();

  await expect(chat.messages("You", "Said while the server was away")).toContainText(DELIVERED, { timeout: 30_000 });
  await expect(chat.status("No connection. Trying again.")).toHaveCount(0);
  expect(await chat.said()).toEqual([...before, ["You", "Said while the server was away"]]);
  await expect(chat.place).toContainText("2nd in line");
  await expect(chat.place).toContainText(`No. ${receipt}`);
  await page.reload();
  await expect(chat.messages("You", "Said while the server was away")).toHaveCount(1);
  expect(await chat.said()).toEqual([...before, ["You", "Said while the server was away"]]);
});

test("an agent's reply survives a server that goes and comes back", async ({ cast, server, watch }) => {
  watch.expect(LOST_CONNECTION);
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await ana.answer("First");
  await expect(chat.messages("Ana · human", "First")).toBeVisible();

  await server.kill();
  await expect(ana.status("No connection. Trying again.")).toBeVisible();
  await ana.answer("Second");
  await expect(ana.messages("Ana · human", "Second")).toContainText("Not sent yet");
  await server.restart();

  await expect(ana.messages("Ana · human", "Second")).toContainText(DELIVERED, { timeout: 30_000 });
  await expect(chat.messages("Ana · human", "Second")).toBeVisible({ timeout: 30_000 });
  await expect(chat.messages("Ana · human")).toHaveCount(2);
  await expect(chat.person).toContainText("Ana · human");
  await expect(ana.mine.getByRole("listitem")).toHaveCount(1);
});

test("a request for a person that is pressed without a connection is kept and sent", async ({ cast, server, watch }) => {
  watch.expect(LOST_CONNECTION);
  const { chat } = await cast.visitor();
  await server.kill();
  await chat.humanPlease.click();
  await expect(chat.status("Asking for a person…")).toBeVisible();
  await server.restart();
  await expect(chat.place).toContainText("You are next", { timeout: 30_000 });
  await expect(chat.event("You asked for a person")).toHaveCount(1);
});
