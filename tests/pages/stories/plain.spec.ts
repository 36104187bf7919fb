// The same conversation without a script: the server's own page, its forms, and nothing else (B8).
import { expectAccessible } from "../accessible";
import { withBrowserThatKeeps } from "../private-browser";
import { expect, test } from "../story";
import { type Chat, DELIVERED } from "../people/visitor";
import type { Desk } from "../people/agent";

async function talk(chat: Chat, agent: () => Promise<Desk>): Promise<void> {
  await expect(chat.log).toContainText("An AI assistant answers first");
  await chat.say("How much is delivery?");
  await expect(chat.messages("You", "How much is delivery?")).toBeVisible();
  // The answer may take longer than the server waits with the page; then the visitor looks again.
  await expect(async () => {
    if (!(await chat.messages("AI assistant").isVisible())) await chat.check.click();
    await expect(chat.messages("AI assistant")).toBeVisible({ timeout: 1 });
  }).toPass();
  await expect(chat.messages("AI assistant").getByRole("link").first()).toBeVisible();

  await chat.message.fill("I was just writing this");
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  await expect(chat.place).toContainText("You are next");
  await expect(chat.place).toContainText(`No. ${receipt}`);
  // The press was not a message, and what stood in the box is still there.
  await expect(chat.message).toHaveValue("I was just writing this");

  const ana = await agent();
  await ana.take(receipt);
  await ana.answer("Hello, this is Ana.");
  await expect(ana.messages("Ana · human", "Hello, this is Ana.")).toContainText(DELIVERED);
  await chat.check.click();
  await expect(chat.messages("Ana · human", "Hello, this is Ana.")).toBeVisible();
  await expect(chat.status("Ana · human answers now")).toBeVisible();
  await expect(chat.person).toContainText("Ana · human");
  await expect(chat.message).toHaveValue("I was just writing this");

  await chat.send.click();
  await expect(chat.messages("You", "I was just writing this")).toBeVisible();
  await expect(chat.message).toHaveValue("");
  await expect(ana.messages("Visitor", "I was just writing this")).toBeVisible();
  expect((await chat.said()).map(([author]) => author)).toEqual(["You", "AI assistant", "Ana · human", "You"]);
}

test("without scripts a visitor talks to the assistant and to a person", async ({ cast }) => {
  const { chat, page } = await cast.visitorWithoutScripts();
  await talk(chat, () => cast.agent("ana"));
  // Their place is the browser's, not only the page's.
  await page.goto("/chat/demo");
  await expect(chat.messages("Ana · human", "Hello, this is Ana.")).toBeVisible();
});

test("without scripts and without cookies the page itself keeps the conversation, and says so", async ({ cast, server, watch }) => {
  watch.allow(server.origin);
  await withBrowserThatKeeps("nothing", { javaScriptEnabled: false, baseURL: server.origin }, async (context) => {
    await watch.over(context);
    const { chat } = await cast.visitorOn(await context.newPage());
    await talk(chat, () => cast.agent("ana"));
    await expect(chat.status("Your browser keeps no data for this chat.")).toBeVisible();
  });
});

// A9: said beside the box, and to a screen reader.
test("a message that cannot be sent is refused in words, and stays in the box", async ({ cast, watch }) => {
  watch.expect(/status of 422/);
  const { chat } = await cast.visitorWithoutScripts();
  await chat.send.click();
  await expect(chat.alert("There is nothing to send yet. Write a message first.")).toBeVisible();
  const long = "x".repeat(8_001);
  await chat.say(long);
  await expect(chat.alert("This message is 8,001 characters long.")).toBeVisible();
  await expect(chat.message).toHaveValue(long);
  expect(await chat.said()).toEqual([]);
});

test("loading the page again after sending sends nothing again", async ({ cast }) => {
  const { chat, page } = await cast.visitorWithoutScripts();
  await chat.say("Once only");
  await expect(chat.messages("You", "Once only")).toHaveCount(1);
  await page.reload();
  await expect(chat.messages("You", "Once only")).toHaveCount(1);
  await page.goBack();
  await page.goForward();
  await expect(chat.messages("You", "Once only")).toHaveCount(1);
});

test("the plain page is accessible in every state", async ({ cast, watch }) => {
  watch.expect(/net::ERR_FAILED/);
  // axe is a script itself: a browser that runs scripts, but never gets ours.
  const page = await cast.page();
  await page.route("**/assets/visitor/*.js", (route) => route.abort());
  await page.route("**/assets/visitor/*.wasm", (route) => route.abort());
  const { chat } = await cast.visitorOn(page);
  await expectAccessible(page, "plain, before the first message");
  await chat.say("How much is delivery?");
  await expect(chat.messages("You")).toBeVisible();
  await expectAccessible(page, "plain, with messages");
  await chat.humanPlease.click();
  await expect(chat.place).toBeVisible();
  await expectAccessible(page, "plain, in line");
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await chat.check.click();
  await expect(chat.person).toBeVisible();
  await expectAccessible(page, "plain, with a person");
});
