import { expect, it } from "vitest";
import { ahead } from "./ahead.ts";

it("begins a few before they are asked for, and no more than there are", async () => {
  const begun: number[] = [];
  const work = ahead(
    4,
    async (i) => {
      begun.push(i);
      return i;
    },
    2,
  );
  expect(await work.next()).toBe(0);
  expect(begun).toEqual([0, 1, 2]);
  expect([await work.next(), await work.next(), await work.next()]).toEqual([1, 2, 3]);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it("tells a failure to whoever asks for that place", async () => {
  const work = ahead(2, (i) => (i === 1 ? Promise.reject(new Error("cut off")) : Promise.resolve(i)));
  expect(await work.next()).toBe(0);
  await work.settled();
  await expect(work.next()).rejects.toThrow("cut off");
});
