// Ten thousand wait: the list scrolls from the first to the last, says how many there are, stays live, and loses nobody's place.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

const WAITING = 10_000;

/** Scrolls the queue to this share of its height, as somebody does who pulls the bar. */
async function scrollTo(page: Page, share: number): Promise<void> {
  await page.locator(".entries-window").first().evaluate((list, to) => {
    list.scrollTop = Math.round((list.scrollHeight - list.clientHeight) * to);
  }, share);
}

test("ten thousand who wait scroll to the last one, and the list stays live", async ({ cast, server }, info) => {
  test.slow();
  await server.crowd("demo", WAITING);
  const { page, queue, own, opened } = await cast.agent("ana").then((ana) => ({
    page: ana.page,
    queue: ana.queue,
    own: (receipt: string) => ana.own(receipt),
    opened: (receipt: string) => ana.opened(receipt),
  }));
  const heading = page.getByRole("heading", { name: /^Queue/ });
  await expect(heading).toContainText(String(WAITING));
  await expect(page).toHaveTitle(new RegExp(String(WAITING)));
  const lines = queue.getByRole("listitem");
  await expect(lines.first()).toContainText("LO-5001");
  const built = await lines.count();
  expect(built, "only what is near the view is built").toBeLessThan(80);
  await expect(lines.first()).toHaveAttribute("aria-setsize", String(WAITING));
  await expectAccessible(page, "ten thousand who wait");
  await page.screenshot({ path: info.outputPath("first.png") });

  // The bar is pulled to the end: the lines come part by part, and are there.
  await scrollTo(page, 1);
  const last = queue.getByRole("listitem").filter({ hasText: `LO-${5_000 + WAITING}` });
  await expect(last).toBeInViewport({ timeout: 60_000 });
  await expect(last).toHaveAttribute("aria-posinset", String(WAITING));
  expect(await lines.count()).toBeLessThan(80);
  await page.screenshot({ path: info.outputPath("last.png") });

  // The one in the middle is opened and taken, from where it stands.
  await scrollTo(page, 0.5);
  const middle = queue.getByRole("listitem").filter({ hasText: "LO-10000" });
  await expect(middle).toBeInViewport();
  await middle.getByRole("button", { name: "Take" }).click();
  await expect(opened("5000")).toBeVisible();
  await expect(own("5000")).toBeVisible();
  await expect(heading).toContainText(String(WAITING - 1));

  // Somebody new is the last one, while the list is where it was.
  await scrollTo(page, 1);
  await expect(last).toBeInViewport();
  const { chat } = await cast.visitor();
  await chat.say("I have just come.");
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  expect(receipt).toBe(String(WAITING + 1));
  await expect(heading).toContainText(String(WAITING));
  await scrollTo(page, 1);
  await expect(queue.getByRole("listitem").filter({ hasText: "I have just come." })).toBeInViewport();

  // Whoever is at a line finds it where they left it.
  const at = queue.getByRole("button", { name: new RegExp(`No. ${receipt}`) });
  await at.focus();
  await scrollTo(page, 0);
  await expect(lines.first()).toContainText("LO-5001");
  await expect(at).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(lines.first(), "the keyboard goes on from there").not.toContainText("LO-5001");
});
