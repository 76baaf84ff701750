import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./scenarios/", import.meta.url));
const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ""));
const [name] = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (name === undefined || !names.includes(name)) {
  console.error(`bench: expected one of ${names.join(", ")}, got ${name ?? "nothing"}; write npm run bench -- NAME`);
  process.exit(2);
}
const isJson = process.argv.includes("--json");

const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
const commit = existsSync(new URL("../.git", import.meta.url))
  ? `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain") === "" ? "" : "-dirty"}`
  : "unknown";
const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.versions.node };
const { run } = (await import(`./scenarios/${name}.ts`)) as {
  run(log: (line: string) => void): Promise<Readonly<Record<string, unknown>>>;
};
const figures = await run((line) => {
  if (!isJson) console.log(line);
});
console.log(JSON.stringify({ bench: name, commit, machine, figures }));
