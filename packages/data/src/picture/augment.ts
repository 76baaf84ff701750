import { AthanorError, type Random } from "@athanor/core";
import * as augmentations from "../augmentations/index.ts";
import type { Augmentation, AugmentationDefinition } from "../define-augmentation.ts";
import type { Picture } from "./picture.ts";

const definitions = new Map(
  Object.values(augmentations).map(({ definition }) => [
    definition.name as string,
    definition as unknown as AugmentationDefinition<Record<never, never>>,
  ]),
);

/**
 * Puts a picture through augmentations one after another.
 *
 * @throws `data/augmentation` for a name that there is not
 */
export function augment(picture: Picture, chosen: readonly Augmentation[], random: Random): Picture {
  return chosen.reduce((changed, { name, options }) => {
    const definition = definitions.get(name);
    if (definition) return definition.apply(changed, options as never, random);
    throw new AthanorError(
      "data/augmentation",
      `Augment: expected one of ${[...definitions.keys()].join(", ")}, got ${name}`,
      { fix: "Make augmentations by their factories." },
    );
  }, picture);
}
