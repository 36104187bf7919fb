// A8: whoever asks for less motion sees none, and whoever brings their own colours still sees where things begin and end.
import type { Page } from "@playwright/test";
import { expect, test } from "../story";

const running = (page: Page) =>
  page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length);

for (const [reducedMotion, is] of [
  ["reduce", "stand still"],
  ["no-preference", "move"],
] as const) {
  test(`A8: the dots of somebody who writes ${is} where the reader prefers “${reducedMotion}”`, async ({ cast }) => {
    const { page, chat } = await cast.visitor({ reducedMotion });
    await chat.humanPlease.click();
    const ana = await cast.agent("ana");
    await ana.take(await chat.receipt());
    await expect(chat.person).toBeVisible();
    await ana.reply.pressSequentially("I am looking");
    await expect(page.locator(".typing-dots")).toBeVisible();
    const dots = await running(page);
    expect(dots > 0, `${dots} animations run`).toBe(reducedMotion === "no-preference");
    // They stop with the writing.
    await ana.answer("Here it is.");
    await expect(chat.messages("Ana · human", "Here it is.")).toBeVisible();
    await expect(page.locator(".typing-dots")).toHaveCount(0);
    await expect.poll(() => running(page)).toBe(0);
  });
}

test("A8: with colours of the reader's own, the button, the box and each kind of message keep an edge", async ({ cast }) => {
  const { page, chat } = await cast.visitor({ forcedColors: "active" });
  await chat.say("How much is delivery?");
  await expect(chat.messages("AI assistant")).toBeVisible();
  for (const part of ["#desk .human-please", ".composer-box", '[data-author="bot"] .bubble', '[data-author="visitor"] .bubble', "#send"]) {
    const [width, edge, behind] = await page.locator(part).first().evaluate((element) => {
      const { borderTopWidth, borderTopColor } = getComputedStyle(element);
      return [parseFloat(borderTopWidth), borderTopColor, getComputedStyle(document.body).backgroundColor];
    });
    expect(width, `${part} has an edge`).toBeGreaterThanOrEqual(1);
    expect(edge, `${part}'s edge can be told from the page`).not.toBe(behind);
    expect(edge, part).not.toMatch(/^rgba.*, 0\)$/);
  }
});
