// One visit, measured: a merchant's page that nobody has opened before, the press on Open chat, and the conversation until it
// is live.
import { type CDPSession, chromium, type Page } from "@playwright/test";
import { Shop } from "../people/shop";

/** How fast the machine is, and where the chat's server is reached from there. */
export interface Machine {
  /** How many times slower than this one. */
  slowdown: number;
  service: string;
}

/** What came over the network up to some moment. */
export interface Traffic {
  requests: number;
  /** Of bodies, as they were encoded. */
  bytes: number;
}

/** What one visit took. Times are in milliseconds, from the press on. */
export interface Visit {
  beforeActing: Traffic & { longTasks: number; blockingMs: number };
  takesText: Traffic & { ms: number };
  live: Traffic & { ms: number; longTasks: number; blockingMs: number };
  heapBytes: number;
}

interface Load {
  url: string;
  begun: number;
  ended: number;
  bytes: number;
}

interface Marks {
  pressed?: number;
  takesText?: number;
  live?: number;
  tasks: [start: number, ms: number][];
}

/** What the page says to its console once it is live. */
const LIVE = "marked: live";

/** A task that takes longer keeps a finger waiting (Long Tasks API). */
const LONG_TASK_MS = 50;

/**
 * Runs in every frame before anything else does, and writes down when things happen, in milliseconds since 1970. A box takes
 * text once it is drawn, which it is not before the page's styles are there. The page is live once it has heard the server's
 * welcome over its socket and has done with it, which it then says.
 */
function mark(said: string): void {
  const marks: Marks = { tasks: [] };
  Object.assign(window, { marks });
  const at = (ms: number) => performance.timeOrigin + ms;
  addEventListener("pointerdown", ({ timeStamp }) => (marks.pressed ??= at(timeStamp)), true);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) marks.tasks.push([at(startTime), duration]);
  }).observe({ type: "longtask", buffered: true });
  if (window === top) return;
  const look = () => {
    if (document.getElementById("message")?.getClientRects().length) marks.takesText ??= at(performance.now());
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.WebSocket = class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      this.addEventListener("message", ({ data }) => {
        if (!String(data).startsWith('{"welcome"')) return;
        setTimeout(() => {
          marks.live ??= at(performance.now());
          console.debug(said);
        });
      });
    }
  };
}

/** A browser of its own for each visit: nothing is in any cache, nor compiled before. */
export async function visit(merchant: string, { slowdown, service }: Machine, options: { executablePath: string; args: string[] }): Promise<Visit> {
  // The shop's page and the chat share a process, as on phones with little memory: then the brake is on both, and each keeps
  // the other waiting.
  const args = [...options.args, "--disable-site-isolation-trials"];
  const browser = await chromium.launch({ executablePath: options.executablePath, args });
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB", reducedMotion: "reduce" });
    // A visit takes seconds, also on the phone.
    context.setDefaultTimeout(60_000);
    await context.addInitScript(mark, LIVE);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const loads = await listen(cdp, service);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    return await measure(page, cdp, merchant, loads);
  } finally {
    await browser.close();
  }
}

async function measure(page: Page, cdp: CDPSession, merchant: string, loads: Load[]): Promise<Visit> {
  const shop = new Shop(page);
  await page.goto(merchant);
  await shop.openChat.waitFor();
  await page.waitForLoadState("networkidle");
  const before = traffic(loads, Infinity, 0);
  const tasksBefore = (await marksOf(page, page.mainFrame().url())).tasks;

  // What looks into a frame runs a script of its own there, which takes a phone longer than our whole page. So nothing looks
  // before the page says that it is live.
  const isLive = page.waitForEvent("console", (message) => message.text() === LIVE);
  // The pointer goes there and presses: what the loader fetches ahead at its coming is the loader's own business.
  await shop.openChat.click();
  await isLive;
  const inside = await marksOf(page, "/chat/");
  const outside = await marksOf(page, merchant);
  const { pressed = NaN } = outside;
  const { takesText = NaN, live = NaN } = inside;
  // What comes after the conversation is live is not needed for it.
  const opening = [...inside.tasks, ...outside.tasks].filter(([start]) => start >= pressed && start < live);

  // Not until the network is idle: the browser does not always say that what it fetched ahead has come.
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return {
    beforeActing: { ...before, longTasks: tasksBefore.length, blockingMs: blocking(tasksBefore) },
    takesText: { ms: takesText - pressed, ...traffic(loads, takesText, before.requests) },
    live: { ms: live - pressed, longTasks: opening.length, blockingMs: blocking(opening), ...traffic(loads, live, before.requests) },
    heapBytes: usedSize,
  };
}

/** Writes down every request to the chat's server, and what came back for it. */
async function listen(cdp: CDPSession, service: string): Promise<Load[]> {
  const loads = new Map<string, Load>();
  const list: Load[] = [];
  let offset = 0;
  cdp.on("Network.requestWillBeSent", ({ requestId, request, timestamp, wallTime }) => {
    offset = wallTime - timestamp;
    if (!request.url.startsWith(service)) return;
    const load = { url: request.url, begun: wallTime * 1_000, ended: Infinity, bytes: 0 };
    loads.set(requestId, load);
    list.push(load);
  });
  const head = new Map<string, number>();
  cdp.on("Network.responseReceived", ({ requestId, response }) => head.set(requestId, response.encodedDataLength));
  cdp.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
    const load = loads.get(requestId);
    if (!load) return;
    load.ended = (timestamp + offset) * 1_000;
    load.bytes = Math.max(0, encodedDataLength - (head.get(requestId) ?? 0));
  });
  await cdp.send("Network.enable");
  return list;
}

/** All but the first requests that had begun by this moment, and the bytes of those that had ended. */
function traffic(loads: Load[], until: number, first: number): Traffic {
  const begun = loads.slice(first).filter((load) => load.begun <= until);
  const ended = begun.filter((load) => load.ended <= until);
  return { requests: begun.length, bytes: ended.reduce((bytes, load) => bytes + load.bytes, 0) };
}

function blocking(tasks: Marks["tasks"]): number {
  return tasks.reduce((sum, [, ms]) => sum + Math.max(0, ms - LONG_TASK_MS), 0);
}

async function marksOf(page: Page, address: string): Promise<Marks> {
  const frame = page.frames().find((frame) => frame.url().includes(address));
  const marks = await frame?.evaluate(() => (window as unknown as { marks: Marks }).marks);
  return marks ?? { tasks: [] };
}
