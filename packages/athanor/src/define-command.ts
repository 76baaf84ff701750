import type { Option } from "@athanor/core";
import type { Terminal } from "./terminal.ts";

/** A command-line flag: an option descriptor with what the shell needs beside it. */
export type Flags = Readonly<Record<string, Option>>;

export interface CommandContext {
  /** Words after the command. */
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, unknown>>;
  /** The project's folder. */
  readonly project: string;
  readonly json: boolean;
  readonly terminal: Terminal;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** How the words are written: `TASK --input NAME=VALUE`. */
  readonly usage: string;
  readonly flags: Flags;
  /** Fewest and most words the command takes. */
  readonly words: readonly [least: number, most: number];
  readonly examples: readonly string[];
  /** Returns the data that `--json` prints; `print` shows the same data to a person. */
  run(context: CommandContext): Promise<CommandResult>;
}

export interface CommandResult {
  readonly data: unknown;
  readonly print: (terminal: Terminal) => void;
  /** 1 when the work was done in part, such as a step that failed. */
  readonly exitCode?: 0 | 1;
}

export const defineCommand = (command: Command): Command => command;
