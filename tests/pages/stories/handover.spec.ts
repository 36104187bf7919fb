// An agent who is gone for longer than the lease (R12): what they had begun passes to the next one, and when they wake,
// their page says what happened before anything of theirs is sent (G4).
import { devices, type Page } from "@playwright/test";
import { expectAccessible } from "../accessible";
import type { Desk } from "../people/agent";
import { Server } from "../server";
import { SlowLine } from "../slow-line";
import { expect, test as base } from "../story";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: devices["Pixel 7"].userAgent };
const BEGUN = "Your lamp is on its";
const NOTE = "The depot calls back at four.\nShe is right: it is our fault.";

const test = base.extend({
  server: async ({}, use) => {
    // The shortest that there is.
    const server = await Server.start({ flags: ["--lease-seconds", "5"] });
    await use(server);
    await server.stop();
  },
});

for (const [where, options] of [["a desk", {}], ["a phone", PHONE]] as const) {
  test(`on ${where} what an agent had begun is handed on, and whoever wakes is told before they can send`, async ({ cast }, info) => {
    const look = async (page: Page, name: string) => {
      await page.screenshot({ path: info.outputPath(`${name}.png`) });
      await expectAccessible(page, name);
    };
    const { chat } = await cast.visitor();
    await chat.humanPlease.click();
    await chat.say("Where is my lamp?");
    const receipt = await chat.receipt();
    const page = await cast.page(options);
    const line = await SlowLine.under(page);
    const ana = await cast.deskOn(page, cast.credentials("ana"));
    const ben = await cast.agent("ben", options);
    const onPhone = where === "a phone";
    const to = async (desk: Desk, pane: "Queue" | "Conversation" | "Case") => {
      if (onPhone) await desk.pane(pane).tap();
    };

    await ana.take(receipt);
    await ana.reply.fill(BEGUN);
    await to(ana, "Case");
    await ana.note.fill(NOTE);
    // The server has the note, and the reply that was begun before it.
    await expect(ana.caseCard).toContainText("Not kept yet.");
    await expect(ana.caseCard).not.toContainText("Not kept yet.");
    await look(ana.page, `note-${where}`);
    await to(ana, "Conversation");

    await line.sever();
    await expect(chat.event("Ana had to go. You are back at the front of the line, with your time kept.")).toBeVisible();
    // She does not know it: what she sends now is on its way, and nothing more.
    await ana.reply.fill(`${BEGUN} way.`);
    await ana.send.click();
    await expect(ana.messages("Ana · human", "on its way.")).toContainText("Sending…");

    // Ben reads what she left before he takes it, and has it when he has.
    await ben.waiting(receipt).getByRole("button", { name: new RegExp(`No\\. ${receipt}`) }).click();
    await expect(ben.left).toContainText("Ana had begun to write");
    await expect(ben.left).toContainText("She is right: it is our fault.");
    await look(ben.page, `left-in-the-queue-${where}`);
    await ben.talk.getByRole("button", { name: "Take" }).click();
    await expect(ben.left.getByRole("button", { name: "Use these words" })).toBeVisible();
    await expect(ben.reply).toHaveValue("");
    await look(ben.page, `offered-${where}`);
    await ben.reply.fill("Hello, I am Ben.");
    await ben.left.getByRole("button", { name: "Use these words" }).click();
    await expect(ben.reply).toHaveValue(`${BEGUN}\n\nHello, I am Ben.`);
    await expect(ben.left).not.toContainText("had begun to write");
    await ben.reply.fill("Hello, I am Ben. Your lamp is on its way.");
    await ben.send.click();
    await expect(chat.messages("Ben · human")).toContainText("Your lamp is on its way.");

    await line.mend();
    await expect(
      ana.page.getByText(/^Your connection was lost for \d+ (s|min)\. This conversation went back to the line at \d+:\d\d; Ben has it now\.$/),
    ).toBeVisible();
    const unsent = ana.page.getByRole("textbox", { name: "Your words, not sent" });
    await expect(unsent).toHaveValue(`${BEGUN} way.`);
    await expect(unsent).not.toBeEditable();
    await expect(ana.reply).toBeHidden();
    await expect(ana.send).toBeHidden();
    await expect(ana.messages("Ana · human")).toHaveCount(0);
    await expect(ana.status("Ben has it now. It is kept below the conversation.")).toBeVisible();
    await look(ana.page, `awake-${where}`);
    await ana.page.getByRole("button", { name: "Go on duty" }).click();
    await expect(ana.onDuty).toBeChecked();
    // Nothing of hers has reached the visitor, and nothing that was only begun or noted.
    expect(await chat.said()).toEqual([
      ["You", "Where is my lamp?"],
      ["Ben · human", "Hello, I am Ben. Your lamp is on its way."],
    ]);
    if (onPhone) expect(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
}
