// A line to the server on which WebSockets can go dead with both their ends left open, as a phone's do while it sleeps:
// nobody is told.
import { type AddressInfo, connect, createServer, type Server as Listener, type Socket } from "node:net";

export class Line {
  private readonly ends = new Set<Socket>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly listener: Listener) {}

  /** A line to the server at this origin. */
  static async to(origin: string): Promise<Line> {
    const { hostname, port } = new URL(origin);
    const listener = createServer();
    const line = new Line(listener);
    listener.on("connection", (near) => {
      const far = connect(Number(port), hostname);
      for (const end of [near, far]) {
        line.ends.add(end);
        // A cut line is what this is for.
        end.on("error", () => undefined);
      }
      near.once("data", (head) => {
        if (head.toString().startsWith("GET /ws/")) for (const end of [near, far]) line.sockets.add(end);
      });
      near.pipe(far);
      far.pipe(near);
    });
    await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
    return line;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** The WebSockets that are open now carry nothing any more, and stay open. What is opened later works. */
  goDead(): void {
    for (const end of this.sockets) {
      end.unpipe();
      end.removeAllListeners("end");
      end.pause();
    }
  }

  async close(): Promise<void> {
    for (const end of this.ends) end.destroy();
    await new Promise((closed) => this.listener.close(closed));
  }
}
