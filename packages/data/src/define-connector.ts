import { type LongWork, type OptionInput, type OptionSpec, type OptionValues, resolveOptions } from "@athanor/core";

/** What a connector's sources hold. */
export type Yield = "table" | "documents" | "images" | "sounds";

/** What a connector declares: its options, how it tells that content changed, how it reads. */
export interface ConnectorDefinition<S extends OptionSpec, Item> {
  /** The file's name. */
  readonly name: string;
  readonly yields: Yield;
  readonly summary: string;
  readonly options: S;
  /** Hash of the content that `open` would read; it changes when, and only when, the content does. */
  fingerprint(options: OptionValues<S>, work: LongWork): Promise<string>;
  /** Reads everything in batches; stops within one when the signal aborts. */
  open(options: OptionValues<S>, work: LongWork): AsyncIterable<Item>;
}

/** A connector with its options checked, ready to read. */
export interface Reader<Item> {
  readonly connector: string;
  readonly yields: Yield;
  readonly options: Readonly<Record<string, unknown>>;
  fingerprint(work?: LongWork): Promise<string>;
  open(work?: LongWork): AsyncIterable<Item>;
}

/** Declares a connector; the result takes options and gives a reader. */
export function defineConnector<const S extends OptionSpec, Item>(definition: ConnectorDefinition<S, Item>) {
  const connect = (input: OptionInput<S>): Reader<Item> => {
    const options = resolveOptions(definition.name, definition.options, input);
    return {
      connector: definition.name,
      yields: definition.yields,
      options,
      fingerprint: async (work = {}) => definition.fingerprint(options, work),
      open: (work = {}) => definition.open(options, work),
    };
  };
  return Object.assign(connect, { definition });
}
