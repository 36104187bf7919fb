// A sound and a notification for visitors who look elsewhere while they wait: offered only once they have asked for a person, asked
// of the browser only when they choose them, and never with what was written in them (L16, P8, A1).
import type { Page, Route } from "@playwright/test";
import { CHAT, expectAccessible } from "../accessible";
import { hideable } from "../hideable";
import { takenOver } from "../people/visitor";
import { expect, merchantTest, test } from "../story";

interface Alerted {
  asked: number;
  shown: { title: string; body?: string }[];
  closed: number;
  notes: number;
}

/** Writes down what the page asks of the browser; `answer` is what the visitor would press. */
async function listen(page: Page, answer: NotificationPermission): Promise<() => Promise<Alerted>> {
  await page.addInitScript((answer) => {
    const alerted: Alerted = { asked: 0, shown: [], closed: 0, notes: 0 };
    let permission: NotificationPermission = "default";
    class Stub {
      static get permission() {
        return permission;
      }
      static async requestPermission() {
        alerted.asked += 1;
        permission = answer;
        return permission;
      }
      constructor(title: string, { body }: NotificationOptions) {
        alerted.shown.push(body ? { title, body } : { title });
      }
      close() {
        alerted.closed += 1;
      }
    }
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      alerted.notes += 1;
      start.call(this, when);
    };
    Object.assign(window, { Notification: Stub, alerted });
  }, answer);
  return () => page.evaluate(() => (window as unknown as { alerted: Alerted }).alerted);
}

const NOTHING = { asked: 0, shown: [], closed: 0, notes: 0 };

test("who waits is told by a sound and a notification, if they choose them, and nobody is asked before", async ({ cast }) => {
  const page = await cast.page();
  const hide = await hideable(page);
  const alerted = await listen(page, "granted");
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const taken = takenOver(page);
  const { chat } = await cast.visitorOn(page);
  await taken;
  await chat.say("Is my order on its way?");
  await expect(chat.messages("AI assistant")).not.toHaveCount(0);
  const notify = page.getByRole("checkbox", { name: "Notify me when somebody answers" });
  const sound = page.getByRole("checkbox", { name: "Sound" });
  await expect(notify).toHaveCount(0);
  expect(requests.filter((url) => url.includes("alerts")), "nothing is fetched for nobody").toEqual([]);

  await chat.humanPlease.click();
  await expect(notify).toBeVisible();
  await expect(notify).not.toBeChecked();
  await expect(sound).not.toBeChecked();
  expect(await alerted()).toEqual(NOTHING);
  await expectAccessible(page, "alerts are offered");

  // By the keyboard, from the box that the visitor writes in.
  await notify.focus();
  await page.keyboard.press("Space");
  await expect(notify).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(sound).toBeChecked();
  expect(await alerted(), "the sound is heard once, as a sample").toEqual({ ...NOTHING, asked: 1, notes: 2 });

  await hide(true);
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await expect.poll(async () => (await alerted()).shown).toEqual([{ title: "Ana · human answers now" }]);
  await ana.answer("It left this morning, with the card that ends in 1111.");
  await expect.poll(async () => (await alerted()).shown[1]).toEqual({ title: "New message from Ana · human" });
  expect((await alerted()).notes).toBe(6);
  await hide(false);
  await expect.poll(async () => (await alerted()).closed, "what was seen is news no more").toBe(1);
  await ana.answer("Is there anything else?");
  await expect(chat.messages("Ana · human", "anything else")).toBeVisible();
  expect((await alerted()).shown, "whoever looks needs no notification").toHaveLength(2);

  // What was chosen holds, without being asked again.
  const back = takenOver(page);
  await page.reload();
  await back;
  await expect(sound).toBeChecked();
  await sound.uncheck();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("human-please/demo/alerts"))).toBeNull();
  await ana.resolve.click();
  await expect(sound, "nobody is waited for any more").toBeHidden();
});

test("a browser that blocks notifications is said to, and the choice is taken back", async ({ cast }) => {
  const page = await cast.page();
  const alerted = await listen(page, "denied");
  const taken = takenOver(page);
  const { chat } = await cast.visitorOn(page);
  await taken;
  await chat.humanPlease.click();
  const notify = page.getByRole("checkbox", { name: "Notify me when somebody answers" });
  await notify.click();
  await expect(page.locator("#alerts")).toContainText("Your browser blocks notifications from this page.");
  await expect(notify).not.toBeChecked();
  expect((await alerted()).asked).toBe(1);
  expect(await page.evaluate(() => localStorage.getItem("human-please/demo/alerts"))).toBeNull();
});

test("what could not be fetched when a person was asked for is fetched once there is news", async ({ cast, watch }) => {
  watch.expect(/Failed to load resource: net::ERR_FAILED/);
  const page = await cast.page();
  const lost: string[] = [];
  for (const file of ["visitor", "words"]) {
    const lose = (route: Route) => {
      lost.push(file);
      return route.abort();
    };
    await page.route(`**/assets/${file}/alerts-*`, lose, { times: 1 });
  }
  const taken = takenOver(page);
  const { chat } = await cast.visitorOn(page);
  await taken;
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  await expect.poll(() => lost).toEqual(["visitor"]);
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await expect.poll(() => lost).toEqual(["visitor", "words"]);
  await ana.answer("It left this morning.");
  await expect(page.getByRole("checkbox", { name: "Sound" })).toBeVisible();
  await ana.answer("Is there anything else?");
  await expect(chat.messages("Ana · human", "anything else")).toBeVisible();
  await expect(page.locator("#alerts")).toHaveCount(1);
});

merchantTest("inside a shop's page, where no browser lets a frame ask, only the sound is offered", async ({ cast, merchant }) => {
  const page = await cast.page();
  await page.goto(merchant.origin);
  await page.getByRole("button", { name: "Human please" }).click();
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("checkbox", { name: "Sound" })).toBeVisible();
  await expect(frame.locator("#alerts input[name=notify]")).toBeHidden();
  await expectAccessible(page, "the sound is offered in a frame", CHAT);
});
