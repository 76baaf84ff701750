import { expect, it } from "vitest";
import { AthanorError } from "./athanor-error.ts";

it("carries code, fix and details as data", () => {
  const error = new AthanorError("data/missing-file", "csv: expected a file, got nothing", {
    fix: "Create it.",
    details: { path: "a" },
  });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    code: "data/missing-file",
    message: "csv: expected a file, got nothing",
    fix: "Create it.",
    details: { path: "a" },
  });
});
