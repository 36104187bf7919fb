// What the agent page costs whoever answers: run by `cargo xtask bench agent`, which prints it. No story: times are measured here
// and promised nowhere.
import { writeFile } from "node:fs/promises";
import { type Browser, test } from "@playwright/test";
import { Desk } from "../people/agent";
import { Chat, takenOver } from "../people/visitor";
import { DEMO, Server } from "../server";
import { BarePage } from "./bare-page";
import { type Browsing, openConversations, type Opened, openTwice } from "./desk-opening";
import { NarrowLine } from "./narrow-line";
import { type Summary, summary } from "./summary";

const runs = Number(process.env.BENCH_RUNS ?? "7");

/** The phone that the budgets are for. */
const PHONE = { slowdown: 4, rate: { down: 1_600_000, up: 750_000, roundTripMs: 150 } };

/** Until an agent on that phone can take somebody, and until a long conversation is shown on this machine. */
const READY_MS = 1_500;
const SHOWN_MS = 100;

const MESSAGES = 1_000;

/** As fast as the server takes them from one visitor without telling them to wait. */
const PACE_MS = 50;

/** Somebody who has said so much waits. Gives their number and the last event of their conversation. */
async function wait(browser: Browser, origin: string, messages: number): Promise<{ receipt: string; last: number }> {
  const page = await browser.newPage({ reducedMotion: "reduce" });
  const taken = takenOver(page);
  await page.goto(`${origin}/chat/${DEMO}`);
  await taken;
  const chat = new Chat(page);
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  await chat.message.evaluate(
    async (box, { messages, pace }) => {
      for (let number = 1; number <= messages; number++) {
        (box as HTMLTextAreaElement).value = `Message ${number}: where is the lamp that I ordered?`;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        (box as HTMLTextAreaElement).form?.requestSubmit(document.querySelector<HTMLElement>("#send"));
        await new Promise((next) => setTimeout(next, pace));
      }
    },
    { messages, pace: PACE_MS },
  );
  const newest = chat.messages("You", `Message ${messages}:`);
  await newest.filter({ hasText: /Sent|Seen/ }).waitFor({ timeout: 120_000 });
  const last = Number(await newest.getAttribute("data-seq"));
  await page.close();
  return { receipt, last };
}

test("the agent page", async ({ browser, launchOptions }) => {
  test.setTimeout(0);
  const { executablePath = "", args = [] } = launchOptions;
  const server = await Server.start();
  const credentials = server.agents.get("ana@demo.example");
  if (!credentials) throw new Error("the server printed no password for Ana");
  const conversations = [await wait(browser, server.origin, 1), await wait(browser, server.origin, MESSAGES)];
  // She is on duty as long as this page is open.
  const page = await browser.newPage();
  await page.goto(`${server.origin}/agent`);
  const ana = new Desk(page);
  await ana.enter(credentials);
  await ana.goOnDuty();

  const line = await NarrowLine.to(server.origin, PHONE.rate);
  const lead = { executablePath, args };
  const sizing = await openTwice(`${server.origin}/agent`, { slowdown: 1, ...lead }, { origin: server.origin, credentials });
  const bare = await BarePage.of(sizing.cold.bytes);
  const bareLine = await NarrowLine.to(bare.origin, PHONE.rate);
  const machines = [
    { slowdown: 1, ours: server.origin, bare: bare.origin },
    { slowdown: PHONE.slowdown, ours: line.origin, bare: bareLine.origin },
  ];
  interface Turn {
    ours: { cold: Opened; warm: Opened };
    bare: { cold: Opened; warm: Opened };
  }
  const turns: Turn[][] = [[], []];
  // In turns, so that what else the machine does comes to all alike. The first warms the server up.
  for (let run = 0; run <= runs; run++) {
    for (const [index, { slowdown, ours, bare }] of machines.entries()) {
      const browsing: Browsing = { slowdown, ...lead };
      const turn = {
        ours: await openTwice(`${ours}/agent`, browsing, { origin: ours, credentials }),
        bare: await openTwice(bare, browsing),
      };
      if (run > 0) turns[index]?.push(turn);
    }
  }
  const opened: number[][][] = [];
  for (const { slowdown, ours } of machines) {
    opened.push(await openConversations(ours, credentials, conversations, runs, { slowdown, ...lead }));
  }
  await page.close();
  await bareLine.close();
  await bare.close();
  await line.close();
  await server.stop();

  const figures: { name: string; unit: string; fast: Summary; phone: Summary }[] = [];
  const add = (name: string, unit: string, of: (machine: number) => number[], budget: [fast?: number, phone?: number] = []) =>
    figures.push({ name, unit, fast: summary(of(0), budget[0]), phone: summary(of(1), budget[1]) });
  const beside = (name: string, ours: (machine: number) => number[], base: string, theirs: (machine: number) => number[], budget: [fast?: number, phone?: number] = []) => {
    add(name, "ms", ours, budget);
    add(`${name}: ${base}`, "ms", theirs);
    add(`${name}: ratio`, "ratio", (machine) => [summary(ours(machine), undefined).median / summary(theirs(machine), undefined).median]);
  };
  for (const [name, how] of [["nothing cached", "cold"], ["all cached", "warm"]] as const) {
    const of = (what: "ours" | "bare", figure: keyof Opened) => (machine: number) =>
      (turns[machine] ?? []).map((turn) => turn[what][how][figure]);
    add(`until somebody can be taken, ${name}`, "ms", of("ours", "ms"), [undefined, READY_MS]);
    beside(`until all of it runs, ${name}`, of("ours", "whole"), "a bare page", of("bare", "whole"));
    add(`until all of it runs, ${name}: bytes`, "bytes", of("ours", "bytes"));
  }
  const of = (index: number) => (machine: number) => opened[machine]?.[index] ?? [];
  beside("a conversation of 1,000 messages, press to log", of(1), "of one message", of(0), [SHOWN_MS, undefined]);
  const out = process.env.BENCH_OUT;
  if (!out) throw new Error("BENCH_OUT must name the file for what was measured: run `cargo xtask bench agent`");
  await writeFile(out, JSON.stringify({ runs, figures }, undefined, 2));
});
