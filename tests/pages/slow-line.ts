// A connection on which a story holds back what the server says.
import type { Page } from "@playwright/test";

export class SlowLine {
  private held: (() => void)[] | undefined;

  /** Under every socket that a page opens from now on. */
  static async under(page: Page): Promise<SlowLine> {
    const line = new SlowLine();
    await page.routeWebSocket(/\/ws\//, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        const pass = () => socket.send(message);
        if (line.held) line.held.push(pass);
        else pass();
      });
    });
    return line;
  }

  /** What the server says stays on the line. */
  hold(): void {
    this.held ??= [];
  }

  /** It comes in now, in its order. */
  release(): void {
    for (const pass of this.held ?? []) pass();
    this.held = undefined;
  }
}
