// Ten thousand messages: what came before loads as the visitor goes, and sending touches none of it. The server is played by the
// story, which can have said so much at once; the page is the real one.
import type { Page, WebSocketRoute } from "@playwright/test";
import { expect, test } from "../story";

const MESSAGES = 10_000;

/** As the real server's pages. */
const PAGE = 200;

const BEGAN = Date.UTC(2026, 10, 1);

const event = (seq: number) => ({
  seq,
  // One message every five minutes: five weeks.
  at: BEGAN + seq * 300_000,
  kind: {
    message: {
      id: seq.toString(16).padStart(32, "0"),
      author: seq % 2 ? { visitor: {} } : { agent: { name: "Ana" } },
      text: `Message ${seq} of a long conversation`,
    },
  },
});

function pageBefore(before: number) {
  const first = Math.max(1, before - PAGE);
  const events = Array.from({ length: before - first }, (_, index) => event(first + index));
  return { events, earlier: first > 1 };
}

/** Answers as a server with a long conversation would; gives the socket once somebody has come. */
async function play(page: Page): Promise<{ socket: () => WebSocketRoute; asked: () => number }> {
  let socket: WebSocketRoute | undefined;
  let asked = 0;
  await page.routeWebSocket(/\/ws\/visitor/, (route) => {
    socket = route;
    const send = (frame: unknown) => route.send(JSON.stringify(frame));
    route.onMessage((text) => {
      const { id, command } = JSON.parse(String(text));
      if (command.hello) {
        send({
          welcome: {
            version: 1,
            conversation: "8c5d0a7e41b24b0f9c3e6d1f2a3b4c5d",
            epoch: "51a9c2f0be7d4436a1d83c6e9f02b475",
            now: BEGAN + MESSAGES * 300_000,
            heartbeat_ms: 15_000,
            site: { name: "Lumen & Oak", bot: true, contact: "" },
            state: { answering: { agent: { name: "Ana" } } },
            history: pageBefore(MESSAGES + 1),
          },
        });
      }
      if (command.history) {
        asked += 1;
        send({ history: pageBefore(command.history.before) });
      }
      if (command.say) {
        const seq = MESSAGES + 1;
        const said = { ...event(seq), kind: { message: { id, author: { visitor: {} }, text: command.say.text } } };
        send({ ack: { id, seq, at: said.at } });
        send({ event: said });
      }
    });
  });
  return {
    socket: () => {
      if (!socket) throw new Error("nobody has come");
      return socket;
    },
    asked: () => asked,
  };
}

const first = (page: Page) => page.locator("#messages .message").first();

test("a conversation of ten thousand messages loads as the visitor goes back, in place, and the rest is left alone", async ({ cast }) => {
  test.slow();
  const page = await cast.page({ viewport: { width: 390, height: 844 } });
  const { asked } = await play(page);
  await page.goto("/chat/demo");
  await expect(page.locator(`#m${MESSAGES}`)).toBeInViewport();
  expect(asked(), "nothing is asked for that nobody looks for").toBe(0);

  // To the very first message, as fast as pages come. What the reader looks at stays where it is.
  const log = page.locator("#log");
  for (let pages = 1; pages < MESSAGES / PAGE; pages++) {
    const seq = MESSAGES - pages * PAGE;
    await expect(page.locator(`#m${seq + 1}`)).toHaveCount(1);
    const anchor = page.locator(`#m${seq + 8}`);
    const place = () => anchor.evaluate((element) => Math.round(element.getBoundingClientRect().top));
    await log.evaluate((log, id) => {
      const element = document.getElementById(id);
      if (element) log.scrollTop += element.getBoundingClientRect().top - log.getBoundingClientRect().top;
    }, `m${seq + 8}`);
    const before = await place();
    await expect(page.locator(`#m${seq}`)).toHaveCount(1);
    if (pages % 10 === 0) expect(Math.abs((await place()) - before), "it stays in place").toBeLessThanOrEqual(2);
  }
  await expect(page.locator("#m1")).toHaveCount(1);
  expect(asked()).toBe(MESSAGES / PAGE - 1);
  await expect(page.locator("#messages .message")).toHaveCount(MESSAGES);
  await expect(first(page)).toHaveAttribute("data-seq", "1");

  // Writing touches what is new and what it changes, and nothing of the ten thousand.
  await page.evaluate(() => {
    const touched: string[] = [];
    Object.assign(window, { touched });
    const list = document.querySelector("#messages");
    const seen = (records: MutationRecord[]) => touched.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`));
    if (list) new MutationObserver(seen).observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await page.locator("#message").fill("And one more");
  await page.locator("#send").click();
  await expect(page.locator(`#m${MESSAGES + 1}`)).toContainText("Sent");
  await expect(page.locator(`#m${MESSAGES + 1}`)).toBeInViewport();
  const touched = await page.evaluate(() => (window as unknown as { touched: string[] }).touched);
  expect(touched.length, touched.join(", ")).toBeLessThan(40);
});
