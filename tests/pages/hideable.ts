// A page that a story can take out of view: browsers under test show all of theirs.
import type { Page } from "@playwright/test";

/** To be called before the page loads; gives what hides it and shows it. */
export async function hideable(page: Page): Promise<(is: boolean) => Promise<void>> {
  await page.addInitScript(() => {
    let hidden = false;
    Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
    Object.defineProperty(document, "hidden", { get: () => hidden });
    Object.assign(window, {
      hide(is: boolean) {
        hidden = is;
        document.dispatchEvent(new Event("visibilitychange"));
      },
    });
  });
  return (is) => page.evaluate((is) => (window as unknown as { hide: (is: boolean) => void }).hide(is), is);
}
