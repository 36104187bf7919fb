// The least that a page of so many bytes can cost: it loads them, and draws a button. Beside it stands what ours costs more.
import { createServer, type Server as Listener } from "node:http";
import type { AddressInfo } from "node:net";

const PAGE = `<!doctype html><meta charset="utf-8"><title>Bare</title><script type="module">
await (await fetch("/bytes")).arrayBuffer();
document.body.innerHTML = '<button class="take">Take</button>';
</script>`;

export class BarePage {
  private constructor(private readonly listener: Listener) {}

  /** Its bytes do not get smaller on the way, and are kept by browsers as our files are. */
  static async of(bytes: number): Promise<BarePage> {
    const body = Buffer.alloc(bytes);
    const listener = createServer(({ url }, answer) => {
      if (url === "/bytes") answer.writeHead(200, { "cache-control": "public, max-age=31536000, immutable" }).end(body);
      else answer.writeHead(200, { "content-type": "text/html", "cache-control": "no-cache" }).end(PAGE);
    });
    await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
    return new BarePage(listener);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.listener.closeAllConnections();
    await new Promise((closed) => this.listener.close(closed));
  }
}
