// A shop's page with our script tag: what a visitor sees before they act, and the chat that they open.
import type { Locator, Page } from "@playwright/test";
import { Chat } from "./visitor";

export class Shop {
  readonly openChat: Locator;
  readonly humanPlease: Locator;
  readonly frame: Locator;
  readonly chat: Chat;

  constructor(readonly page: Page) {
    // The unread messages stand behind the words.
    this.openChat = page.getByRole("button", { name: /^Open chat/ });
    this.humanPlease = page.getByRole("complementary", { name: "Support" }).getByRole("button", { name: "Human please" });
    this.frame = page.getByTitle("Support chat");
    this.chat = new Chat(this.frame.contentFrame());
  }
}
