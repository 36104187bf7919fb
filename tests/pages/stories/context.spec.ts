// G6, G7: what the shop's page says of its visitor: the person who answers sees it as not verified, and the visitor's page and
// the assistant make nothing of it.
import type { HumanPlease } from "../../../public/embed";
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

test("a shop's page tells the person who answers what the visitor looks at", async ({ cast }) => {
  const { page, chat, humanPlease } = await cast.shopper({ viewport: { width: 390, height: 700 } });
  const errors = page.evaluateHandle(() => {
    const codes: string[] = [];
    (window.HumanPlease as HumanPlease).on("error", ({ code }) => codes.push(code));
    return codes;
  });
  const say = (context: Record<string, unknown>) =>
    page.evaluate((context) => (window.HumanPlease as HumanPlease).setContext(context as Record<string, string>), context);
  // Before there is a frame, and before there is a conversation.
  await say({ order: "LO-20417", total: 129.5, member: true, card: "4111 1111 1111 1111" });
  await humanPlease.click();
  await expect(chat.place).toBeVisible();
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  const context = ana.caseCard.getByRole("region", { name: "From the shop's page" });
  await expect(context).toContainText("Not verified: the visitor's browser sent it, and could have sent anything.");
  await expect(context).toContainText("LO-20417");
  await expect(context).toContainText("129.5");
  await expect(context).toContainText("[card ending 1111 removed]");
  await expectAccessible(ana.page, "with what the shop's page says");
  await expect(chat.log).not.toContainText("LO-20417");

  // The newest counts, and what cannot be kept takes nothing away.
  await say({ basket: "2 lamps" });
  await expect(context).toContainText("2 lamps");
  await expect(context).not.toContainText("LO-20417");
  await say({ basket: { lamps: 2 } });
  await say({ basket: "x".repeat(501) });
  await expect.poll(async () => (await errors).jsonValue()).toEqual(["bad_context", "bad_context"]);
  await expect(context).toContainText("2 lamps");
  await say({});
  await expect(context).toBeHidden();
});
