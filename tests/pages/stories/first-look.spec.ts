// The agent page before its WebAssembly is here, as on a slow line: what is there already works, and nothing moves when the page
// takes its place.
import type { BrowserContextOptions, Locator, Page } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { Desk } from "../people/agent";
import { type Cast, expect, test } from "../story";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** Keeps the page's WebAssembly on its way until it is let through. */
async function holdBack(page: Page): Promise<() => void> {
  let letThrough = (): void => {};
  const held = new Promise<void>((through) => (letThrough = through));
  await page.route("**/*.wasm", async (route) => {
    await held;
    // The story may have gone elsewhere meanwhile.
    await route.continue().catch(() => {});
  });
  return letThrough;
}

/** Ana, signed in, in a browser that has nothing of the page yet. */
async function ana(cast: Cast, options?: BrowserContextOptions): Promise<{ desk: Desk; run: () => void }> {
  const page = await cast.page(options);
  await page.request.post("/api/v1/agent/session", { data: { ...cast.credentials("ana") } });
  const run = await holdBack(page);
  await page.goto("/agent");
  return { desk: new Desk(page), run };
}

async function place(of: Locator) {
  const box = await of.boundingBox();
  return box && { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width), height: Math.round(box.height) };
}

const take = (desk: Desk, receipt: string) => desk.waiting(receipt).getByRole("button", { name: "Take" });

for (const [where, options] of [
  ["a desk", {}],
  ["a phone", PHONE],
] as const) {
  test(`somebody is taken before the page runs, on ${where}`, async ({ cast }) => {
    const { chat } = await cast.visitor();
    await chat.humanPlease.click();
    const receipt = await chat.receipt();
    const { desk, run } = await ana(cast, options);
    await expect(desk.status("Connecting…")).toBeVisible();
    // A1 to A12: what stands there first is a page like any other.
    await expectAccessible(desk.page, "the first look at the desk");
    await desk.onDuty.click();
    await expect(desk.onDuty).toBeChecked();

    await take(desk, receipt).click();
    await expect(chat.status("Ana")).toBeVisible();
    await expect(desk.status("opens as soon as all of the page is here")).toBeVisible();
    await expect(take(desk, receipt)).toBeDisabled();
    run();
    await expect(desk.opened(receipt)).toBeVisible();
    await expect(desk.onDuty).toBeChecked();
  });

  test(`what somebody is about to press stays where it is, on ${where}`, async ({ cast }) => {
    const receipts: string[] = [];
    for (let visitor = 0; visitor < 3; visitor++) {
      const { chat } = await cast.visitor();
      await chat.say("Where is my lamp? It was to be here on Monday.");
      await chat.humanPlease.click();
      receipts.push(await chat.receipt());
    }
    // Somebody keeps her on duty.
    const elsewhere = await cast.agent("ana");
    await elsewhere.goOnDuty();
    const { desk, run } = await ana(cast, options);
    const [first = "", , last = ""] = receipts;
    const places = async () => [
      await place(desk.onDuty),
      await place(take(desk, first)),
      await place(take(desk, last)),
      await place(desk.page.locator("#menu")),
    ];
    await expect(take(desk, last)).toBeVisible();
    const before = await places();
    await take(desk, last).focus();
    run();
    await expect(desk.status("Connected")).toBeVisible();
    expect(await places()).toEqual(before);
    await expect(take(desk, last)).toBeFocused();
  });

  test(`of many who wait the first stand where they will stand, on ${where}`, async ({ cast, server }) => {
    await server.crowd("demo", 150);
    const elsewhere = await cast.agent("ana");
    await elsewhere.goOnDuty();
    const { desk, run } = await ana(cast, options);
    const takes = desk.queue.getByRole("button", { name: "Take" });
    const places = async () => [await place(takes.first()), await place(takes.nth(3))];
    await expect(desk.page.getByRole("heading", { name: /^Queue/ })).toContainText("150");
    const before = await places();
    run();
    await expect(desk.status("Connected")).toBeVisible();
    expect(await places()).toEqual(before);
  });
}

