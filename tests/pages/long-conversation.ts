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

/** What the server has to tell somebody who has all up to an event: what came after it or, where that is too much, the newest. */
function pageAfter(after: number, messages: number) {
  return pageBefore(messages + 1, after ? Math.min(messages - after, FIRST) : FIRST);
}

/** What goes wrong when the page first asks for what came before: the line is cut, or the server sends it back for later. */
export type Mishap = "cut" | "too fast";

/** Answers as a server with a long conversation would; tells how often it was asked for what came before. */
export async function play(page: Page, messages = MESSAGES, mishap?: Mishap): Promise<() => number> {
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
            now: BEGAN + messages * 300_000,
            heartbeat_ms: 15_000,
            site: { name: "Lumen & Oak", bot: true, contact: "" },
            state: { answering: { agent: { name: "Ana" } } },
            history: pageAfter(command.hello.after, messages),
          },
        });
      }
      if (command.history) {
        asked += 1;
        const goesWrong = asked === 1 && mishap;
        if (goesWrong === "cut") route.close({ code: 1012 });
        else if (goesWrong) send({ refused: { id, code: "too_fast", retry: true, detail: "Send it again in a moment." } });
        else send({ history: pageBefore(command.history.before, PAGE) });
      }
      if (command.ping) send({ pong: { id } });
      if (command.say) {
        const seq = messages + 1;
        const said = { ...event(seq), kind: { message: { id, author: { visitor: {} }, text: command.say.text } } };
        send({ ack: { id, seq, at: said.at } });
        send({ event: said });
      }
    });
  });
  return () => asked;
}
