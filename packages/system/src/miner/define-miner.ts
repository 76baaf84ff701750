import type { LongWork, OptionInput, OptionSpec, OptionValues } from "@athanor/core";
import type { Table } from "@athanor/data";
import type { Language, Wording } from "../language.ts";
import type { Finding } from "./finding.ts";

export interface MinerContext<S extends OptionSpec> extends LongWork {
  readonly name: string;
  readonly options: OptionValues<S>;
  readonly seed: number;
  table(source: string): Promise<Table>;
}

/** What a miner found, in no order. */
export interface Mined {
  readonly title: Wording;
  readonly findings: readonly Finding[];
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] };
  readonly data: Readonly<Record<string, unknown>>;
}

/** What was found: ranked sentences for people, rows for screens, data for programs. */
export interface Findings extends Mined {
  readonly sentences: Readonly<Record<Language, readonly string[]>>;
}

export interface MinerDefinition<S extends OptionSpec = OptionSpec> {
  readonly name: string;
  readonly summary: string;
  readonly options: S;
  /** The sources that the options name, for the step graph. */
  reads(options: OptionValues<S>): readonly string[];
  mine(context: MinerContext<S>): Promise<Mined>;
}

/** Mining as a configuration names it: which definition, with which options. */
export interface MinerDeclaration {
  readonly kind: "miner";
  readonly miner: MinerDefinition;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Makes a miner's factory: calling it with options declares the mining in a configuration. */
export function defineMiner<const S extends OptionSpec>(definition: MinerDefinition<S>) {
  const declare = (options: OptionInput<S>): MinerDeclaration => ({
    kind: "miner",
    miner: definition as unknown as MinerDefinition,
    options: options as Readonly<Record<string, unknown>>,
  });
  return Object.assign(declare, { definition });
}
