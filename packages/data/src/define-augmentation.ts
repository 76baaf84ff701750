import { type OptionInput, type OptionSpec, type OptionValues, type Random, resolveOptions } from "@athanor/core";
import type { Picture } from "./picture/picture.ts";

/** What an augmentation declares. */
export interface AugmentationDefinition<S extends OptionSpec> {
  /** The file's main export. */
  readonly name: string;
  readonly options: S;
  /** Makes another picture; all chance comes from `random`. */
  apply(picture: Picture, options: OptionValues<S>, random: Random): Picture;
}

/** A change of pictures by chance: plain data, which worker threads look up by its name. */
export interface Augmentation {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Declares an augmentation; the result is its factory. */
export function defineAugmentation<const S extends OptionSpec>(definition: AugmentationDefinition<S>) {
  const declare = (input: OptionInput<S>): Augmentation => ({
    name: definition.name,
    options: resolveOptions(definition.name, definition.options, input),
  });
  return Object.assign(declare, { definition });
}
