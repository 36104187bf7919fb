// The pages on which people manage their work and their team, as they find their way in them.
import type { BrowserContextOptions, Locator, Page } from "@playwright/test";
import type { Credentials } from "../server";
import { type Cast, expect } from "../story";

export class Staff {
  readonly save: Locator;
  readonly done: Locator;
  readonly problems: Locator;

  private constructor(readonly page: Page) {
    this.save = page.getByRole("button", { name: "Save" });
    this.done = page.getByRole("status");
    this.problems = page.getByRole("alert");
  }

  /** Somebody who is signed in, in a browser of their own. */
  static async enter(cast: Cast, credentials: Credentials, options?: BrowserContextOptions): Promise<Staff> {
    const page = await cast.page(options);
    const answer = await page.request.post("/api/v1/agent/session", { data: { ...credentials } });
    expect(answer.status()).toBe(204);
    return new Staff(page);
  }

  async go(path: string, heading: string): Promise<void> {
    await this.page.goto(path);
    await expect(this.heading(heading)).toBeVisible();
  }

  heading(name: string): Locator {
    return this.page.getByRole("heading", { level: 1, name, exact: true });
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole("link", { name });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name });
  }

  field(name: string): Locator {
    return this.page.getByRole("textbox", { name });
  }

  row(name: string | RegExp): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name }) });
  }
}

/** Fails where a page is wider than the screen that it is on, from a phone of 320 px on. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const widest = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(widest, `at ${width} px`).toBeLessThanOrEqual(width);
  }
  if (before) await page.setViewportSize(before);
}
