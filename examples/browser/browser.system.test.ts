import { existsSync } from "node:fs";
import { openSession } from "@athanor/runtime";
import { chromium } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { fineTune } from "./fine-tuning.ts";
import { lesson } from "./lesson.ts";
import { servePage } from "./serve.ts";
import { spirals } from "./spirals.ts";

type Lesson = Awaited<ReturnType<typeof lesson>>;
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
/** Other kernels add in another order; the steps carry the difference on. */
const tolerance = 1e-4;

describe.skipIf(executablePath === undefined)("a page (skipped without Chromium)", () => {
  let here: Lesson;
  beforeAll(async () => {
    here = await lesson();
  });

  const close = (given: readonly number[], expected: readonly number[]) => {
    expect(given.length).toBe(expected.length);
    const worst = given.map((value, i) => Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!)));
    expect(Math.max(...worst)).toBeLessThan(tolerance);
  };

  it.each([
    ["whose threads share memory", true],
    ["that is not isolated, where they cannot", false],
  ])("learns as Node does on a page %s", { timeout: 300_000 }, async (_, isIsolated) => {
    await using server = await servePage("lesson", { isIsolated });
    const browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      const mistakes: string[] = [];
      page.on("pageerror", (error) => mistakes.push(error.message));
      await page.goto(server.address);
      expect(await page.evaluate("crossOriginIsolated")).toBe(isIsolated);
      const there = (await page.evaluate('import("/lesson.js").then(({ lesson }) => lesson())')) as Lesson;
      expect(mistakes).toEqual([]);

      expect(here.spirals.losses.at(-1)).toBeLessThan(0.05);
      close(there.spirals.losses, here.spirals.losses);
      expect(here.tuned.losses.at(-1)).toBeLessThan(here.tuned.losses[0]!);
      close(there.tuned.losses, here.tuned.losses);
      close(there.output, here.output);
      close(there.slopes, [3, 12, 27]);
      close(there.nearest, here.nearest);
      expect(there.open).toBe(here.open);

      // What the page saved, Node opens, runs and tunes further.
      await using session = await openSession(Uint8Array.from(there.spirals.model));
      const { output } = await session.run({ x: spirals.x });
      close(Array.from(output!.data as Float32Array), there.output);
      const { losses } = await fineTune(Uint8Array.from(there.tuned.model));
      expect(losses[0]).toBeLessThan(there.tuned.losses[0]!);
    } finally {
      await browser.close();
    }
  });
});
