// How the bench is run: the stories' own browser, nothing beside it, and nothing recorded that would cost time.
import stories from "../playwright.config";

export default {
  ...stories,
  testDir: ".",
  testMatch: "*.bench.ts",
  testIgnore: [],
  workers: 1,
  reporter: [["dot"]],
  use: { ...stories.use, trace: "off", screenshot: "off" },
};
