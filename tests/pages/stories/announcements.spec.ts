// What is read out, and where the focus goes: each message once, a tick never, and nothing takes the focus away (A1, A2).
import type { Page } from "@playwright/test";
import { DELIVERED } from "../people/visitor";
import { expect, test } from "../story";

/** Writes down what each live region of the page would have read out: text that came into it while it was live. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const spoken: string[] = [];
    (window as unknown as { spoken: string[] }).spoken = spoken;
    const roles = new Map([["log", "polite"], ["status", "polite"], ["alert", "assertive"], ["timer", "off"]]);
    const liveness = (element: Element | null): string => {
      for (let at = element; at; at = at.parentElement) {
        const live = at.getAttribute("aria-live") ?? roles.get(at.getAttribute("role") ?? "");
        if (live) return live;
      }
      return "off";
    };
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        const added = type === "characterData" ? [target] : [...addedNodes];
        for (const node of added) {
          const element = node instanceof Element ? node : node.parentElement;
          const text = node.textContent?.trim();
          if (text && element?.isConnected && liveness(element) !== "off") spoken.push(text);
        }
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

const spoken = (page: Page) => page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);

test("each message of the other side is read out once, and a wait that ticks is not", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await expect(chat.person).toBeVisible();
  await listen(page);
  await chat.message.focus();
  await ana.answer("Read me out once");
  await expect(chat.messages("Ana · human", "Read me out once")).toBeVisible();
  await expect(chat.message).toBeFocused();
  await ana.giveBack();
  await expect(chat.wait).toBeVisible();
  const wait = await chat.wait.innerText();
  await expect(chat.wait).not.toHaveText(wait);
  await expect(chat.message).toBeFocused();

  const heard = await spoken(page);
  expect(heard.filter((words) => words.includes("Read me out once"))).toHaveLength(1);
  expect(heard.filter((words) => words.includes("Ana · human"))).not.toHaveLength(0);
  expect(heard.filter((words) => /^\d+:\d\d$/.test(words))).toEqual([]);
});

test("a page that is loaded again reads nothing out again", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await chat.say("How much is delivery?");
  await expect(chat.messages("AI assistant")).toBeVisible();
  // The observer has to be there before the page's script is.
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await listen(page);
  const greeted = page.waitForEvent("websocket").then((socket) => socket.waitForEvent("framereceived"));
  letThrough();
  await greeted;
  await chat.say("And to an island?");
  await expect(chat.messages("You", "And to an island?")).toContainText(DELIVERED);
  const heard = await spoken(page);
  expect(heard.filter((words) => words.includes("How much is delivery?"))).toEqual([]);
  expect(heard.filter((words) => words.includes("And to an island?"))).toHaveLength(1);
});
