// Somebody who reads back from the end of ten thousand messages to their beginning, as fast as a thumb goes.
import { chromium } from "@playwright/test";
import { FIRST, MESSAGES, play } from "../long-conversation";

/** How long frames took while they scrolled, in milliseconds. */
export interface Scrollback {
  median: number;
  /** One of a hundred takes longer. */
  slow: number;
}

export async function readBack(chat: string, slowdown: number, options: { executablePath: string; args: string[] }): Promise<Scrollback> {
  const browser = await chromium.launch(options);
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
    page.setDefaultTimeout(60_000);
    await play(page);
    await page.goto(chat);
    await page.locator(`#m${MESSAGES - FIRST + 1}`).waitFor({ state: "attached" });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    return await page.locator("#log").evaluate(async (log) => {
      const frames: number[] = [];
      let last = performance.now();
      while (!document.getElementById("m1")) {
        log.scrollTop -= 400;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        frames.push(now - last);
        last = now;
      }
      frames.sort((one, other) => one - other);
      const at = (share: number) => frames[Math.floor(frames.length * share)] ?? NaN;
      return { median: at(0.5), slow: at(0.99) };
    });
  } finally {
    await browser.close();
  }
}
