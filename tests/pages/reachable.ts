// Whether a thumb reaches everything: what can be pressed is large enough, on the screen once it is scrolled to, and under
// nothing else.
import { expect, type Locator, type Page } from "@playwright/test";

/** A phone held in one hand. */
const HEIGHT = 844;

/** What is left of it above a keyboard. */
export const ABOVE_KEYBOARD = { width: 390, height: HEIGHT - 336 };

/**
 * Everything on the page that can be pressed, or in the part of it that has opened above the rest. It is pressed where it
 * is, not where its box is: a line of a list answers on all of its line, and a box is pressed by its label, too. Links within a
 * sentence may be as high as the sentence (WCAG 2.5.8).
 */
export async function expectReachable(page: Page, state: string, part = page.locator(":root")): Promise<void> {
  // Where everything is depends on the style, which may come after the words.
  await page.waitForLoadState();
  // What says that something was done lies over the page, so that nothing moves, and goes by itself.
  await expect(page.locator(".notices .notice")).toHaveCount(0);
  expect(await part.evaluate(outOfReach), `${state}: out of reach`).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `${state}: wider than the screen`).toBeLessThanOrEqual(0);
}

/** What is pressed most lies where the thumb of the hand is that holds the phone: in its lower part. */
export async function expectUnderThumb(things: Locator[]): Promise<void> {
  for (const thing of things) {
    await expect(thing).toBeInViewport({ ratio: 1 });
    const box = await thing.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0) / 2, String(thing)).toBeGreaterThan(HEIGHT / 2);
  }
}

/** Runs in the page. */
function outOfReach(part: HTMLElement | SVGElement): string[] {
  const LEAST = 24;
  // The link over the ways on is for keys, and there when they come to it.
  const pressable = "a[href]:not(.skip), button, input:not([type=hidden]), select, textarea, summary, [role=option]";
  const found: string[] = [];
  for (const element of part.querySelectorAll<HTMLElement>(pressable)) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const scrolled = new Map<Element, number>();
    for (let up = element.parentElement; up; up = up.parentElement) scrolled.set(up, up.scrollTop);
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    const isInText = element.matches("a") && getComputedStyle(element).display === "inline";
    const isTick = element.matches("[type=checkbox], [type=radio]");
    const area = (isTick && element.closest("label")) || element;
    const { left, top, width, height } = isInText ? (element.getClientRects()[0] as DOMRect) : area.getBoundingClientRect();
    const reach = isInText ? 0 : LEAST / 2 - 0.5;
    const name = `${element.tagName.toLowerCase()} “${(element.ariaLabel ?? element.textContent ?? "").trim().slice(0, 40)}” ${element.id}`;
    for (const [x, y] of [[0, 0], [-1, -1], [1, -1], [-1, 1], [1, 1]] as const) {
      const hit = document.elementFromPoint(left + width / 2 + x * reach, top + height / 2 + y * reach);
      const label = hit?.closest("label");
      if (hit && (element.contains(hit) || label?.control === element)) continue;
      const size = `${Math.round(width)} by ${Math.round(height)} at ${Math.round(left)}, ${Math.round(top)}`;
      found.push(`${name}, ${size}: under the finger is ${hit ? `${hit.tagName.toLowerCase()}.${hit.className}` : "nothing"}`);
      break;
    }
    for (const [parent, top] of scrolled) parent.scrollTop = top;
  }
  return found;
}
