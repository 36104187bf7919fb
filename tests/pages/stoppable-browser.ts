// A browser of its own whose processes can be made to stand still, as when a laptop's lid is closed: its connections stay
// open, and nobody is there.
import { readdirSync, readFileSync } from "node:fs";
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from "@playwright/test";

export class StoppableBrowser {
  private constructor(
    private readonly server: BrowserServer,
    readonly browser: Browser,
  ) {}

  static async launch(options: LaunchOptions): Promise<StoppableBrowser> {
    const server = await chromium.launchServer(options);
    return new StoppableBrowser(server, await chromium.connect(server.wsEndpoint()));
  }

  /** Nothing of it runs any more. */
  stop(): void {
    this.signal("SIGSTOP");
  }

  /** It goes on as if nothing had been. */
  goOn(): void {
    this.signal("SIGCONT");
  }

  async close(): Promise<void> {
    this.goOn();
    await this.server.close();
  }

  private signal(signal: NodeJS.Signals): void {
    const main = this.server.process().pid;
    if (main === undefined) throw new Error("the browser has no process");
    for (const pid of [main, ...descendants(main)]) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        // One that has ended meanwhile stands still, too.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    }
  }
}

/** All processes below one, by what Linux tells of each. */
function descendants(ancestor: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // The program's name, in brackets, may hold anything.
      const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      parents.set(Number(name), Number(parent));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === ancestor || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}
