// The agent page, as the people who answer find their way in it.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Credentials } from "../server";
import { type Author, messages, said } from "./visitor";

export class Desk {
  readonly email: Locator;
  readonly password: Locator;
  readonly signIn: Locator;
  readonly onDuty: Locator;
  readonly queue: Locator;
  readonly mine: Locator;
  readonly log: Locator;
  readonly reply: Locator;
  readonly send: Locator;
  readonly sendNow: Locator;
  readonly resolve: Locator;
  readonly transfer: Locator;
  readonly passOn: Locator;
  readonly caseCard: Locator;
  readonly note: Locator;
  readonly suggestions: Locator;
  readonly talk: Locator;
  /** What colleagues hold, which is shown to those who supervise them. */
  readonly withColleagues: Locator;
  readonly takeNext: Locator;
  readonly atOnce: Locator;
  /** What colleagues left in the conversation that is open. */
  readonly left: Locator;

  constructor(readonly page: Page) {
    this.email = page.getByRole("textbox", { name: "Email" });
    // A password box has no role.
    this.password = page.getByLabel("Password");
    this.signIn = page.getByRole("button", { name: "Sign in" });
    this.onDuty = page.getByRole("switch", { name: "On duty" });
    this.queue = page.getByRole("list", { name: "Queue" });
    this.mine = page.getByRole("list", { name: "My conversations" });
    this.log = page.getByRole("log", { name: "Conversation" });
    this.reply = page.getByRole("textbox", { name: "Reply" });
    this.send = page.getByRole("button", { name: "Send", exact: true });
    this.sendNow = page.getByRole("button", { name: "Send now" });
    this.resolve = page.getByRole("button", { name: "Resolve" });
    this.transfer = page.getByRole("button", { name: "Transfer", exact: true });
    this.passOn = page.getByRole("button", { name: "Pass it on" });
    this.caseCard = page.getByRole("region", { name: "Case card" });
    this.talk = page.getByRole("region", { name: "The conversation you have open" });
    this.withColleagues = page.getByRole("list", { name: "With colleagues" });
    this.takeNext = page.getByRole("button", { name: "Take next" });
    this.atOnce = page.getByRole("combobox", { name: "At once" });
    this.note = page.getByRole("textbox", { name: "Note for colleagues" });
    this.suggestions = page.getByRole("textbox", { name: "Suggested answers, one on each line" });
    this.left = page.getByRole("region", { name: "From your colleagues" });
  }

  async enter({ email, password }: Credentials): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.signIn.click();
    await expect(this.status("Connected")).toBeVisible();
  }

  async goOnDuty(): Promise<void> {
    await this.onDuty.setChecked(true);
    await expect(this.onDuty).toBeChecked();
  }

  status(words: string | RegExp): Locator {
    return this.page.getByRole("status").filter({ hasText: words });
  }

  /** What is solved, once it is opened. */
  get solved(): Locator {
    return this.page.getByRole("list", { name: "Solved" });
  }

  async openSolved(): Promise<void> {
    await this.page.locator("#resolved").click();
    await expect(this.solved).toBeVisible();
  }

  /** The line of the queue with this number. */
  waiting(receipt: string): Locator {
    return this.line(this.queue, receipt);
  }

  /** The same of the agent's own conversations. */
  own(receipt: string): Locator {
    return this.line(this.mine, receipt);
  }

  /** Reads a conversation that waits, without taking it. */
  async look(receipt: string): Promise<void> {
    await this.waiting(receipt).getByRole("button", { name: /^Visitor/ }).click();
    await expect(this.opened(receipt)).toBeVisible();
  }

  async take(receipt: string): Promise<void> {
    await this.waiting(receipt).getByRole("button", { name: "Take" }).click();
    await expect(this.opened(receipt)).toBeVisible();
    await expect(this.reply).toBeVisible();
  }

  /** The heading of the conversation with this number, while it is the one that is open. */
  opened(receipt: string): Locator {
    return this.page.getByRole("heading", { name: `Visitor · No. ${receipt}`, exact: true });
  }

  async answer(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.send.click();
    // It could be taken back for three seconds: stories that are not about that do not wait.
    await this.sendNow.click();
  }

  /** Gives it back to the queue. */
  async giveBack(): Promise<void> {
    await this.transfer.click();
    await this.passOn.click();
  }

  messages(author: Author, text?: string | RegExp): Locator {
    return messages(this.log, author, text);
  }

  event(words: string | RegExp): Locator {
    return this.log.getByRole("listitem").filter({ hasText: words });
  }

  /** Lines of the log that colleagues wrote for each other. */
  noteLine(words: string | RegExp): Locator {
    return this.log.locator("[data-note]").filter({ hasText: words });
  }

  async said(): Promise<[string, string][]> {
    return said(this.log);
  }

  /** On a phone one pane is shown at a time. */
  pane(name: "Queue" | "Conversation" | "Case"): Locator {
    return this.page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name });
  }

  private line(list: Locator, receipt: string): Locator {
    // Not by the line's whole text: a count may follow the number without anything between.
    return list.getByRole("listitem").filter({ has: this.page.getByText(new RegExp(`^Visitor · No\\. ${receipt}(?!\\d)`)) });
  }
}
