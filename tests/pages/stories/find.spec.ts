// Conversations found again: a solved one by its words, a number by itself, what it is by filters, and a view that is kept.
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

test("a solved conversation is found by its words, read again, and looked for again by a kept view", async ({ cast, watch }, info) => {
  watch.expect(/422/);
  const { chat } = await cast.visitor();
  await chat.say("My walnut lamp flickers <b>at night</b>.");
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  const ana = await cast.agent("ana");
  await ana.take(receipt);
  await ana.answer("Please send it back to us.");
  const { page } = ana;
  await page.getByRole("button", { name: "Resolve" }).click();
  await expect(page.getByRole("list", { name: "My conversations" }).getByRole("listitem")).toHaveCount(0);

  await page.getByText("Find a conversation", { exact: true }).click();
  const box = page.getByRole("searchbox");
  await expect(box).toBeFocused();
  await box.fill("nothing like it");
  await box.press("Enter");
  await expect(page.getByText("Nothing was found. Try fewer or other words.")).toBeVisible();
  await box.fill("!!!");
  await box.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "no letter or digit" })).toBeVisible();
  await expect(box, "what was typed stays").toHaveValue("!!!");

  const found = page.getByRole("list", { name: "Found" });
  await box.fill("FLICKERS nig");
  await box.press("Enter");
  await expect(found.getByRole("listitem")).toHaveCount(1);
  await expect(found.locator("mark")).toHaveText(["flickers", "night"]);
  await expect(found, "text is never markup").toContainText("<b>at night</b>");
  await page.screenshot({ path: info.outputPath("found.png") });
  await expectAccessible(page, "found");
  await found.getByRole("button").click();
  await expect(page.getByRole("log").getByText("My walnut lamp flickers")).toBeVisible();

  await page.getByText("Keep this as a view").click();
  await page.getByRole("textbox", { name: "Its name" }).fill("Flickering lamps");
  await page.getByRole("textbox", { name: "Its name" }).press("Enter");
  const views = page.getByRole("list", { name: "Kept views" });
  await expect(views.getByRole("button", { name: "Flickering lamps", exact: true })).toBeVisible();
  await box.fill("");
  await page.reload();
  await page.getByText("Find a conversation", { exact: true }).click();
  await views.getByRole("button", { name: "Flickering lamps", exact: true }).click();
  await expect(box).toHaveValue("FLICKERS nig");
  await expect(found.getByRole("listitem")).toHaveCount(1);
  await views.getByRole("button", { name: "Remove the view Flickering lamps" }).click();
  await expect(views.getByRole("button")).toHaveCount(0);
});

test("what is solved stands in a list of its own, which grows while the agent works", async ({ cast }) => {
  const receipts: string[] = [];
  for (const words of ["My lamp is broken.", "Where is my chair?"]) {
    const { chat } = await cast.visitor();
    await chat.say(words);
    await chat.humanPlease.click();
    receipts.push(await chat.receipt());
  }
  const [first = "", second = ""] = receipts;
  const ana = await cast.agent("ana");
  const solve = async (receipt: string) => {
    await ana.take(receipt);
    await ana.answer("It is on its way.");
    await ana.resolve.click();
    await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
  };
  await solve(first);
  await ana.openSolved();
  const lines = ana.solved.getByRole("listitem");
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText("My lamp is broken.");
  await solve(second);
  await expect(lines).toHaveCount(2);
  await expect(lines.first(), "the newest first").toContainText("Where is my chair?");
  await expectAccessible(ana.page, "solved ones");
  await lines.last().getByRole("button").click();
  await expect(ana.messages("Visitor", "My lamp is broken.")).toBeVisible();
});
