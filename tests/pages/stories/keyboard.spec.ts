// A2: everything by keys. No mouse and no finger in this story: an agent signs in, takes who waits, answers, passes on what
// they know, puts off, and marks as solved.
import { expectAccessible } from "../accessible";
import { expect, test } from "../story";

test("an agent works a whole conversation without a mouse", async ({ cast }, info) => {
  const { chat } = await cast.visitor();
  await chat.say("My name is Mira Okafor. Where is my lamp?");
  await chat.humanPlease.focus();
  await chat.humanPlease.press("Enter");
  const receipt = await chat.receipt();

  const page = await cast.page();
  const { keyboard } = page;
  const { email, password } = cast.credentials("ana");
  await page.goto("/agent");
  await expect(page.getByLabel("Email")).toBeVisible();
  await page.getByLabel("Email").focus();
  await keyboard.type(email);
  await keyboard.press("Tab");
  await keyboard.type(password);
  await keyboard.press("Enter");
  await expect(page.getByRole("switch", { name: "On duty" })).toBeVisible();

  const sheet = page.getByRole("dialog", { name: "What can be done" });
  const act = async (letters: string, choice: RegExp) => {
    await keyboard.press("Control+k");
    await expect(sheet).toBeVisible();
    await keyboard.type(letters);
    await expect(sheet.getByRole("option", { selected: true })).toHaveText(choice);
    await keyboard.press("Enter");
    await expect(sheet).toBeHidden();
  };
  await keyboard.press("Control+k");
  await expect(sheet.getByRole("option", { name: "Go on or off duty" })).toBeVisible();
  await page.screenshot({ path: info.outputPath("palette.png") });
  await expectAccessible(page, "the list of all that can be done");
  await keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  await act("off duty", /^Go on or off duty$/);
  await expect(page.getByRole("switch", { name: "On duty" })).toHaveAttribute("aria-checked", "true");
  await act("take next", /^Take next$/);
  const reply = page.getByRole("textbox", { name: "Reply", exact: true });
  await expect(reply).toBeFocused();
  await keyboard.type("/hel");
  await keyboard.press("Enter");
  await expect(reply).toHaveValue(/^Hello Mira Okafor, I am Ana/);
  await keyboard.press("Enter");
  await act("send now", /^Send now$/);
  await expect(chat.messages("Ana · human", "Hello Mira Okafor")).toBeVisible();

  await act("note coll", /^Go to the note for colleagues$/);
  await expect(page.getByRole("textbox", { name: "Note for colleagues" })).toBeFocused();
  await keyboard.type("She is right: it is our fault.");
  await act("add note", /^Add note$/);
  await expect(page.getByRole("log").getByText("She is right: it is our fault.")).toBeVisible();

  await act("put off", /^Put off$/);
  await expect(page.getByRole("form", { name: "Put off" })).toBeVisible();
  await keyboard.press("Escape");
  await expect(page.getByRole("form", { name: "Put off" })).toBeHidden();

  await act(`no. ${receipt} lamp`, /^Open No\. /);
  await expect(reply).toBeFocused();
  await act("resolve", /^Resolve$/);
  await expect(chat.messages("Ana · human").last()).toContainText("solved");

  await act("keys", /^Show the keys$/);
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.screenshot({ path: info.outputPath("keys.png") });
  await expectAccessible(page, "the keys");
  await keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeHidden();
});
