// Temporary: looks at the agent page.
import { test, expect } from "../story";
for (const [name, width, height, scheme] of [["desk", 1280, 800, "light"], ["phone", 390, 844, "dark"]] as const) {
  test(`look ${name}`, async ({ cast, server, browser }) => {
    const visitor = await cast.visitor();
    await visitor.chat.humanPlease.click();
    await visitor.chat.receipt();
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    const page = await context.newPage();
    await page.goto(`${server.origin}/agent`);
    const [email, password] = ["ben@demo.example", server.agents.get("ben@demo.example")!.password];
    await page.getByRole("textbox", { name: "Email" }).fill(email);
    await page.getByLabel("Password").fill(password as any);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("switch", { name: "On duty" }).setChecked(true);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/look-${name}-1.png` });
    await page.getByRole("button", { name: "Take next" }).click();
    await page.waitForTimeout(700);
    await page.screenshot({ path: `/tmp/look-${name}-2.png` });
    await page.getByRole("button", { name: "Transfer", exact: true }).click();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/look-${name}-3.png` });
    await page.getByRole("button", { name: "Put off", exact: true }).first().click();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/look-${name}-4.png` });
    await page.keyboard.press("Escape");
    await page.getByRole("textbox", { name: "Reply" }).fill("Hello, I can see your order.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/look-${name}-5.png` });
    await page.getByRole("button", { name: "Send now" }).click();
    if (width < 600) await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Case" }).click();
    await page.getByRole("textbox", { name: "Note for colleagues" }).fill("The depot calls back at four.");
    await page.getByRole("button", { name: "Add note" }).click();
    await page.waitForTimeout(500);
    if (width < 600) await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Conversation" }).click();
    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    await page.waitForTimeout(700);
    await page.screenshot({ path: `/tmp/look-${name}-6.png` });
    await visitor.page.screenshot({ path: `/tmp/look-${name}-7.png` });
    await context.close();
  });
}