test("what somebody has typed at the door is there when the page runs", async ({ cast }) => {
  const page = await cast.page();
  const run = await holdBack(page);
  await page.goto("/agent");
  const desk = new Desk(page);
  const { email, password } = cast.credentials("ana");
  await expectAccessible(page, "the first look at the door");
  await desk.email.fill(email);
  await desk.password.fill(password.slice(0, 4));
  run();
  // Gone from the server's form, there in the page's.
  await expect(page.locator("#opening")).toHaveCount(0);
  await expect(desk.email).toHaveValue(email);
  await expect(desk.password).toBeFocused();
  await page.keyboard.type(password.slice(4));
  await page.keyboard.press("Enter");
  await expect(desk.status("Connected")).toBeVisible();
});

test("why somebody was not let in is still said when the page runs", async ({ cast, watch }) => {
  watch.expect(/401/);
  const page = await cast.page();
  const run = await holdBack(page);
  await page.goto("/agent");
  const desk = new Desk(page);
  await desk.email.fill(cast.credentials("ana").email);
  await desk.password.fill("a wrong guess");
  await desk.signIn.click();
  const alert = page.getByRole("alert").filter({ hasText: /not right/ });
  await expect(alert).toBeVisible();
  run();
  await expect(page.locator("#opening")).toHaveCount(0);
  await expect(alert).toBeVisible();
  await expect(desk.password).toHaveAttribute("aria-invalid", "true");
});

test("whoever comes by an invitation sees no door on the way", async ({ cast }) => {
  const page = await cast.page();
  await holdBack(page);
  await page.goto("/agent#invitation=none");
  await expect(page.getByRole("status")).toHaveText("Opening…");
  await expect(new Desk(page).email).toHaveCount(0);
});

test("without any script somebody is told that the desk needs one, and takes nobody whom they could not answer", async ({ cast, watch }) => {
  watch.expect(/401/);
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const page = await cast.page({ javaScriptEnabled: false });
  const desk = new Desk(page);
  const { email, password } = cast.credentials("ana");
  await page.goto("/agent");
  // The harness stops scripts and not what a page has for where there are none.
  const says = /<noscript><p [^>]*>The desk needs JavaScript and WebAssembly/;
  expect(await page.content()).toMatch(says);
  await desk.email.fill(email);
  await desk.password.fill("a wrong guess");
  await desk.signIn.click();
  await expect(page.getByRole("alert")).toHaveText(/not right/);
  await expect(desk.email).toHaveValue(email);
  await desk.password.fill(password);
  await desk.signIn.click();
  await expect(desk.waiting(receipt)).toBeVisible();
  expect(await page.content()).toMatch(says);
  await expect(take(desk, receipt)).toBeHidden();
});

test("on a phone, back leads from what was pressed before the page ran to the queue", async ({ cast }) => {
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const { desk, run } = await ana(cast, PHONE);
  await desk.waiting(receipt).getByRole("link", { name: /^Visitor/ }).click();
  run();
  await expect(desk.opened(receipt)).toBeVisible();
  await desk.page.goBack();
  await expect(desk.queue).toBeVisible();
  await desk.page.evaluate((id) => location.replace(`#case=${id}`), await desk.waiting(receipt).getAttribute("data-case"));
  await expect(desk.opened(receipt)).toBeVisible();
  await desk.page.goBack();
  await expect(desk.queue).toBeVisible();
});

test("a line that is pressed before the page runs is open when it does", async ({ cast }) => {
  const { chat } = await cast.visitor();
  await chat.say("How much is delivery?");
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const { desk, run } = await ana(cast);
  await desk.waiting(receipt).getByRole("link", { name: /^Visitor/ }).click();
  run();
  await expect(desk.opened(receipt)).toBeVisible();
  await expect(desk.messages("Visitor", "How much is delivery?")).toBeVisible();
});

test("a press that is refused says why, and the line can be pressed again", async ({ cast, watch }) => {
  watch.expect(/409/);
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const { desk, run } = await ana(cast);
  await take(desk, receipt).click();
  await expect(desk.status("Go on duty before you take a conversation.")).toBeVisible();
  await desk.onDuty.click();
  await expect(desk.onDuty).toBeChecked();
  await take(desk, receipt).click();
  run();
  await expect(desk.opened(receipt)).toBeVisible();
});
