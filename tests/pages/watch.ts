// What must never happen on any page in any story: a script error, a dialog, a breach of the page's own policy, a request
// to somebody else's server.
import type { BrowserContext, ConsoleMessage } from "@playwright/test";

/** Tells of breaches of a page's policy in the same place as everything else that goes wrong. Runs in every frame. */
const TELL_BREACHES = `document.addEventListener("securitypolicyviolation", (breach) =>
  console.error("policy breached: " + breach.effectiveDirective + " " + breach.blockedURI));`;

/** What a browser itself logs about a connection that is down, in stories where it is. */
export const LOST_CONNECTION = /net::ERR_|WebSocket connection to .* failed|Failed to load resource: net::/;

export class Watch {
  readonly complaints: string[] = [];
  /** Whether this story has a page do what its policy forbids, so that the server hears of it. */
  stoppedOnPurpose = false;
  private readonly expected: RegExp[] = [];
  private readonly origins = new Set<string>();

  /** The servers that pages may speak to. */
  allow(origin: string): void {
    this.origins.add(origin);
  }

  /** What this story provokes, and therefore does not mind. */
  expect(message: RegExp): void {
    this.expected.push(message);
  }

  /** What a server has heard from browsers of all that its pages' policies have stopped, also where no script runs. */
  async ask(origin: string): Promise<void> {
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    const breaches = metrics.split("\n").filter((line) => line.startsWith("human_please_policy_breaches_total"));
    if (!this.stoppedOnPurpose) for (const breach of breaches) this.complain(`reported: ${breach}`);
  }

  async over(context: BrowserContext): Promise<void> {
    await context.addInitScript(TELL_BREACHES);
    context.on("console", (message) => this.read(message));
    context.on("weberror", (error) => this.complain(`script error: ${error.error().stack ?? error.error()}`));
    context.on("dialog", (dialog) => {
      this.complain(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && !this.origins.has(origin)) this.complain(`request to ${request.url()}`);
    });
  }

  private read(message: ConsoleMessage): void {
    if (message.type() !== "error") return;
    const { url } = message.location();
    // The agent page asks whether somebody is signed in, and is told that nobody is.
    if (url.endsWith("/api/v1/agent/session") && message.text().includes("401")) return;
    this.complain(`console: ${message.text()} (${url})`);
  }

  private complain(complaint: string): void {
    if (!this.expected.some((expected) => expected.test(complaint))) this.complaints.push(complaint);
  }
}
