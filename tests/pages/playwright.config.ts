// How the stories are played: one real Chromium, which is already on the machine, and no second chance for a story that
// fails, because a chat that works the second time does not work.
import { defineConfig, devices } from "@playwright/test";

const chromium = process.env.CHROMIUM;
if (!chromium) {
  throw new Error("CHROMIUM must name a Chromium: run `cargo xtask test browser`, which finds or installs one");
}

// The README's pictures are made when they are asked for, and then nothing else is.
const pictures = process.env.SCREENSHOTS === "1";

export default defineConfig({
  testDir: "stories",
  testMatch: pictures ? "screenshots.spec.ts" : "*.spec.ts",
  testIgnore: pictures ? [] : "screenshots.spec.ts",
  outputDir: "results",
  // Each story starts a server of its own; two of them and their browsers fill two cores.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // Stories wait for signals and take seconds. These only say when to give one up, on a machine that has much else to do.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    // Nothing moves, so that a look at the page never falls into the middle of a movement.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        // Test machines run as root and without a graphics card.
        "--no-sandbox",
        "--disable-gpu",
        // Nothing but the pages under test may use the network.
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
