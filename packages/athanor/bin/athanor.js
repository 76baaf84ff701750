#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that an old one gets an answer instead of a syntax error.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
const built = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const source = fileURLToPath(new URL("../src/main.ts", import.meta.url));

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `athanor: expected Node 22.12 or newer, got ${process.versions.node}\n  → Run it through \`npx athanor\` in a project that depends on a newer Node, or install Node 24.\n`,
  );
  process.exitCode = 2;
} else if (existsSync(built) && process.features.typescript) {
  await import("../dist/main.js");
} else {
  const flags = existsSync(built) ? ["--experimental-strip-types", built] : ["--conditions=@athanor/source", source];
  const { status, signal } = spawnSync(process.execPath, [...process.execArgv, ...flags, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  process.exitCode = status ?? (signal ? 1 : 0);
}
