// A line to the server with the rate and the delay of a phone's, for everything that goes over it: pages, files and sockets.
// The browser's own brake leaves sockets out.
import { type AddressInfo, connect, createServer, type Server as Listener, type Socket } from "node:net";

/** What a line carries. */
export interface Rate {
  /** Towards the browser, in bits a second. */
  down: number;
  /** Towards the server, in bits a second. */
  up: number;
  /** From a question to the first byte of its answer, in milliseconds, beside what the server takes. */
  roundTripMs: number;
}

/** Pieces as large as the ones that a network sends, so that connections share the line. */
const PIECE_BYTES = 1_460;

export class NarrowLine {
  private readonly ends = new Set<Socket>();

  private constructor(private readonly listener: Listener) {}

  static async to(origin: string, { down, up, roundTripMs }: Rate): Promise<NarrowLine> {
    const { hostname, port } = new URL(origin);
    const listener = createServer();
    const line = new NarrowLine(listener);
    const towardsBrowser = direction(down, roundTripMs / 2);
    const towardsServer = direction(up, roundTripMs / 2);
    listener.on("connection", (near) => {
      const far = connect(Number(port), hostname);
      for (const end of [near, far]) {
        line.ends.add(end);
        end.setNoDelay(true);
        // A browser that goes away breaks off what it was loading.
        end.on("error", () => undefined);
        end.on("close", () => line.ends.delete(end));
      }
      carry(near, far, towardsServer);
      carry(far, near, towardsBrowser);
    });
    await new Promise<void>((listening) => listener.listen(0, "127.0.0.1", listening));
    return line;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const end of this.ends) end.destroy();
    await new Promise((closed) => this.listener.close(closed));
  }
}

/** One direction of the line, which all connections share: when so many bytes that are sent now have come, in ms from now. */
type Direction = (bytes: number) => number;

function direction(bitsPerSecond: number, delayMs: number): Direction {
  let free = 0;
  return (bytes) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes * 8_000) / bitsPerSecond;
    return free + delayMs - now;
  };
}

function carry(from: Socket, to: Socket, takes: Direction): void {
  from.on("data", (data: Buffer) => {
    for (let start = 0; start < data.length; start += PIECE_BYTES) {
      const piece = data.subarray(start, start + PIECE_BYTES);
      setTimeout(() => to.writable && to.write(piece), takes(piece.length));
    }
  });
  from.on("end", () => setTimeout(() => to.end(), takes(0)));
}
