// Where no WebSocket comes through, the chat is as live by server-sent events; where those do not either, the page loads
// itself again; and the way to a person is open throughout (R4, R5, R11, G1, L1).
import { WAYS_TO_BLOCK, blockWebSockets, loads, streamBegun } from "../blocked";
import { Chat, DELIVERED } from "../people/visitor";
import { withBrowserThatKeeps } from "../private-browser";
import { expect, test } from "../story";
import { LOST_CONNECTION } from "../watch";

for (const way of WAYS_TO_BLOCK) {
  test(`where WebSockets are blocked because ${way}, both sides talk live over streams`, async ({ cast }) => {
    const page = await cast.page();
    await blockWebSockets(page, way);
    const begun = streamBegun(page);
    const { chat } = await cast.visitorOn(page);
    await begun;
    const visits = loads(page);
    await chat.say("How much is delivery?");
    await expect(chat.messages("You", "How much is delivery?")).toContainText(DELIVERED);
    await expect(chat.messages("AI assistant")).toBeVisible();
    await chat.humanPlease.click();
    await expect(chat.place).toContainText("You are next");
    const receipt = await chat.receipt();

    const desk = await cast.page();
    await blockWebSockets(desk, "the browser throws");
    const ana = await cast.deskOn(desk, cast.credentials("ana"));
    await ana.take(receipt);
    await expect(chat.person).toContainText("Ana · human");
    await ana.reply.pressSequentially("Hello");
    await expect(chat.log).toContainText("is writing");
    await ana.answer("Hello, this is Ana.");
    await expect(chat.messages("Ana · human", "Hello, this is Ana.")).toBeVisible();
    await chat.say("Thank you");
    await expect(ana.messages("Visitor", "Thank you")).toBeVisible();
    await ana.resolve.click();
    await expect(chat.status("answers now")).toHaveCount(0);
    await expect(chat.humanPlease).toBeVisible();
    expect(visits.count, "the page was never loaded again").toBe(0);
  });
}

test("a stream that is cut comes back by itself, with what was said meanwhile", async ({ cast, server, watch }) => {
  watch.expect(LOST_CONNECTION);
  const page = await cast.page();
  await blockWebSockets(page, "it is closed at once");
  const begun = streamBegun(page);
  const { chat } = await cast.visitorOn(page);
  await begun;
  await chat.say("Before");
  await expect(chat.messages("You", "Before")).toContainText(DELIVERED);
  await server.kill();
  await expect(chat.status("No connection. Trying again.")).toBeVisible();
  await chat.humanPlease.click();
  await expect(chat.status("Asking for a person…")).toBeVisible();
  await server.restart();
  await expect(chat.place).toContainText("You are next", { timeout: 30_000 });
  await chat.say("After");
  await expect(chat.messages("You", "After")).toContainText(DELIVERED);
  await expect(chat.messages("You")).toHaveCount(2);
});

test("where neither comes through, the page posts, loads itself again when there is news, and keeps what is being written", async ({
  cast,
  watch,
}) => {
  watch.expect(LOST_CONNECTION);
  const page = await cast.page();
  await page.clock.install();
  await blockWebSockets(page, "it is closed at once");
  await page.route("**/sse/**", (route) => route.abort());
  const { chat } = await cast.visitorOn(page);
  await chat.say("How much is delivery?");
  // What waits is posted once it is clear that nothing else comes through.
  await page.clock.fastForward(5_000);
  await expect(chat.messages("You", "How much is delivery?")).toBeVisible();
  await expect(chat.messages("AI assistant")).toBeVisible();
  await expect(chat.check).toBeVisible();

  await chat.message.fill("I was just writing this");
  await chat.humanPlease.click();
  await page.clock.fastForward(5_000);
  await expect(chat.place).toContainText("You are next");
  await expect(chat.message).toHaveValue("I was just writing this");
  const receipt = await chat.receipt();

  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await ana.answer("Hello, this is Ana.");
  await expect(ana.messages("Ana · human", "Hello, this is Ana.")).toContainText(DELIVERED);
  // The first time somebody may still be writing; the second time they have paused.
  await page.clock.fastForward(21_000);
  await page.clock.fastForward(21_000);
  await expect(chat.messages("Ana · human", "Hello, this is Ana.")).toBeVisible();
  await expect(chat.person).toContainText("Ana · human");
  await expect(chat.message).toHaveValue("I was just writing this");

  // While nothing is new it asks again and again, and stays as it is.
  const visits = loads(page);
  await page.clock.fastForward(21_000);
  for (let time = 0; time < 3; time += 1) {
    const asked = page.waitForResponse((response) => response.request().method() === "POST" && response.url().includes("/chat/"));
    await page.clock.fastForward(21_000);
    await asked;
  }
  expect(visits.count).toBe(0);
});

test("where the browser keeps nothing and WebSockets are blocked, the chat is live over a stream", async ({ cast, server, watch }) => {
  watch.allow(server.origin);
  await withBrowserThatKeeps("nothing", {}, async (context) => {
    await watch.over(context);
    const page = await context.newPage();
    await blockWebSockets(page, "the browser throws");
    const begun = streamBegun(page);
    await page.goto(`${server.origin}/chat/demo`);
    const chat = new Chat(page);
    await begun;
    await chat.humanPlease.click();
    await expect(chat.place).toContainText("You are next");
    const ana = await cast.agent("ana");
    await ana.take(await chat.receipt());
    await ana.answer("Hello.");
    await expect(chat.messages("Ana · human", "Hello.")).toBeVisible();
    await chat.say("Hello, Ana");
    await expect(ana.messages("Visitor", "Hello, Ana")).toBeVisible();
  });
});
