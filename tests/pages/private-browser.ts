// A browser whose owner lets no page keep anything: the real setting, with all that real browsers do about it.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium } from "@playwright/test";

/** What may be kept: nothing by anybody, or nothing by pages inside other sites' pages. */
const SETTINGS = {
  nothing: { default_content_setting_values: { cookies: 2 } },
  "nothing of third parties": { cookie_controls_mode: 1, block_third_party_cookies: true },
};

/** Opens it, plays in it, and throws it away. */
export async function withBrowserThatKeeps(
  what: keyof typeof SETTINGS,
  options: BrowserContextOptions,
  play: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "human-please-browser-"));
  await mkdir(join(folder, "Default"));
  await writeFile(join(folder, "Default", "Preferences"), JSON.stringify({ profile: SETTINGS[what] }));
  const context = await chromium.launchPersistentContext(folder, options);
  try {
    await play(context);
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}
