// The agent page, opened and measured: until somebody can be taken, and from the press on a line to its conversation.
import { chromium, type BrowserContext, type Locator, type Page } from "@playwright/test";
import { Desk } from "../people/agent";
import type { Credentials } from "../server";

/** The browser, and how many times slower than this machine it is to be. */
export interface Browsing {
  slowdown: number;
  executablePath: string;
  args: string[];
}

/**
 * In milliseconds since the page was asked for: until somebody can be taken, and until all of the page runs; and what came for it,
 * as it was encoded.
 */
export interface Opened {
  ms: number;
  whole: number;
  bytes: number;
}

/** What the page says to its console once all of it runs. */
const RUNS = "marked: runs";

/**
 * Runs before the page does. Somebody can be taken once the button is drawn and nothing lies over it: what the server has rendered
 * takes them as well. The page runs once the button is its own.
 */
function mark(said: string): void {
  const look = () => {
    const take = document.querySelector(".take");
    const box = take?.getBoundingClientRect();
    const hit = box?.width && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const isReady = take && hit && take.contains(hit);
    const times = window as unknown as { readyAt?: number; runsAt: number };
    if (isReady) times.readyAt ??= performance.now();
    if (!isReady || take.closest("#opening")) return void requestAnimationFrame(look);
    times.runsAt = performance.now();
    console.debug(said);
  };
  requestAnimationFrame(look);
}

/** Opens a page twice in a browser that nobody has used before: with nothing in its cache, and with what it kept. */
export async function openTwice(
  url: string,
  browsing: Browsing,
  signIn?: { origin: string; credentials: Credentials },
): Promise<{ cold: Opened; warm: Opened }> {
  return browse(browsing, async (context) => {
    await context.addInitScript(mark, RUNS);
    // By the API: no file of the page is in the cache after it.
    if (signIn) await enter(context, signIn.origin, signIn.credentials);
    return { cold: await open(context, url, browsing), warm: await open(context, url, browsing) };
  });
}

/** Signs in without a page. */
async function enter(context: BrowserContext, origin: string, credentials: Credentials): Promise<void> {
  const answer = await context.request.post(`${origin}/api/v1/agent/session`, { data: { ...credentials } });
  if (answer.status() !== 204) throw new Error(`nobody is signed in: ${answer.status()}`);
}

async function open(context: BrowserContext, url: string, { slowdown }: Browsing): Promise<Opened> {
  const page = await context.newPage();
  await brake(page, slowdown);
  const runs = page.waitForEvent("console", (message) => message.text() === RUNS);
  await page.goto(url, { waitUntil: "commit" });
  await runs;
  const opened = await page.evaluate(() => {
    const loads = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const bytes = loads.reduce((bytes, { transferSize, encodedBodySize }) => bytes + (transferSize ? encodedBodySize : 0), 0);
    const { readyAt, runsAt } = window as unknown as { readyAt: number; runsAt: number };
    return { ms: readyAt, whole: runsAt, bytes };
  });
  await page.close();
  return opened;
}

/**
 * From the press on the line of a conversation that is not loaded to its last message, in milliseconds: each of the
 * conversations in turn, after the page was loaded anew.
 */
export async function openConversations(
  origin: string,
  credentials: Credentials,
  conversations: { receipt: string; last: number }[],
  turns: number,
  browsing: Browsing,
): Promise<number[][]> {
  return browse(browsing, async (context) => {
    await enter(context, origin, credentials);
    const page = await context.newPage();
    const desk = new Desk(page);
    await brake(page, browsing.slowdown);
    const times: number[][] = conversations.map(() => []);
    // The first turn warms the server and the browser up.
    for (let turn = 0; turn <= turns; turn++) {
      for (const [index, { receipt, last }] of conversations.entries()) {
        await page.goto(`${origin}/agent`);
        const ms = await press(page, desk.waiting(receipt).getByRole("button", { name: /^Visitor/ }), last);
        if (turn > 0) times[index]?.push(ms);
      }
    }
    return times;
  });
}

async function press(page: Page, line: Locator, last: number): Promise<number> {
  await line.waitFor();
  await page.evaluate((last) => {
    const shown = new Promise<number>((shown) => {
      addEventListener("pointerdown", ({ timeStamp: pressed }) => {
        const look = () => {
          const log = document.getElementById("log")?.getBoundingClientRect();
          const message = document.getElementById(`m${last}`)?.getBoundingClientRect();
          const isInView = log && message?.height && message.top < log.bottom && message.bottom > log.top;
          if (!isInView) return void requestAnimationFrame(look);
          // The next frame begins once this one is drawn.
          requestAnimationFrame(() => shown(performance.now() - pressed));
        };
        requestAnimationFrame(look);
      }, { capture: true, once: true });
    });
    Object.assign(window, { shown: { promise: shown } });
  }, last);
  await line.click();
  return page.evaluate(() => (window as unknown as { shown: { promise: Promise<number> } }).shown.promise);
}

async function brake(page: Page, slowdown: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
}

async function browse<T>({ executablePath, args }: Browsing, visit: (context: BrowserContext) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB", reducedMotion: "reduce" });
    context.setDefaultTimeout(60_000);
    return await visit(context);
  } finally {
    await browser.close();
  }
}
