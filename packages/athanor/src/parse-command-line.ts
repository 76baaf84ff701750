import { parseArgs } from "node:util";
import { AthanorError, expectation, flag, nearestName, type Option, resolveOptions, text } from "@athanor/core";
import type { Command } from "./define-command.ts";

/** Flags that every command takes. */
export const everyFlag = {
  json: flag(false, "print one JSON document for machines"),
  project: text(".", "the folder with learn.config.ts"),
  help: flag(false, "show how the command is used"),
} as const;

export interface CommandLine {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, unknown>>;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * Reads a command's words and flags; a flag is the kebab-case of its option's name.
 *
 * @throws `usage/unknown-flag`, `usage/flag-value`, `usage/words`, and what `resolveOptions` throws
 */
export function parseCommandLine(command: Command, args: readonly string[]): CommandLine {
  const spec: Record<string, Option> = { ...command.flags, ...everyFlag };
  const names = new Map(Object.keys(spec).map((name) => [kebab(name), name]));
  const { positionals, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      [...names].map(([flagName, name]) => [
        flagName,
        { type: spec[name]!.kind === "flag" ? "boolean" : "string" } as const,
      ]),
    ),
  });
  const given: Record<string, unknown> = {};
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const name = names.get(token.name);
    if (name === undefined) {
      const near = nearestName(token.name, names.keys());
      throw new AthanorError(
        "usage/unknown-flag",
        `athanor ${command.name}: expected one of ${[...names.keys()].map((key) => `--${key}`).join(", ")}, got ${token.rawName}`,
        {
          fix: near ? `Write --${near}.` : `See athanor ${command.name} --help.`,
          details: { flag: token.rawName },
        },
      );
    }
    given[name] = readValue(command, token.rawName, spec[name]!, token.value, given[name]);
  }
  const flags = resolveOptions(`athanor ${command.name}`, spec, given);
  const [least, most] = command.words;
  if (!flags.help && (positionals.length < least || positionals.length > most)) {
    const expected = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
    throw new AthanorError(
      "usage/words",
      `athanor ${command.name}: expected ${expected} words, got ${positionals.length}`,
      {
        fix: `Write athanor ${command.name} ${command.usage}.`,
        details: { words: positionals },
      },
    );
  }
  return { words: positionals, flags };
}

function readValue(
  command: Command,
  rawName: string,
  option: Option,
  value: string | undefined,
  before: unknown,
): unknown {
  if (option.kind === "flag") return true;
  if (value === undefined) {
    throw new AthanorError(
      "usage/flag-value",
      `athanor ${command.name}: expected ${rawName} to be ${expectation(option)}, got nothing`,
      {
        fix: `Write ${rawName} VALUE.`,
        details: { flag: rawName },
      },
    );
  }
  if (option.kind === "integer" || option.kind === "real")
    return value.trim() === "" ? value : isFiniteNumber(value) ? Number(value) : value;
  if (option.kind === "texts") return [...((before as readonly string[]) ?? []), value];
  if (option.kind === "integers" || option.kind === "reals")
    return [...((before as readonly number[]) ?? []), ...value.split(",").map(Number)];
  return value;
}

const isFiniteNumber = (value: string): boolean => Number.isFinite(Number(value));

/** How a command is used, as `--help` prints it. */
export function usageOf(command: Command): string {
  const flags = Object.entries({ ...command.flags, ...everyFlag }).map(([name, option]) => {
    const value =
      option.kind === "flag" ? "" : ` ${"choices" in option ? option.choices.join("|") : option.kind.toUpperCase()}`;
    const fallback =
      option.kind === "flag" || typeof option.default === "symbol" || option.default === null
        ? ""
        : ` (default ${String(option.default)})`;
    return [`  --${kebab(name)}${value}`, `${option.help}${fallback}`] as const;
  });
  const column = Math.max(...flags.map(([left]) => left.length)) + 2;
  return [
    `athanor ${command.name} ${command.usage}`.trimEnd(),
    "",
    command.summary,
    "",
    ...flags.map(([left, right]) => left.padEnd(column) + right),
    "",
    ...command.examples.map((example) => `  ${example}`),
  ].join("\n");
}
