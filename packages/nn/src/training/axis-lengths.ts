import type { InputSpec } from "../network.ts";

interface Shaped {
  readonly shape: readonly (number | string)[];
}

/** Lengths of the named axes of tensors or values that fit their declarations. */
export function axisLengths(
  specs: Readonly<Record<string, Pick<InputSpec, "shape">>>,
  given: Readonly<Record<string, Shaped>>,
): Record<string, number> {
  const lengths: Record<string, number> = {};
  for (const [name, { shape }] of Object.entries(specs)) {
    for (const [axis, length] of shape.entries())
      if (typeof length === "string") lengths[length] ??= Number(given[name]?.shape[axis]);
  }
  return lengths;
}
