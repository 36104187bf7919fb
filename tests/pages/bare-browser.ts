// A tab of a browser that is told what to do by its own protocol alone: Playwright cannot follow a page that the browser keeps
// aside whole and brings back.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { LaunchOptions } from "@playwright/test";

interface Answer {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

export class BareTab {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private session: string | undefined;
  private sent = 0;

  private constructor(
    private readonly browser: ChildProcess,
    private readonly folder: string,
  ) {
    let rest = "";
    this.pipe(4).setEncoding("utf8").on("data", (data) => {
      const messages = (rest + data).split("\0");
      rest = messages.pop() ?? "";
      for (const answer of messages.map((message): Answer => JSON.parse(message))) this.waiting.get(answer.id ?? 0)?.(answer);
    });
  }

  /** Opens a browser with one tab, plays in it, and throws it away. */
  static async with({ executablePath, args }: LaunchOptions, play: (tab: BareTab) => Promise<void>): Promise<void> {
    if (!executablePath) throw new Error("no browser is named");
    const folder = await mkdtemp(join(tmpdir(), "human-please-browser-"));
    const all = [...(args ?? []), "--headless", "--remote-debugging-pipe", `--user-data-dir=${folder}`, "--window-size=1280,800"];
    const browser = spawn(executablePath, all, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    const tab = new BareTab(browser, folder);
    try {
      const { targetId } = await tab.send("Target.createTarget", { url: "about:blank" });
      const { sessionId } = await tab.send("Target.attachToTarget", { targetId, flatten: true });
      tab.session = String(sessionId);
      await play(tab);
    } finally {
      await tab.close();
    }
  }

  async goto(url: string): Promise<void> {
    await this.send("Page.navigate", { url });
  }

  /** What a script in the page gives, once it is no promise. */
  async run(script: string): Promise<unknown> {
    const options = { awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression: script, ...options });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value: unknown }).value;
  }

  private send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++this.sent;
    const answered = new Promise<Record<string, unknown>>((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => {
        this.waiting.delete(id);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result ?? {});
      });
    });
    this.pipe(3).write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    return answered;
  }

  private pipe(number: number): Duplex {
    return this.browser.stdio[number] as Duplex;
  }

  private async close(): Promise<void> {
    const ended = once(this.browser, "exit");
    this.browser.kill("SIGKILL");
    await ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
