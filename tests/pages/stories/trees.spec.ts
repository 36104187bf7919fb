// What a screen reader finds on the pages in their main states. A change here changes what people hear; the names in it are
// promised to people and scripts (design: the public contract).
import { expect, test } from "../story";

test("the conversation page, from the first word to the last", async ({ cast }) => {
  const { chat, page } = await cast.visitor();
  await chat.message.focus();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main "Support chat":
      - heading "Lumen & Oak" [level=1]
      - status: AI assistant answers now
      - status
      - log "Conversation":
        - heading "Hello. How can we help?" [level=2]
        - paragraph: /An AI assistant answers first\\. It is not a person/
      - button "Human please"
      - paragraph: At any time, for any reason.
      - textbox "Message"
      - button "Send"
  `);

  await chat.say("How much is delivery?");
  await expect(chat.messages("AI assistant")).toBeVisible();
  await expect(chat.log).toMatchAriaSnapshot(`
    - log "Conversation":
      - heading "Hello. How can we help?" [level=2]
      - paragraph: /An AI assistant answers first/
      - list:
        - listitem:
          - time: /\\w+ \\d+ \\w+/
        - listitem:
          - paragraph:
            - text: You
            - time: /\\d+:\\d+/
          - paragraph: How much is delivery?
          - paragraph: Sent
        - listitem:
          - paragraph:
            - text: AI assistant
            - time: /\\d+:\\d+/
          - paragraph: /./
          - paragraph:
            - text: from
            - link /“.+” \\(opens in a new tab\\)/
  `);

  await chat.humanPlease.click();
  await expect(chat.place).toMatchAriaSnapshot(`
    - region "Your place in line":
      - paragraph:
        - status: You are next
        - text: · waiting
        - timer: /\\d+:\\d+/
      - paragraph: /Nobody is on duty right now\\. Your request No\\. \\d+ is kept and does not run out; the answer comes here\\./
      - button "Leave the line"
  `);

  const ana = await cast.agent("ana");
  await ana.take(await chat.receipt());
  await ana.answer("Hello, I am Ana.");
  await expect(chat.messages("Ana · human")).toBeVisible();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main "Support chat":
      - heading "Lumen & Oak" [level=1]
      - status: Ana · human answers now
      - log "Conversation":
        - list:
          - listitem:
            - paragraph: /You asked for a person · No\\. \\d+/
          - listitem:
            - paragraph: Ana · human is here
          - listitem:
            - paragraph:
              - text: Ana · human
              - time: /\\d+:\\d+/
            - paragraph: Hello, I am Ana.
      - region "Your person":
        - paragraph: Ana · human
        - paragraph: /has your conversation\\. No\\. \\d+/
      - textbox "Message"
      - button "Send"
  `);

  await ana.resolve.click();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main "Support chat":
      - status: Solved. You can write again at any time
      - log "Conversation":
        - list:
          - listitem:
            - paragraph: Ana marked this as solved. Write again and it goes back to Ana.
      - button "Human please"
      - paragraph: Not solved after all? Ask again.
      - textbox "Message"
  `);
});

test("the agent page, at the door, with an empty queue, and with a conversation", async ({ cast }) => {
  const door = await cast.page();
  await door.goto("/agent");
  await expect(door.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "The desk" [level=1]
      - paragraph: For the people who answer.
      - textbox "Email"
      - textbox "Password"
      - button "Sign in"
  `);

  const ana = await cast.agent("ana");
  await expect(ana.page.locator("body")).toMatchAriaSnapshot(`
    - banner:
      - heading "Lumen & Oak" [level=1]
      - paragraph:
        - text: Ana ·
        - status: Connected
      - switch "On duty" [checked]
      - button "Do…"
      - group: Menu
    - status
    - main:
      - region "Waiting and yours":
        - heading "Queue" [level=2]
        - paragraph: Nobody is waiting.
        - list "Queue"
        - heading "My conversations" [level=2]
        - paragraph: You have none right now. Take one from the queue when somebody waits.
        - list "My conversations"
      - region "The conversation you have open":
        - paragraph: Choose a conversation to read it here.
      - region "Case card"
  `);

  const { chat } = await cast.visitor();
  await chat.say("How much is delivery?");
  await expect(chat.messages("AI assistant")).toBeVisible();
  await chat.humanPlease.click();
  const receipt = await chat.receipt();
  await expect(ana.queue).toMatchAriaSnapshot(`
    - list "Queue":
      - listitem:
        - button "Visitor · No. ${receipt}"
        - button "Take"
  `);
  await expect(ana.waiting(receipt).getByRole("button", { name: "Take" })).toHaveAccessibleDescription(/How much is delivery/);

  await ana.take(receipt);
  await expect(ana.messages("AI assistant")).toBeVisible();
  await expect(ana.page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - region "Waiting and yours":
        - list "Queue"
        - list "My conversations":
          - listitem:
            - button "Visitor · No. ${receipt}"
      - region "The conversation you have open":
        - heading "Visitor · No. ${receipt}" [level=2]
        - paragraph: /Yours since \\d+:\\d+/
        - button "Transfer"
        - button "Resolve"
        - log "Conversation":
          - list:
            - listitem:
              - time
            - listitem:
              - paragraph:
                - text: Visitor
                - time: /\\d+:\\d+/
              - paragraph: How much is delivery?
            - listitem:
              - paragraph:
                - text: AI assistant
                - time: /\\d+:\\d+/
              - paragraph: /./
              - paragraph:
                - text: from
                - link /opens in a new tab/
            - listitem:
              - paragraph:
                - text: Asked for a person · No. ${receipt} ·
                - time: /\\d+:\\d+/
            - listitem:
              - paragraph:
                - text: Taken by Ana · human ·
                - time: /\\d+:\\d+/
        - textbox "Reply"
        - button "Send"
      - region "Case card":
        - heading "Case card" [level=2]
        - term: Who
        - definition: Visitor, not signed in
        - term: Receipt
        - definition: No. ${receipt}
        - term: First asked
        - term: Asked by
        - definition: the Human please button
        - term: Waited
        - region "What is known":
          - heading "What is known" [level=3]
          - list
        - heading "What the AI answered" [level=3]
        - list
  `);
});
