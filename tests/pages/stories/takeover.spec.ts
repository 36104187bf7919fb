// The page works before WebAssembly has arrived, and loses nothing when it does (B8).
import type { Page } from "@playwright/test";
import { DELIVERED, takenOver } from "../people/visitor";
import { expect, test } from "../story";

/** Holds every WebAssembly file back until the story lets it through. */
async function holdBack(page: Page): Promise<() => void> {
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return letThrough;
}

test("what is typed before WebAssembly arrives is kept, with the focus and the selection, and can be sent", async ({ cast }) => {
  const page = await cast.page();
  const letThrough = await holdBack(page);
  const taken = takenOver(page);
  const { chat } = await cast.visitorOn(page);
  await chat.message.pressSequentially("Is this kept?");
  // “this” is selected, from its end to its beginning.
  for (let step = 0; step < " kept?".length; step++) await page.keyboard.press("ArrowLeft");
  for (let step = 0; step < "this".length; step++) await page.keyboard.press("Shift+ArrowLeft");
  const box = await chat.message.elementHandle();

  letThrough();
  await taken;
  await expect(chat.message).toBeFocused();
  await expect(chat.message).toHaveValue("Is this kept?");
  expect(await chat.message.evaluate(selection)).toEqual({ start: 3, end: 7, direction: "backward" });
  expect(await chat.message.evaluate((now, before) => now === before, box), "the box is the same element").toBe(true);

  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(chat.messages("You", "Is this kept?")).toHaveCount(1);
  await expect(chat.messages("You", "Is this kept?")).toContainText(DELIVERED);
  await expect(chat.message).toHaveValue("");
  await expect(page).toHaveURL("/chat/demo");
});

test("a press on Human please before WebAssembly arrives counts, once", async ({ cast }) => {
  const page = await cast.page();
  const letThrough = await holdBack(page);
  const { chat } = await cast.visitorOn(page);
  await chat.message.fill("A draft that is not sent yet");
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  await expect(chat.place).toContainText(`No. ${receipt}`);
  await expect(chat.message).toHaveValue("A draft that is not sent yet");

  const ana = await cast.agent("ana");
  const taken = takenOver(page);
  letThrough();
  await taken;
  await expect(chat.event("You asked for a person")).toHaveCount(1);
  await expect(chat.place).toContainText(`No. ${receipt}`);
  await expect(chat.message).toHaveValue("A draft that is not sent yet");
  await chat.send.click();
  await expect(chat.messages("You", "A draft that is not sent yet")).toContainText(DELIVERED);
  await expect(ana.queue.getByRole("listitem")).toHaveCount(1);
  await expect(ana.waiting(receipt)).toContainText("A draft that is not sent yet");
});

test("a press on Human please that WebAssembly arrives in the middle of counts", async ({ cast }) => {
  const page = await cast.page();
  const letThrough = await holdBack(page);
  const taken = takenOver(page);
  const { chat } = await cast.visitorOn(page);
  await chat.humanPlease.hover();
  await page.mouse.down();
  letThrough();
  await taken;
  // It has come so far that it draws: what is typed now is its own.
  await chat.message.evaluate((box) => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 0, box))));
  await page.mouse.up();
  await expect(chat.place).toContainText("You are next");
  await expect(chat.event("You asked for a person")).toHaveCount(1);
  await expect(page).toHaveURL("/chat/demo");
});

test("messages sent before WebAssembly arrives are the same conversation afterwards", async ({ cast }) => {
  const page = await cast.page();
  const letThrough = await holdBack(page);
  const { chat } = await cast.visitorOn(page);
  await chat.say("Sent by the plain form");
  await expect(chat.messages("You", "Sent by the plain form")).toHaveCount(1);
  const taken = takenOver(page);
  letThrough();
  await taken;
  await chat.say("Sent by the script");
  await expect(chat.messages("You", "Sent by the script")).toContainText(DELIVERED);
  await expect(chat.messages("You")).toHaveCount(2);
});

test("where WebAssembly never comes, the page says how to see what is new", async ({ cast, watch }) => {
  watch.expect(/net::ERR_FAILED|Failed to fetch/);
  const page = await cast.page();
  await page.route("**/*.wasm", (route) => route.abort());
  const { chat } = await cast.visitorOn(page);
  await expect(chat.check).toBeVisible();
  await chat.humanPlease.click();
  await expect(chat.place).toContainText("You are next");
});

function selection(box: HTMLElement | SVGElement) {
  const { selectionStart: start, selectionEnd: end, selectionDirection: direction } = box as HTMLTextAreaElement;
  return { start, end, direction };
}
