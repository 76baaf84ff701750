import { resolve } from "node:path";
import { AthanorError, isAbort, nearestName } from "@athanor/core";
import * as commands from "./commands/index.ts";
import type { Command } from "./define-command.ts";
import { parseCommandLine, usageOf } from "./parse-command-line.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { version } from "./version.ts";

const all: readonly Command[] = Object.values(commands);

/** Runs one command line and returns its exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
export async function runCommandLine(args: readonly string[], signal: AbortSignal): Promise<number> {
  const json = args.includes("--json");
  const terminal = openTerminal({ quiet: json });
  try {
    const [name, ...rest] = args;
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
      terminal.print(overview());
      return 0;
    }
    if (name === "--version" || name === "-v") {
      terminal.print(version);
      return 0;
    }
    const command = commandNamed(name);
    const { words, flags } = parseCommandLine(command, rest);
    if (flags.help) {
      terminal.print(usageOf(command));
      return 0;
    }
    const project = resolve(flags.project as string);
    const result = await command.run({ words, flags, project, json, terminal, signal });
    if (json) terminal.print(JSON.stringify(result.data));
    else result.print(terminal);
    return result.exitCode ?? 0;
  } catch (error) {
    return printError(error, terminal, json, signal);
  }
}

function commandNamed(name: string): Command {
  const command = all.find((candidate) => candidate.name === name);
  if (command) return command;
  const names = all.map((candidate) => candidate.name);
  const near = nearestName(name, names);
  throw new AthanorError("usage/unknown-command", `athanor: expected one of ${names.join(", ")}, got ${name}`, {
    fix: near ? `Write athanor ${near}.` : "See athanor --help.",
    details: { command: name, known: names },
  });
}

const overview = (): string =>
  [
    "athanor: a learning system as code",
    "",
    ...all.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
    "",
    "athanor COMMAND --help shows a command's flags; --json prints for machines.",
  ].join("\n");

/** Areas of errors that the caller makes: how the command, the configuration or an input is written. */
const usageAreas = new Set(["usage", "config", "options", "predict", "cypher"]);

function printError(error: unknown, terminal: Terminal, json: boolean, signal: AbortSignal): number {
  if (isAbort(error) || signal.aborted) {
    if (json) terminal.print(JSON.stringify({ error: { code: "run/interrupted", message: "interrupted" } }));
    else terminal.note("athanor: interrupted; finished steps are kept, run the command again to go on");
    return 130;
  }
  if (error instanceof AthanorError) {
    if (json) terminal.print(JSON.stringify({ error }));
    else terminal.note(`athanor: ${error.message}. ${error.fix ?? ""} [${error.code}]`);
    return usageAreas.has(error.code.split("/")[0]!) ? 2 : 1;
  }
  const { message, stack } = error as Error;
  if (json) terminal.print(JSON.stringify({ error: { code: "athanor/defect", message, details: { stack } } }));
  else terminal.note(`athanor: ${stack ?? message} [athanor/defect]\n  → This is a defect of Athanor.`);
  return 1;
}
