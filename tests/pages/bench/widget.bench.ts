// What the chat costs a merchant's page and its visitors: run by `cargo xtask bench widget`, which prints it. No story: times
// are measured here and promised nowhere.
import { writeFile } from "node:fs/promises";
import { test } from "@playwright/test";
import { Merchant } from "../merchant";
import { Server } from "../server";
import { MERCHANT } from "../story";
import { NarrowLine } from "./narrow-line";
import { readBack, type Scrollback } from "./scrollback";
import { type Machine, type Visit, visit } from "./opening";
import { summary } from "./summary";

const runs = Number(process.env.BENCH_RUNS ?? "7");

/** The phone that the budgets are for. */
const PHONE = { slowdown: 4, rate: { down: 1_600_000, up: 750_000, roundTripMs: 150 } };

interface Figure {
  name: string;
  unit: "requests" | "bytes" | "ms" | "tasks";
  of: (visit: Visit) => number;
  /** At the most, on a fast machine and on the phone; none where nothing is promised. */
  budget: [fast?: number, phone?: number];
}

const FIGURES: Figure[] = [
  { name: "before the visitor acts: requests", unit: "requests", of: (visit) => visit.beforeActing.requests, budget: [1, 1] },
  { name: "before the visitor acts: bytes", unit: "bytes", of: (visit) => visit.beforeActing.bytes, budget: [3_000, 3_000] },
  { name: "before the visitor acts: long tasks", unit: "tasks", of: (visit) => visit.beforeActing.longTasks, budget: [0, 0] },
  { name: "before the visitor acts: blocked", unit: "ms", of: (visit) => visit.beforeActing.blockingMs, budget: [0, 0] },
  { name: "until it takes text", unit: "ms", of: (visit) => visit.takesText.ms, budget: [150, 600] },
  { name: "until it takes text: requests begun", unit: "requests", of: (visit) => visit.takesText.requests, budget: [8, 8] },
  { name: "until it takes text: bytes come", unit: "bytes", of: (visit) => visit.takesText.bytes, budget: [75_000, 75_000] },
  { name: "until it is live", unit: "ms", of: (visit) => visit.live.ms, budget: [undefined, 1_300] },
  { name: "until it is live: requests", unit: "requests", of: (visit) => visit.live.requests, budget: [8, 8] },
  { name: "until it is live: bytes", unit: "bytes", of: (visit) => visit.live.bytes, budget: [75_000, 75_000] },
  { name: "until it is live: long tasks", unit: "tasks", of: (visit) => visit.live.longTasks, budget: [] },
  { name: "until it is live: blocked", unit: "ms", of: (visit) => visit.live.blockingMs, budget: [50, 50] },
  { name: "JavaScript heap, open", unit: "bytes", of: (visit) => visit.heapBytes, budget: [8_000_000, 8_000_000] },
];

test("the widget", async ({ launchOptions }) => {
  test.setTimeout(0);
  const { executablePath = "", args = [] } = launchOptions;
  const merchant = await Merchant.open(MERCHANT);
  const site = ["--name", "A merchant", "--origin", merchant.origin, "--contact", "020 7946 0112"];
  const server = await Server.start({ prepare: (server) => server.set("site", "add", MERCHANT, ...site) });
  const line = await NarrowLine.to(server.origin, PHONE.rate);
  const machines: Machine[] = [
    { slowdown: 1, service: server.origin },
    { slowdown: PHONE.slowdown, service: line.origin },
  ];
  const visits: Visit[][] = [[], []];
  // In turns, so that what else the machine does comes to both alike. The first visit of each warms the server up.
  for (let run = 0; run <= runs; run++) {
    for (const [index, machine] of machines.entries()) {
      merchant.embed(machine.service);
      const measured = await visit(merchant.origin, machine, { executablePath, args });
      if (run > 0) visits[index]?.push(measured);
    }
  }
  const backs: Scrollback[] = [];
  for (const { slowdown } of machines) backs.push(await readBack(`${server.origin}/chat/${MERCHANT}`, slowdown, { executablePath, args }));
  await line.close();
  await merchant.close();
  await server.stop();

  const figures = FIGURES.map(({ name, unit, of, budget }) => {
    const [fast, phone] = visits.map((visits) => visits.map(of)) as [number[], number[]];
    return { name, unit, fast: summary(fast, budget[0]), phone: summary(phone, budget[1]) };
  });
  for (const [name, of] of [
    ["back through 10,000 messages: a frame", (back: Scrollback) => back.median],
    ["back through 10,000 messages: of 100, the slowest", (back: Scrollback) => back.slow],
  ] as const) {
    const [fast = NaN, phone = NaN] = backs.map(of);
    figures.push({ name, unit: "ms", fast: summary([fast], undefined), phone: summary([phone], undefined) });
  }
  const out = process.env.BENCH_OUT;
  if (!out) throw new Error("BENCH_OUT must name the file for what was measured: run `cargo xtask bench widget`");
  await writeFile(out, JSON.stringify({ runs, figures }, undefined, 2));
});
