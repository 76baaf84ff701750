import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const here = import.meta.dirname;
const answerOf = async (name: string): Promise<number[]> =>
  (await import(new URL(`${name}.ts`, import.meta.url).href)).answer;

describe("the examples of functions", () => {
  it("take a first gradient", async () => {
    expect(await answerOf("first-gradient")).toEqual([0, 2, 8]);
  });

  it("train with a loss of five lines", async () => {
    const losses = await answerOf("own-loss");
    // 8 outliers of 256 rows, 50 away, cost 49.5 each: what is left is theirs.
    const floor = (8 * 49.5) / 256;
    expect(losses.at(-1)! - floor).toBeLessThan((losses[0]! - floor) / 4);
  });

  it("multiply a Hessian with vectors", async () => {
    expect(await answerOf("curvature")).toEqual([
      [802, -400],
      [-400, 200],
    ]);
  });

  it("learn a start for many tasks by a gradient through a gradient step", async () => {
    const [w, b] = await answerOf("learn-to-learn");
    expect(w).toBeGreaterThan(2.5);
    expect(w).toBeLessThan(3.5);
    expect(b).toBeCloseTo(1, 1);
  });

  it("are what the pages show", () => {
    const sources = globSync("*.ts", { cwd: here }).map((file) => readFileSync(join(here, file), "utf8"));
    const shown = ["functions.md", "how-a-gradient-is-made.md"].map((page) => {
      const text = readFileSync(join(here, "../../docs", page), "utf8");
      const blocks = [...text.matchAll(/```ts\n(.*?)\n```/gs)].map(([, block]) => block!);
      return blocks.map((block) => sources.some((source) => source.includes(block)));
    });
    // The second page also shows a rule and the builder underneath.
    expect(shown).toEqual([
      [true, true, true, true],
      [true, false, false],
    ]);
  });
});
