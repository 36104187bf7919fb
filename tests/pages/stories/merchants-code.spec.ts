// The types that merchants build with, as the server hands them out: a merchant's own code compiles against that one file
// under the strictest settings, and what the contract does not allow does not.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "../story";

const TSC = fileURLToPath(new URL("../node_modules/.bin/tsc", import.meta.url));
const STRICT = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--target", "es2022", "--module", "preserve"];

const SAMPLE = `
import type { HumanPlease, HumanPleaseCall, HumanPleaseEvents, HumanPleaseMessage, HumanPleaseRequest } from "./embed";

// Before the script has loaded: a list that takes calls.
window.HumanPlease.push(["open"]);
window.HumanPlease.push(["identify", { token: "signed" }]);
window.HumanPlease.push(["setContext", { page: "checkout", basket: 129, member: true, coupon: null }]);
window.HumanPlease.push(["setLocale", "ca"]);
window.HumanPlease.push(["on", "unread", ({ count }) => count.toFixed()]);
const calls: HumanPleaseCall[] = [["close"], ["toggle"], ["human"], ["reset"]];
calls.forEach((call) => window.HumanPlease.push(call));

// Once it has: methods.
const chat = window.HumanPlease as HumanPlease;
chat.open();
chat.close();
chat.toggle();
chat.human();
chat.reset();
chat.setLocale("pt-BR");
chat.identify({ token: "signed" });
chat.setContext({ page: "basket" });
const stop: () => void = chat.on("queue", ({ position, waited }) => position + waited);
stop();
chat.on("message", ({ author }) => { const who: "bot" | "agent" = author; return who; });
chat.on("human", ({ receipt }) => receipt.toFixed());
chat.on("error", ({ code }) => code.length);
chat.on("ready", (nothing) => { const none: undefined = nothing; return none; });
type Every = Record<keyof HumanPleaseEvents, true>;
const every: Every = { ready: true, open: true, close: true, message: true, unread: true, human: true, queue: true, error: true };
void every;

// Without the loader: what a frame of ours posts, and what it takes.
addEventListener("message", ({ data }: MessageEvent<HumanPleaseMessage>) => {
  if (data.type === "queue") data.detail.position.toFixed();
  // @ts-expect-error What is told of a message is not its text.
  if (data.type === "message") data.detail.text;
});
const requests: HumanPleaseRequest[] = [{ humanPlease: 1, type: "human" }, { humanPlease: 1, type: "setLocale", detail: { locale: "eu" } }];
void requests;
// @ts-expect-error A request names its version.
const unversioned: HumanPleaseRequest = { type: "human" };
void unversioned;

// @ts-expect-error Only push is there until the script has loaded.
window.HumanPlease.open();
// @ts-expect-error There is no such verb: nobody puts words into a visitor's mouth.
window.HumanPlease.push(["say", "Hello"]);
// @ts-expect-error A call is a list.
window.HumanPlease.push("open");
// @ts-expect-error There is no such event.
chat.on("typed", () => undefined);
// @ts-expect-error What somebody wrote is no part of an event.
chat.on("message", ({ text }) => text);
// @ts-expect-error A context has no lists or objects in it.
chat.setContext({ basket: { total: 129 } });
// @ts-expect-error A token is a text.
chat.identify({ token: 129 });
// @ts-expect-error An identity needs its token.
chat.identify({});
// @ts-expect-error A language is a tag.
chat.setLocale(["ca"]);
`;

test("a merchant's code compiles against the types that the server hands out", async ({ server }) => {
  const answer = await fetch(`${server.origin}/embed.d.ts`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const types = await answer.text();
  expect(types).toBe(await readFile(new URL("../../../public/embed.d.ts", import.meta.url), "utf8"));

  const folder = await mkdtemp(join(tmpdir(), "human-please-types-"));
  try {
    await writeFile(join(folder, "embed.d.ts"), types);
    await writeFile(join(folder, "shop.ts"), SAMPLE);
    const compile = async () => promisify(execFile)(TSC, [...STRICT, "shop.ts"], { cwd: folder });
    await compile().catch(({ stdout }) => expect(stdout, "what the compiler says").toBe(""));
    // And the compiler does look: without one of the remarks it refuses.
    await writeFile(join(folder, "shop.ts"), SAMPLE.replace(/\/\/ @ts-expect-error There is no such verb[^\n]*/, ""));
    await expect(compile()).rejects.toThrow();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
