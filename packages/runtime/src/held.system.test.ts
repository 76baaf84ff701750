import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("closes sessions, functions and steps that nobody holds any more", () => {
  const script = fileURLToPath(new URL("testing/forget-handles.ts", import.meta.url));
  const flags = ["--expose-gc", "--conditions=@athanor/source"];
  const told = JSON.parse(execFileSync(process.execPath, [...flags, script], { encoding: "utf8" }));
  expect(told).toEqual({ held: ["session", "compiled graph", "training step"], answers: [2, 6, 4], left: [] });
});
