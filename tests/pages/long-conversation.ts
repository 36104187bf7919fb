// A server with ten thousand messages in one conversation, played to a page: no real one can have said so much at once.
import type { Page } from "@playwright/test";

export const MESSAGES = 10_000;

/** As the real server's: the first page, and those that are asked for. */
export const FIRST = 200;
export const PAGE = 50;

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

function pageBefore(before: number, most: number) {
  const first = Math.max(1, before - most);
  const events = Array.from({ length: before - first }, (_, index) => event(first + index));
  return { events, earlier: first > 1 };
}

/** Answers as a server with a long conversation would; tells how often it was asked for what came before. */
export async function play(page: Page): Promise<() => number> {
  let asked = 0;
  await page.routeWebSocket(/\/ws\/visitor/, (route) => {
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
            history: pageBefore(MESSAGES + 1, FIRST),
          },
        });
      }
      if (command.history) {
        asked += 1;
        send({ history: pageBefore(command.history.before, PAGE) });
      }
      if (command.say) {
        const seq = MESSAGES + 1;
        const said = { ...event(seq), kind: { message: { id, author: { visitor: {} }, text: command.say.text } } };
        send({ ack: { id, seq, at: said.at } });
        send({ event: said });
      }
    });
  });
  return () => asked;
}
