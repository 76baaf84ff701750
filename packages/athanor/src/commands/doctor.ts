import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { defineCommand } from "../define-command.ts";
import { version } from "../version.ts";

interface Finding {
  readonly what: string;
  readonly state: "ok" | "missing";
  readonly value: string;
  readonly fix?: string;
}

export const doctor = defineCommand({
  name: "doctor",
  summary: "Show versions, devices, what is missing and how to get it",
  usage: "",
  flags: {},
  words: [0, 0],
  examples: ["athanor doctor"],
  async run({ project }) {
    const findings = [
      ok("athanor", version),
      ok("node", `${process.versions.node} ${process.platform} ${process.arch}`),
      ok("cpu", `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`),
      ok("memory", `${(totalmem() / 2 ** 30).toFixed(1)} GiB`),
      await native("onnxruntime-node", "@athanor/runtime"),
      await native("@duckdb/node-api", "@athanor/data"),
      await native("sharp", "@athanor/data"),
      await native("better-sqlite3", "@athanor/system"),
      existsSync(join(project, "learn.config.ts"))
        ? ok("configuration", join(project, "learn.config.ts"))
        : missing("configuration", "no learn.config.ts here", "Run `athanor init`, or name the folder with --project."),
      existsSync(join(project, ".athanor"))
        ? ok("workspace", join(project, ".athanor"))
        : missing("workspace", "no .athanor here", "Run `athanor learn`."),
    ];
    return {
      data: findings,
      exitCode: findings.some(
        ({ what, state }) => state === "missing" && what !== "configuration" && what !== "workspace",
      )
        ? 1
        : 0,
      print(out) {
        out.table(
          findings.map(({ what, state, value, fix }) => [
            state === "ok" ? "✓" : "✗",
            what,
            fix ? `${value}; ${fix}` : value,
          ]),
        );
      },
    };
  },
});

const ok = (what: string, value: string): Finding => ({ what, state: "ok", value });
const missing = (what: string, value: string, fix: string): Finding => ({ what, state: "missing", value, fix });

/** Loads a native package the way its owner does. */
async function native(name: string, owner: string): Promise<Finding> {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve(owner));
    require(name);
    return ok(name, "loads");
  } catch (error) {
    return missing(name, (error as Error).message.split("\n")[0]!, `Run npm install ${name}.`);
  }
}
