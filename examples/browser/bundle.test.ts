import { expect, it } from "vitest";
import { bundle } from "./bundle.ts";

it("needs nothing of Node in the bundle of a page", async () => {
  const { files, missing } = await bundle("page");
  expect([...files.keys()]).toEqual(expect.arrayContaining(["page.js", "session-worker.js", "update-worker.js"]));
  expect(missing).toEqual([]);
});
