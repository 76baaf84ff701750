import type { LongWork, OptionInput, OptionSpec, OptionValues } from "@athanor/core";
import type { Table } from "@athanor/data";
import type { Language, Wording } from "../language.ts";

export interface MinerContext<S extends OptionSpec> extends LongWork {
  readonly name: string;
  readonly options: OptionValues<S>;
  readonly seed: number;
  table(source: string): Promise<Table>;
}

/** What was found: sentences for people, rows for screens, data for programs. */
export interface Findings {
  readonly title: Wording;
  readonly sentences: Readonly<Record<Language, readonly string[]>>;
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] };
  readonly data: Readonly<Record<string, unknown>>;
}

export interface MinerDefinition<S extends OptionSpec = OptionSpec> {
  readonly name: string;
  readonly summary: string;
  readonly options: S;
  /** The sources that the options name, for the step graph. */
  reads(options: OptionValues<S>): readonly string[];
  mine(context: MinerContext<S>): Promise<Findings>;
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
