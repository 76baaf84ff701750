import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { caches } from "./node.ts";

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "athanor-cache-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it("keeps bytes for another process, and nothing else in its folder", async () => {
  const folder = join(await freshFolder(), "inner");
  await caches.open(folder).write("a", Uint8Array.of(1, 2, 3));
  expect(Array.from((await caches.open(folder).read("a"))!)).toEqual([1, 2, 3]);
  expect(await caches.open(folder).read("b")).toBeUndefined();
  expect(await readdir(folder)).toEqual(["a.graph"]);
});

it("does not see files that are broken or of somebody else, and writes them anew", async () => {
  const folder = await freshFolder();
  const cache = caches.open(folder);
  await cache.write("a", Uint8Array.of(1, 2, 3));
  await truncate(join(folder, "a.graph"), 66);
  await writeFile(join(folder, "b.graph"), "something else");
  for (const key of ["a", "b"]) {
    expect(await cache.read(key)).toBeUndefined();
    await cache.write(key, Uint8Array.of(4));
    expect(Array.from((await cache.read(key))!)).toEqual([4]);
  }
});

it("removes what was used longest ago when it grows too large", async () => {
  const folder = await freshFolder();
  const cache = caches.open(folder, { maxBytes: 250 });
  for (const [i, key] of ["a", "b"].entries()) {
    await cache.write(key, new Uint8Array(40));
    await utimes(join(folder, `${key}.graph`), i + 1, i + 1);
  }
  await cache.read("a");
  await cache.write("c", new Uint8Array(40));
  expect((await readdir(folder)).sort()).toEqual(["a.graph", "c.graph"]);
});

it("is no error where nothing can be written", async () => {
  const folder = await freshFolder();
  await writeFile(join(folder, "file"), "");
  await caches.open(join(folder, "file")).write("a", Uint8Array.of(1));
  expect(await caches.open(join(folder, "file")).read("a")).toBeUndefined();
});
