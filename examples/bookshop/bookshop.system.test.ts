import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { learn, openSystem } from "@athanor/system";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkPlanted, type Found } from "./check-planted.ts";
import { generateBookshop, type Planted } from "./generate.ts";

let folder = "";
let planted: Planted;
let found: readonly Found[];

beforeAll(async () => {
  const parent = join(import.meta.dirname, "../../.athanor-tests");
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "bookshop-"));
  planted = await generateBookshop(join(folder, "data"));
  await copyFile(join(import.meta.dirname, "learn.config.ts"), join(folder, "learn.config.ts"));
  await using system = await openSystem(folder);
  const { steps } = await learn(system);
  expect(steps.filter(({ status }) => status !== "done")).toEqual([]);
  found = await checkPlanted(folder, planted);
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the bookshop", () => {
  it.each([
    "rules among baskets",
    "customer segments",
    "customers entered twice",
    "books named in reviews",
    "who leaves",
    "genres of covers",
    "tastes",
  ])("gives up its hidden %s", (what) => {
    expect(found.find((each) => each.what === what)).toMatchObject({ isEnough: true });
  });

  it("is the same for the same seed", async () => {
    const again = join(folder, "again");
    expect(await generateBookshop(again)).toEqual(planted);
    for (const file of ["customers.csv", "orders.csv", "ratings.csv", "reviews/001.md", "covers/crime/000.png"]) {
      const read = (data: string) => readFile(join(data, file)).catch(() => undefined);
      expect(await read(again)).toEqual(await read(join(folder, "data")));
    }
  });
});
