// Prepared replies: a slash offers them, the keys choose one, what is known fills it in, and what is left open is not sent by
// accident. Fingers have buttons for the same.
import { devices } from "@playwright/test";
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: devices["Pixel 7"].userAgent };

test("a slash offers prepared replies, and what is known fills them in", async ({ cast }, info) => {
  const { chat } = await cast.visitor();
  await chat.say("My name is Mira Okafor. Where is my lamp?");
  await chat.humanPlease.click();
  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await expect(ana.page.getByRole("region", { name: "What is known" })).toContainText("Mira Okafor");
  const offered = ana.page.getByRole("listbox", { name: "Prepared replies" });

  await ana.reply.pressSequentially("/");
  await expect(offered.getByRole("option")).toHaveCount(5);
  await ana.page.screenshot({ path: info.outputPath("offered.png") });
  await expectAccessible(ana.page, "prepared replies");
  await ana.reply.press("Escape");
  await expect(offered).toBeHidden();
  await expect(ana.reply).toHaveValue("/");

  await ana.reply.pressSequentially("he");
  await expect(offered.getByRole("option", { selected: true })).toContainText("/hello");
  await ana.reply.press("Enter");
  await expect(offered).toBeHidden();
  await expect(ana.reply).toHaveValue(
    "Hello Mira Okafor, I am Ana from Lumen & Oak. I have read what you wrote; give me a moment to look it up.",
  );

  // In the middle of a text, and by its words.
  await ana.reply.fill("Thank you. /front");
  await ana.reply.press("End");
  await expect(offered.getByRole("option")).toHaveCount(1);
  await ana.reply.press("Tab");
  await expect(ana.reply).toHaveValue("Thank you. I have your order {order} in front of me.");
  await ana.send.click();
  await expect(ana.page.getByRole("alert").filter({ hasText: "placeholder in braces" })).toBeVisible();
  await ana.reply.fill("Thank you. I have your order LO-1 in front of me.");
  await ana.send.click();
  await expect(chat.messages("Ana · human", "I have your order LO-1 in front of me.")).toBeVisible();
});

test("on a phone the same is under a thumb, and so are signs", async ({ cast }, info) => {
  const { chat } = await cast.visitor();
  await chat.humanPlease.click();
  await chat.say("Where is my lamp?");
  const ana = await cast.agent("ana", PHONE);
  await ana.take(await chat.receipt());
  await ana.page.getByRole("button", { name: "Prepared replies" }).tap();
  const offered = ana.page.getByRole("listbox", { name: "Prepared replies" });
  await ana.page.screenshot({ path: info.outputPath("offered-on-a-phone.png") });
  await offered.getByRole("option", { name: "/sorry" }).tap();
  await ana.page.getByText("Emoji", { exact: true }).tap();
  await ana.page.getByRole("group", { name: "Emoji" }).getByRole("button", { name: "🙏" }).tap();
  await expect(ana.reply).toHaveValue("I am sorry about that. It should not have happened, and I will put it right.🙏");
  await ana.page.screenshot({ path: info.outputPath("signs-on-a-phone.png") });
  await expectAccessible(ana.page, "signs on a phone");
});
