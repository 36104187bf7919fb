// The visitor's conversation page, as people find their way in it: by what things are and what they are called. The same
// whether it stands alone or in a shop's page, with WebAssembly or without any script.
import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** Who wrote a message, as its label says: the visitor, the AI, or a person by name. */
export type Author = "You" | "Visitor" | "AI assistant" | `${string} · human`;

export class Chat {
  readonly message: Locator;
  readonly send: Locator;
  readonly humanPlease: Locator;
  readonly close: Locator;
  readonly log: Locator;
  readonly place: Locator;
  readonly person: Locator;
  readonly leave: Locator;
  readonly askForSupervisor: Locator;
  readonly talkToAiAgain: Locator;
  /** Opens what asks whether they are sure. */
  readonly endMine: Locator;
  readonly endSure: Locator;
  /** What the newest message suggests to answer. */
  readonly suggested: Locator;
  /** What the person will know. */
  readonly card: Locator;
  readonly check: Locator;
  readonly wait: Locator;

  constructor(private readonly root: Page | FrameLocator) {
    this.message = root.getByRole("textbox", { name: "Message" });
    this.send = root.getByRole("button", { name: "Send" });
    this.humanPlease = root.getByRole("button", { name: "Human please" });
    this.close = root.getByRole("button", { name: "Close chat" });
    this.log = root.getByRole("log", { name: "Conversation" });
    this.place = root.getByRole("region", { name: "Your place in line" });
    this.person = root.getByRole("region", { name: "Your person" });
    this.askForSupervisor = root.getByRole("button", { name: "Ask for a supervisor" });
    this.leave = root.getByRole("button", { name: "Leave the line" });
    this.talkToAiAgain = root.getByRole("button", { name: "Talk to the AI assistant again" });
    this.endMine = root.locator("summary", { hasText: "End my conversation" });
    this.endSure = root.getByRole("button", { name: "End my conversation" });
    this.suggested = root.getByRole("group", { name: "Suggested answers" });
    this.card = root.getByRole("group").filter({ hasText: "What the person will know" });
    this.check = root.getByRole("button", { name: "Check for new messages" });
    this.wait = this.place.getByRole("timer");
  }

  /** Everything that is a status by its role, with these words in it: who answers, what is wrong, the place in line. */
  status(words: string | RegExp): Locator {
    return this.root.getByRole("status").filter({ hasText: words });
  }

  alert(words: string | RegExp): Locator {
    return this.root.getByRole("alert").filter({ hasText: words });
  }

  async say(text: string): Promise<void> {
    await this.message.fill(text);
    await this.send.click();
  }

  /** Every message of an author, or those with this text. */
  messages(author: Author, text?: string | RegExp): Locator {
    return messages(this.log, author, text);
  }

  /** Lines of the log that tell what happened. */
  event(words: string | RegExp): Locator {
    return this.log.getByRole("listitem").filter({ hasText: words });
  }

  /** The number of the request for a person, once the log has it. */
  async receipt(): Promise<string> {
    const words = await this.event(/You asked for a person · No\. \d+/).last().innerText();
    const receipt = /No\. (\d+)/.exec(words)?.[1];
    if (!receipt) throw new Error(`no number in ${words}`);
    return receipt;
  }

  /** Everything that was said, in order: who, and what. */
  async said(): Promise<[string, string][]> {
    return said(this.log);
  }
}

/** What a message says that the server has, whether the other end has looked at it meanwhile or not. */
export const DELIVERED = /Se(nt|en)\s*$/;

/** Resolves when WebAssembly has taken the page over, or the page in one of its frames: the server has greeted it. */
export function takenOver(page: Page): Promise<void> {
  return new Promise((taken) => {
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (String(payload).startsWith('{"welcome":')) taken();
      }),
    );
  });
}

/** The messages in a log by an author, or those with this text. */
export function messages(log: Locator, author: Author, text?: string | RegExp): Locator {
  const label = log.page().getByText(author, { exact: true });
  const written = log.getByRole("listitem").filter({ has: label });
  return text === undefined ? written : written.filter({ hasText: text });
}

/**
 * What stands in a log, in order: each message's label and text. Checks on the way that no message is labelled as what it
 * is not: what the page says to people and what it says to programs must agree.
 */
export async function said(log: Locator): Promise<[string, string][]> {
  const rows = await log.getByRole("listitem").evaluateAll((items) =>
    items
      .filter((item) => item instanceof HTMLElement && item.dataset.author !== undefined && item.querySelector(".bubble"))
      .map((item) => ({
        author: (item as HTMLElement).dataset.author ?? "",
        label: item.querySelector(".message-author")?.textContent ?? "",
        text: item.querySelector(".message-text")?.textContent ?? "",
      })),
  );
  for (const { author, label } of rows) expect(kindOf(label), `the label “${label}”`).toBe(author);
  return rows.map(({ label, text }) => [label, text]);
}

function kindOf(label: string): string {
  if (label === "You" || label === "Visitor") return "visitor";
  if (label === "AI assistant") return "bot";
  if (label.endsWith(" · human")) return "agent";
  return `nobody that we know: ${label}`;
}

/** Waits until a timer shows another time. */
export async function expectTicking(timer: Locator): Promise<void> {
  const before = await timer.innerText();
  expect(before).toMatch(/^\d+:\d\d(:\d\d)?$/);
  await expect(timer).not.toHaveText(before);
}

/** The seconds that a timer shows. */
export async function secondsOf(timer: Locator): Promise<number> {
  const parts = (await timer.innerText()).split(":").map(Number);
  return parts.reduce((seconds, part) => seconds * 60 + part, 0);
}
