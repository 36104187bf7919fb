// Being away, and back: without a network, in the background, or with the tab killed. Nothing is lost, and what is shown on
// return is at once what a fresh load shows (R1, R2, R4, R5, R11).
import { hideable } from "../hideable";
import { Line } from "../line";
import { Chat, DELIVERED, takenOver } from "../people/visitor";
import { expect, test } from "../story";
import { LOST_CONNECTION } from "../watch";

test("twenty messages written without a network are sent once and in order when it is back", async ({ cast, watch }) => {
  watch.expect(LOST_CONNECTION);
  const { chat, page } = await cast.visitor();
  await chat.humanPlease.click();
  await expect(chat.place).toContainText("You are next");
  await page.context().setOffline(true);
  const texts = Array.from({ length: 20 }, (_, number) => `Message ${number + 1} of twenty`);
  for (const text of texts) await chat.say(text);
  await expect(chat.messages("You")).toHaveCount(20);
  await page.context().setOffline(false);
  await expect(chat.messages("You", "Message 20 of twenty")).toContainText(DELIVERED, { timeout: 30_000 });
  await expect(chat.log).not.toContainText("Not sent yet");
  const own = async () => (await chat.said()).filter(([author]) => author === "You").map(([, text]) => text);
  expect(await own()).toEqual(texts);
  await page.reload();
  await expect(chat.messages("You")).toHaveCount(20);
  expect(await own()).toEqual(texts);
});

test("what was typed in a tab that was killed is there again in the next one", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  const text = "Half of what I wanted to";
  await chat.message.pressSequentially(text);
  // What the page has handed to the browser outlives the page.
  const kept = () => page.evaluate(() => JSON.stringify(Object.values(localStorage)));
  await expect.poll(kept).toContain(text);
  const crashed = page.waitForEvent("crash");
  const devtools = await page.context().newCDPSession(page);
  devtools.send("Page.crash").catch(() => undefined);
  await crashed;
  const again = await cast.visitorOn(await page.context().newPage());
  await expect(again.chat.message).toHaveValue(text);
  await again.chat.say(`${text} say`);
  await expect(again.chat.messages("You", `${text} say`)).toContainText(DELIVERED);
});

test("after two minutes in the background a phone shows at once what a fresh load shows", async ({ cast, server, watch }) => {
  watch.expect(LOST_CONNECTION);
  const line = await Line.to(server.origin);
  watch.allow(line.origin);
  const page = await cast.page();
  await page.clock.install();
  const hide = await hideable(page);
  const taken = takenOver(page);
  await page.goto(`${line.origin}/chat/demo`);
  const chat = new Chat(page);
  await taken;
  await chat.say("Is my order on its way?");
  await chat.humanPlease.click();
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await expect(chat.person).toContainText("Ana · human");

  // The phone sleeps: nothing of the page runs, and the network forgets its connections without a word.
  const devtools = await page.context().newCDPSession(page);
  await hide(true);
  await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
  line.goDead();
  await ana.answer("It left this morning.");
  await ana.answer("It should be with you tomorrow.");
  await expect(ana.messages("Ana · human", "It should be with you tomorrow.")).toContainText(DELIVERED);
  await ana.resolve.click();
  await expect(ana.mine.getByRole("listitem")).toHaveCount(0);

  // It wakes, two minutes later.
  const sent: string[] = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  const back = takenOver(page);
  await devtools.send("Page.setWebLifecycleState", { state: "active" });
  await page.clock.fastForward("02:00");
  await hide(false);
  await back;
  // It began anew instead of asking a connection that is dead, and waiting for what cannot come.
  expect(sent[0]).toContain('"hello"');
  await expect(chat.messages("Ana · human", "It should be with you tomorrow.")).toBeVisible();
  await expect(chat.humanPlease).toBeVisible();

  const fresh = await page.context().newPage();
  const freshTaken = takenOver(fresh);
  await fresh.goto(`${line.origin}/chat/demo`);
  await freshTaken;
  const shown = async (chat: Chat) => ({
    lines: await chat.log.getByRole("listitem").allInnerTexts(),
    said: await chat.said(),
    button: await chat.humanPlease.isVisible(),
  });
  await expect.poll(async () => shown(new Chat(fresh))).toEqual(await shown(chat));
  await line.close();
});
