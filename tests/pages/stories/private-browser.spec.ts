// B4, B5: a visitor whose browser keeps nothing can still talk to a person, and is told the truth about what is kept. A
// cookie is a convenience: a browser that ignores it, partitioned or not, is one that keeps nothing.
import { CHAT, expectAccessible } from "../accessible";
import { Shop } from "../people/shop";
import { Chat, DELIVERED } from "../people/visitor";
import { withBrowserThatKeeps } from "../private-browser";
import { expect, merchantTest, test } from "../story";

const NOTHING_IS_KEPT = "Your browser keeps no data for this chat.";

test("where the browser keeps nothing, the chat works and says so", async ({ cast, server, watch }) => {
  watch.allow(server.origin);
  await withBrowserThatKeeps("nothing", {}, async (context) => {
    await watch.over(context);
    const page = await context.newPage();
    await page.goto(`${server.origin}/demo`);
    const { chat, openChat } = new Shop(page);
    await openChat.click();
    await expect(chat.status(NOTHING_IS_KEPT)).toBeVisible();
    await chat.say("How much is delivery?");
    await expect(chat.messages("AI assistant")).toBeVisible();
    await chat.humanPlease.click();
    const receipt = await chat.receipt();
    await expect(chat.place).toContainText("Keep this page open");
    await expect(chat.place).not.toContainText("if you close this page");
    await expectAccessible(page, "nothing is kept", CHAT);

    const ana = await cast.agent("ana");
    await ana.take(receipt);
    await ana.answer("Hello.");
    await expect(chat.messages("Ana · human", "Hello.")).toBeVisible();
  });
});

merchantTest("where a merchant's page may keep things and we may not, the chat works", async ({ merchant, server, watch }) => {
  watch.allow(server.origin);
  await withBrowserThatKeeps("nothing of third parties", {}, async (context) => {
    await watch.over(context);
    const page = await context.newPage();
    await page.goto(merchant.origin);
    const { chat, humanPlease } = new Shop(page);
    await humanPlease.click();
    await expect(chat.place).toContainText("You are next");
    await chat.say("Hello?");
    await expect(chat.messages("You", "Hello?")).toContainText(DELIVERED);
  });
});

test("where the script's storage throws, the chat works and says so", async ({ cast, server, watch }) => {
  watch.allow(server.origin);
  const page = await cast.page();
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  await page.goto("/chat/demo");
  const chat = new Chat(page);
  await expect(chat.status(NOTHING_IS_KEPT)).toBeVisible();
  await chat.say("How much is delivery?");
  await expect(chat.messages("You")).toContainText(DELIVERED);
  await expect(chat.messages("AI assistant")).toBeVisible();
});
