// S10, S17: a visitor who has gone gets an email when a person answers, and its links open the chat and stop such emails: with
// scripts and without.
import { expectAccessible } from "../accessible";
import { linkIn, MailServer } from "../mail-server";
import { Chat } from "../people/visitor";
import { type Cast, expect, test } from "../story";
import type { Server } from "../server";

/** Somebody leaves an address, goes, and is answered; gives the email that they get. */
async function answered(cast: Cast, server: Server, mail: MailServer): Promise<string> {
  const from = ["--mail-from", "Lumen & Oak <help@shop.example>"];
  await server.restartWith("--smtp", mail.url, ...from, "--public-url", server.origin, "--follow-up-seconds", "1");
  const { page, chat } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const email = page.getByRole("textbox", { name: "Email" });
  await email.fill("me@mail.example");
  await email.press("Enter");
  await expect(page.getByText("a person can write to me@mail.example")).toBeVisible();
  await page.context().close();
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await ana.answer("A new lamp is on its way.");
  return mail.letter();
}

test.describe("a letter", () => {
  let mail: MailServer;
  test.beforeEach(async () => {
    mail = await MailServer.open();
  });
  test.afterEach(() => mail.close());

  test("opens the conversation in another browser, and its secret stays out of every address", async ({ cast, server }) => {
    const letter = await answered(cast, server, mail);
    const link = linkIn(letter, "/continue/demo");
    const page = await cast.page();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(link);
    await page.waitForURL("**/chat/demo");
    const chat = new Chat(page);
    await expect(chat.messages("Ana · human", "A new lamp is on its way.")).toBeVisible();
    await chat.say("Thank you");
    await expect(chat.messages("You", "Thank you")).toBeVisible();
    const code = link.split("#")[1] ?? "";
    expect(code).toMatch(/^[0-9a-f]{64}$/);
    // The first is the address that was followed, before its # is cut off.
    expect(asked.slice(1).filter((url) => url.includes(code))).toEqual([]);
    // Back is the form, with nothing in it.
    await page.goBack();
    expect(page.url()).not.toContain(code);
  });

  test("opens the conversation where no script runs, by its code", async ({ cast, server }) => {
    const letter = await answered(cast, server, mail);
    const link = linkIn(letter, "/continue/demo");
    const page = await cast.page({ javaScriptEnabled: false });
    await page.goto(link);
    await page.getByRole("textbox", { name: "Code from the email" }).fill(link.split("#")[1] ?? "");
    await page.getByRole("button", { name: "Open the conversation" }).click();
    await expect(new Chat(page).messages("Ana · human", "A new lamp is on its way.")).toBeVisible();
  });

  test("ends such letters by one press, and not before", async ({ cast, server }) => {
    const letter = await answered(cast, server, mail);
    const page = await cast.page();
    await page.goto(linkIn(letter, "/continue/demo/stop"));
    const stop = page.getByRole("button", { name: "Never write to this address again" });
    await expect(page.getByRole("textbox")).toBeHidden();
    expect(page.url()).not.toContain("#");
    await expectAccessible(page, "before letters are stopped");
    await stop.click();
    await expect(page.getByText("We will not write to this address again.")).toBeVisible();
    await expectAccessible(page, "letters are stopped");
  });
});

test("a link that opens nothing says so calmly and leads to the chat", async ({ cast, watch }) => {
  watch.expect(/status of 404/);
  const page = await cast.page();
  await page.goto("/continue/demo");
  await expect(page.getByRole("heading", { name: "Conversation with Lumen & Oak" })).toBeVisible();
  await expectAccessible(page, "the code is asked for");
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("textbox", { name: "Code from the email" }).fill("0".repeat(64));
  await page.getByRole("button", { name: "Open the conversation" }).click();
  expect((await answer).status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await expectAccessible(page, "a link that opens nothing");
  await page.getByRole("link", { name: "Open the chat" }).click();
  await expect(new Chat(page).humanPlease).toBeVisible();
});
