// Ten thousand messages: what came before loads as the visitor goes, and sending touches none of it.
import { FIRST, MESSAGES, PAGE, play } from "../long-conversation";
import { expect, test } from "../story";

test("a conversation of ten thousand messages loads as the visitor goes back, in place, and the rest is left alone", async ({ cast }) => {
  test.slow();
  const page = await cast.page({ viewport: { width: 390, height: 844 } });
  const asked = await play(page);
  await page.goto("/chat/demo");
  await expect(page.locator(`#m${MESSAGES}`)).toBeInViewport();
  expect(asked(), "nothing is asked for that nobody looks for").toBe(0);

  // What the reader looks at stays where it is when what came before is loaded.
  for (let pages = 0; pages < 3; pages++) {
    const oldest = MESSAGES - FIRST - pages * PAGE + 1;
    await expect(page.locator(`#m${oldest}`)).toHaveCount(1);
    const anchor = page.locator(`#m${oldest + 8}`);
    const place = () => anchor.evaluate((element) => Math.round(element.getBoundingClientRect().top));
    await anchor.evaluate(async (element) => {
      const log = element.closest("#log");
      if (log) log.scrollTop += element.getBoundingClientRect().top - log.getBoundingClientRect().top;
      // What comes near is laid out for the first time, and only then it is known how high it is.
      for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
    });
    const before = await place();
    await expect(page.locator(`#m${oldest - 1}`)).toHaveCount(1);
    expect(Math.abs((await place()) - before), "it stays in place").toBeLessThanOrEqual(2);
  }
  expect(asked(), "one page for each time").toBe(3);

  // A thousand more, as fast as they come.
  const shown = MESSAGES - FIRST - 23 * PAGE + 1;
  await page.locator("#log").evaluate(async (log, oldest) => {
    while (!document.getElementById(`m${oldest}`)) {
      log.scrollTop = 0;
      await new Promise(requestAnimationFrame);
    }
  }, shown);
  const messages = page.locator("#messages .message");
  const seqs = await messages.evaluateAll((all) => all.map((message) => Number(message.getAttribute("data-seq"))));
  expect(seqs, "all of them, each once, in order").toEqual(Array.from(seqs, (_, index) => MESSAGES - seqs.length + index + 1));

  // Writing touches what is new and the visitor's last words, of which it is no longer said that they were sent.
  await page.evaluate((newest) => {
    const touched = new Set<number>();
    Object.assign(window, { touched });
    const list = document.querySelector("#messages");
    const seen = (records: MutationRecord[]) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const seq = Number(element?.closest("li")?.getAttribute("data-seq"));
        if (seq && seq <= newest) touched.add(seq);
      }
    };
    if (list) new MutationObserver(seen).observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
  }, MESSAGES);
  await page.locator("#message").fill("And one more");
  await page.locator("#send").click();
  await expect(page.locator(`#m${MESSAGES + 1}`)).toContainText("Sent");
  await expect(page.locator(`#m${MESSAGES + 1}`)).toBeInViewport();
  expect(await page.evaluate(() => [...(window as unknown as { touched: Set<number> }).touched])).toEqual([MESSAGES - 1]);
});

for (const mishap of ["cut", "too fast"] as const) {
  test(`a reader at the start reaches the first message without moving again: ${mishap}`, async ({ cast }) => {
    const page = await cast.page({ viewport: { width: 390, height: 844 } });
    const asked = await play(page, FIRST + PAGE, mishap);
    await page.goto("/chat/demo");
    await expect(page.locator(`#m${FIRST + PAGE}`)).toBeInViewport();
    await page.locator("#log").evaluate((log) => {
      log.scrollTop = 0;
    });
    await expect(page.locator("#m1")).toHaveText(/Message 1 of/);
    expect(asked(), "what went wrong is asked for again, once").toBe(2);
  });
}
