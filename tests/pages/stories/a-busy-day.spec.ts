// A busy day: two agents, a lead, an admin and three visitors at once, each in a browser of their own. What is asserted is
// what each of them sees: who has whom (G3), by what name a person begins (L4), that a lead comes into the same conversation
// (L5), that a "no" at the end brings the same person back (L9), and that what is not for somebody never reaches them (S3, S8).
import type { Page } from "@playwright/test";
import { Staff } from "../people/staff";
import { takenOver } from "../people/visitor";
import { DEMO } from "../server";
import { expect, test, type Visitor } from "../story";

const NOTE = "She paid twice, on the 3rd and on the 5th. Refund one of them.";
const FOR_THE_LEAD = "May I refund the whole order?";
const FROM_THE_LEAD = "Yes, up to 200 pounds. I take it from here.";

/** Everything that a page hears over its socket. */
function overhear(page: Page): string[] {
  const heard: string[] = [];
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(String(payload))));
  return heard;
}

async function ask({ chat }: Visitor, words: string): Promise<string> {
  await chat.say(words);
  await expect(chat.messages("You", words)).toBeVisible();
  await chat.humanPlease.click();
  return chat.receipt();
}

test("two agents, a lead, an admin and three visitors: each has whom they took, and sees what is theirs to see", async ({
  cast,
  server,
}) => {
  // Seven browsers on two cores.
  test.slow();
  const cleos = await server.employ(DEMO, "cleo@demo.example", "Cleo");
  const doras = await server.employ(DEMO, "dora@demo.example", "Dora", "lead");

  const mirasPage = await cast.page();
  const heardByMira = overhear(mirasPage);
  const taken = takenOver(mirasPage);
  const mira = await cast.visitorOn(mirasPage);
  await taken;
  const otto = await cast.visitor();
  const pia = await cast.visitorWithoutScripts();

  const miras = await ask(mira, "My name is Mira Okafor and my order LO-20417 was charged twice.");
  const ottos = await ask(otto, "The shade of my lamp is torn.");
  const pias = await ask(pia, "Do you ship to Jersey?");
  await test.step("the three see that they are the first, the second and the third", async () => {
    await expect(mira.chat.place).toContainText("You are next");
    await expect(otto.chat.place).toContainText("2nd in line");
    await pia.chat.check.click();
    await expect(pia.chat.place).toContainText("3rd in line");
  });

  const ana = await cast.agent("ana");
  await test.step("who takes one at a time gets one, and is told why there is no second", async () => {
    await ana.atOnce.selectOption("1");
    await expect(ana.queue.getByRole("listitem")).toHaveCount(3);
    await ana.takeNext.click();
    await expect(ana.opened(miras)).toBeVisible();
    await expect(ana.reply).toBeFocused();
    await ana.takeNext.click();
    await expect(ana.status("Nothing was taken: you have as many conversations as you chose.")).toBeVisible();
    await ana.waiting(ottos).getByRole("button", { name: "Take" }).click();
    await expect(ana.status(`No. ${ottos} is not taken: you have as many conversations as you chose.`)).toBeVisible();
    await expect(ana.mine.getByRole("listitem")).toHaveCount(1);
    await expect(ana.queue.getByRole("listitem")).toHaveCount(2);
    await expect(otto.chat.place).toContainText("You are next");
  });

  await test.step("she has the case before the first word, and answers with a prepared reply", async () => {
    const known = ana.page.getByRole("region", { name: "What is known" });
    await expect(known).toContainText("Mira Okafor");
    await expect(known).toContainText("LO-20417");
    await ana.reply.pressSequentially("/ord");
    await ana.reply.press("Enter");
    await expect(ana.reply).toHaveValue("I have your order LO-20417 in front of me.");
    await ana.send.click();
    await ana.sendNow.click();
    await expect(mira.chat.messages("Ana · human", "I have your order LO-20417 in front of me.")).toBeVisible();
    await expect(mira.chat.event("Ana · human is here")).toBeVisible();
  });

  const cleo = await cast.desk(cleos);
  await test.step("a colleague comes, takes the next, and both see each other look at the third", async () => {
    await cleo.atOnce.selectOption("2");
    await cleo.takeNext.click();
    await expect(cleo.opened(ottos)).toBeVisible();
    await expect(otto.chat.person).toContainText("Cleo · human");
    await expect(ana.waiting(ottos)).toHaveCount(0);
    await ana.look(pias);
    await expect(ana.talk).not.toContainText("looking at this");
    await cleo.look(pias);
    await expect(ana.status("Cleo is looking at this, too")).toBeVisible();
    await expect(cleo.status("Ana is looking at this, too")).toBeVisible();
    await cleo.own(ottos).getByRole("button").click();
    await expect(ana.status("looking at this, too")).toHaveCount(0);
  });

  await test.step("passed on with a note: the colleague reads it, and the visitor never does", async () => {
    await ana.own(miras).getByRole("button").click();
    await ana.transfer.click();
    await ana.page.getByRole("combobox", { name: "To" }).selectOption({ label: "Cleo (1 of 2)" });
    await ana.page.getByRole("textbox", { name: "Note for whoever takes it" }).fill(NOTE);
    await ana.passOn.click();
    await expect(mira.chat.event("Ana passed you on. You are back at the front of the line, with your time kept.")).toBeVisible();
    await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
    await expect(cleo.waiting(miras)).toContainText("for Cleo");
    await cleo.take(miras);
    await expect(cleo.noteLine(NOTE)).toContainText("Ana");
    await cleo.answer("Hello Mira, I am Cleo. I see the second charge.");
    await expect(mira.chat.messages("Cleo · human", "I see the second charge.")).toBeVisible();
    await expect(cleo.mine.getByRole("listitem")).toHaveCount(2);
  });

  await test.step("who reads the plain page has the freed place", async () => {
    await ana.take(pias);
    await ana.answer("Yes, within three days.");
    await expect(ana.messages("Ana · human", "Yes, within three days.")).toBeVisible();
    await pia.chat.check.click();
    await expect(pia.chat.messages("Ana · human", "Yes, within three days.")).toBeVisible();
    await expect(pia.chat.person).toContainText("Ana · human");
    await pia.chat.say("Thank you. And to Guernsey?");
    await expect(ana.messages("Visitor", "And to Guernsey?")).toBeVisible();
  });

  const dora = await cast.desk(doras);
  await test.step("the lead looks at all that colleagues have, and answers none of it unasked", async () => {
    await expect(dora.withColleagues.getByRole("listitem")).toHaveCount(3);
    await expect(dora.withColleagues.getByRole("listitem").filter({ hasText: `No. ${pias}` })).toContainText("Ana");
    await expect(dora.withColleagues.getByRole("listitem").filter({ hasText: `No. ${ottos}` })).toContainText("Cleo");
    await dora.withColleagues.getByRole("button", { name: new RegExp(`No\\. ${pias}\\b`) }).click();
    await expect(dora.messages("Ana · human", "Yes, within three days.")).toBeVisible();
    await expect(ana.status("Dora is looking at this, too")).toBeVisible();
    await expect(dora.talk).toContainText("Ana · human has this conversation");
    await expect(dora.reply).toBeHidden();
    await expect(ana.withColleagues, "an agent supervises nobody").toHaveCount(0);
  });

  await test.step("an agent asks a lead, who reads along, leaves a note, and takes part in the same conversation", async () => {
    await cleo.page.getByRole("button", { name: "Ask a lead" }).click();
    await cleo.page.getByRole("textbox", { name: "What do you need?" }).fill(FOR_THE_LEAD);
    await cleo.page.getByRole("button", { name: "Ask now" }).click();
    await expect(cleo.status("The leads have been asked.")).toBeVisible();
    await expect(dora.waiting(miras)).toContainText("a lead is asked");
    await dora.look(miras);
    await expect(dora.noteLine(FOR_THE_LEAD)).toContainText("Cleo");
    await expect(dora.noteLine(NOTE)).toContainText("Ana");
    await dora.note.fill(FROM_THE_LEAD);
    await dora.page.getByRole("button", { name: "Add note" }).click();
    await expect(cleo.noteLine(FROM_THE_LEAD)).toContainText("Dora");
    await expect(mira.chat.person).toContainText("Cleo · human");
    await dora.take(miras);
    await expect(mira.chat.event("Dora · human is here, a supervisor")).toBeVisible();
    await expect(cleo.talk).toContainText("Dora · human has this conversation");
    await dora.answer("I have refunded the second charge.");
    await expect(mira.chat.messages("Dora · human", "I have refunded the second charge.")).toBeVisible();
  });

  await test.step("“no” to “is it solved?” brings back the same person, and “yes” does not", async () => {
    await cleo.own(ottos).getByRole("button").click();
    await cleo.answer("A new shade is on its way.");
    await cleo.resolve.click();
    await expect(otto.chat.messages("Cleo · human", "Is it solved?")).toBeVisible();
    await expect(cleo.mine.getByRole("listitem")).toHaveCount(0);
    await otto.chat.suggested.getByRole("button", { name: "No, not yet" }).click();
    // It is another request, with another number.
    const again = cleo.mine.getByRole("listitem").filter({ hasText: "No, not yet" });
    await expect(again).toBeVisible();
    await expect(otto.chat.person).toContainText("Cleo · human");
    for (const other of [ana, dora]) await expect(other.queue.getByRole("listitem")).toHaveCount(0);
    await again.getByRole("button").click();
    await expect(cleo.messages("Visitor", "No, not yet")).toBeVisible();
    await expect(cleo.talk).toContainText("Yours since");
    await cleo.answer("Then I send you the whole lamp.");
    await expect(otto.chat.messages("Cleo · human", "Then I send you the whole lamp.")).toBeVisible();

    await ana.resolve.click();
    await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
    await pia.chat.check.click();
    await pia.chat.suggested.getByRole("button", { name: "Yes, it is solved" }).click();
    await expect(pia.chat.messages("You", "Yes, it is solved")).toBeVisible();
    await expect(pia.chat.humanPlease).toBeVisible();
    await expect(ana.messages("Visitor", "Yes, it is solved")).toBeVisible();
    await expect(ana.mine.getByRole("listitem")).toHaveCount(0);
    await expect(ana.talk).toContainText("You marked this as solved at");
  });

  const ben = await Staff.enter(cast, cast.credentials("ben"));
  await test.step("the admin adds a team and makes an agent a lead: it is listed, and their pages follow at once", async () => {
    await ben.go("/agent/team/teams/new", "Add a team");
    await ben.field("Name").fill("Returns");
    await ben.save.click();
    await expect(ben.done).toHaveText("Saved.");
    await cleo.transfer.click();
    await expect(cleo.page.getByRole("combobox", { name: "To" }).getByRole("option", { name: "Team Returns" })).toBeAttached();

    await ben.go("/agent/team", "People");
    await ben.link("Change Ana").click();
    await ben.page.getByRole("combobox", { name: "Role" }).selectOption({ label: "Lead" });
    await ben.button("Change the role").click();
    await expect(ben.done).toHaveText("Saved.");
    await expect(ben.row(/Ana/)).toContainText("Lead");
    await ben.link("Changes").click();
    await expect(ben.row("Role")).toContainText(/ana@demo\.example.*agent.*lead.*Ben/s);
    await expect(ben.row("Team added")).toContainText(/Returns.*Ben/s);
    // Whoever's role changes is signed out within seconds, and has the new one afterwards.
    await expect(ana.signIn).toBeVisible();
    await ana.enter(cast.credentials("ana"));
    await expect(ana.withColleagues.getByRole("listitem").filter({ hasText: "No, not yet" })).toContainText("Cleo");
  });

  await test.step("in the end each visitor has what was said to them, and nothing else", async () => {
    // Whether the assistant answers before she presses is another story's.
    const fromPeople = (await mira.chat.said()).filter(([author]) => author !== "AI assistant");
    expect(fromPeople).toEqual([
      ["You", "My name is Mira Okafor and my order LO-20417 was charged twice."],
      ["Ana · human", "I have your order LO-20417 in front of me."],
      ["Cleo · human", "Hello Mira, I am Cleo. I see the second charge."],
      ["Dora · human", "I have refunded the second charge."],
    ]);
    const whole = heardByMira.join("\n");
    expect(whole, "the line was overheard at all").toContain("I have refunded the second charge.");
    for (const note of [NOTE, FOR_THE_LEAD, FROM_THE_LEAD]) expect(whole).not.toContain(note);
    await mira.page.reload();
    await expect(mira.chat.messages("Dora · human")).toBeVisible();
    const html = await mira.page.content();
    for (const note of [NOTE, FOR_THE_LEAD, FROM_THE_LEAD]) expect(html).not.toContain(note);
  });
});
