// Every rule that axe knows, on a page and in its frames, in every look that people see it in.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** Contrast of 7:1 is beyond what we promise, which is 4.5:1 (WCAG AA). */
const NOT_PROMISED = ["color-contrast-enhanced"];

/** All others, also those that axe leaves off unless they are asked for, such as the size of targets. */
const RULES = axe
  .getRules()
  .map(({ ruleId }) => ruleId)
  .filter((rule) => !NOT_PROMISED.includes(rule));

/** A desk and a phone, by day and by night. By night a page has other colours and nothing else. */
const LOOKS = [
  { name: "on a desk, light", viewport: DESK, colorScheme: "light", rules: RULES },
  { name: "on a phone, light", viewport: PHONE, colorScheme: "light", rules: RULES },
  { name: "on a phone, dark", viewport: PHONE, colorScheme: "dark", rules: ["color-contrast", "link-in-text-block"] },
  { name: "on a desk, dark", viewport: DESK, colorScheme: "dark", rules: ["color-contrast", "link-in-text-block"] },
] as const;

/** The chat in a shop's page, which needs no other look at the rest of the page each time that something is said. */
export const CHAT: { fromShadowDom: [string, string] } = { fromShadowDom: ["human-please", "iframe"] };

/** Fails with the rule and the elements that break it. `state` says which moment of the story it was. */
export async function expectAccessible(page: Page, state: string, part?: typeof CHAT): Promise<void> {
  const before = page.viewportSize();
  for (const { name, viewport, colorScheme, rules } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    // Legacy mode spares a page that would be opened each time for frames of other sites, of which there are none here.
    const builder = new AxeBuilder({ page }).setLegacyMode().withRules([...rules]);
    const { violations } = await (part ? builder.include(part) : builder).analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}\n${failureSummary}`),
    );
    expect(found, `${state}, ${name}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}
