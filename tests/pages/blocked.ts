// Networks that let no WebSocket through, as a page meets them.
import type { Page } from "@playwright/test";

/** What a network or a browser does with a WebSocket that it does not want. */
export const WAYS_TO_BLOCK = ["the browser throws", "it is closed at once", "it never opens"] as const;

export type WayToBlock = (typeof WAYS_TO_BLOCK)[number];

/** From now on no page that is loaded in this tab gets a WebSocket through. */
export async function blockWebSockets(page: Page, way: WayToBlock): Promise<void> {
  await page.addInitScript((way) => {
    class Blocked extends EventTarget {
      readonly readyState = 0;
      constructor() {
        super();
        if (way === "the browser throws") throw new DOMException("The operation is insecure.", "SecurityError");
        if (way === "it is closed at once") setTimeout(() => this.dispatchEvent(new CloseEvent("close", { code: 1006 })));
      }
      send(): void {}
      close(): void {}
    }
    Object.defineProperty(window, "WebSocket", { value: Blocked });
  }, way);
}

/** Resolves when the server has begun to answer the page with a stream. */
export async function streamBegun(page: Page): Promise<void> {
  await page.waitForResponse((response) => response.url().includes("/sse/") && response.status() === 200);
}

/** Counts how often the page itself is loaded. */
export function loads(page: Page): { count: number } {
  const loads = { count: 0 };
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) loads.count += 1;
  });
  return loads;
}
