// B3: going back to a page that the browser has kept aside whole, or has to load again: the launcher works, the conversation is
// where it was, and there is one of everything.
import { BareTab } from "../bare-browser";
import { expect, merchantTest as test } from "../story";

/** Goes to another page of the merchant's and back; whether the first one had been kept. */
async function awayAndBack(tab: BareTab): Promise<boolean> {
  await tab.run('addEventListener("pageshow", ({ persisted }) => { window.wasKept = persisted; }), location.assign("/elsewhere")');
  await expect.poll(() => tab.run("document.readyState + location.pathname")).toBe("complete/elsewhere");
  await tab.run("history.back()");
  await expect.poll(() => tab.run("document.readyState + location.pathname")).toBe("complete/");
  return (await tab.run("window.wasKept ?? false")) as boolean;
}

/** What is on the page, and how many conversations are open. */
async function there(tab: BareTab): Promise<unknown> {
  return tab.run(`(() => {
    const hosts = document.querySelectorAll("human-please");
    return [hosts.length, ...[...hosts].map(({ shadowRoot }) => shadowRoot.querySelectorAll("iframe").length)];
  })()`);
}

/** Calls the widget, and hears what it says of one thing. */
async function heard(tab: BareTab, call: string, event: string): Promise<unknown> {
  return tab.run(`new Promise((heard) => {
    const stop = HumanPlease.on("${event}", (detail) => { stop(); heard(detail ?? true); });
    HumanPlease.${call}();
  })`);
}

test("a shop's page that comes back out of the browser's cache has its launcher, once, and it works", async ({ merchant, server }, { project }) => {
  expect(server.isServing).toBe(true);
  await BareTab.with(project.use.launchOptions ?? {}, async (tab) => {
    await tab.goto(merchant.origin);
    await expect.poll(() => there(tab)).toEqual([1, 0]);
    for (let times = 0; times < 3; times++) {
      expect(await awayAndBack(tab), "a launcher keeps no page out of the cache").toBe(true);
      expect(await there(tab)).toEqual([1, 0]);
    }
    await heard(tab, "open", "ready");
    expect(await there(tab)).toEqual([1, 1]);
  });
});

test("a conversation in a shop's page goes on after the visitor was elsewhere, with one connection", async ({ merchant, server }, { project }) => {
  const connections = async () => {
    const metrics = await (await fetch(`${server.origin}/metrics`)).text();
    return /human_please_connections\{kind="visitor"\} (\d+)/.exec(metrics)?.[1];
  };
  await BareTab.with(project.use.launchOptions ?? {}, async (tab) => {
    await tab.goto(merchant.origin);
    await expect.poll(() => there(tab)).toEqual([1, 0]);
    const request = await heard(tab, "human", "human");
    expect(request).toEqual({ receipt: 1 });
    for (let times = 0; times < 3; times++) {
      const wasKept = await awayAndBack(tab);
      await expect.poll(() => there(tab)).toEqual([1, wasKept ? 1 : 0]);
      // A new page says the number again; one that was kept has said it.
      if (!wasKept) expect(await heard(tab, "human", "human")).toEqual(request);
      await expect.poll(connections, "one connection, however often").toBe("1");
    }
  });
});
