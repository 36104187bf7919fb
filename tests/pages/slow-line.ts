// A connection on which a story holds back what the server says, or that it cuts without the page's knowledge.
import type { Page, WebSocketRoute } from "@playwright/test";

export class SlowLine {
  private held: (() => void)[] | undefined;
  private open: { socket: WebSocketRoute; server: WebSocketRoute } | undefined;
  private severed = false;

  /** Under every socket that a page opens from now on. */
  static async under(page: Page): Promise<SlowLine> {
    const line = new SlowLine();
    await page.routeWebSocket(/\/ws\//, (socket) => {
      const server = socket.connectToServer();
      line.open = { socket, server };
      socket.onMessage((message) => {
        if (!line.severed) server.send(message);
      });
      server.onClose((code, reason) => {
        if (!line.severed) void socket.close({ code, reason });
      });
      server.onMessage((message) => {
        const pass = () => socket.send(message);
        if (line.held && !isPong(message)) line.held.push(pass);
        else pass();
      });
    });
    return line;
  }

  /** What the server says stays on the line, but for its answers to pings: the page must not give the line up. */
  hold(): void {
    this.held ??= [];
  }

  /** It comes in now, in its order. */
  release(): void {
    for (const pass of this.held ?? []) pass();
    this.held = undefined;
  }

  /** The server's end is gone, and the page hears nothing of it: it sleeps, or its network swallows everything. */
  async sever(): Promise<void> {
    this.severed = true;
    await this.open?.server.close();
  }

  /** The page finds out, and can connect again. */
  async mend(): Promise<void> {
    this.severed = false;
    await this.open?.socket.close();
  }
}

function isPong(message: string | Buffer): boolean {
  return (JSON.parse(message.toString()) as { type?: string }).type === "pong";
}
