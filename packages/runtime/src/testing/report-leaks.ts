import { afterAll, beforeAll, expect } from "vitest";
import { type OpenHandle, openHandles } from "../held.ts";

/** What a test file opens, it closes; only compiled functions may keep graphs until they are collected. */
let before: readonly OpenHandle[] = [];
beforeAll(() => {
  before = openHandles();
});
afterAll(() => {
  const left = openHandles().filter((handle) => handle.kind !== "compiled graph" && !before.includes(handle));
  expect(left, "left open at the end of the file").toEqual([]);
});
