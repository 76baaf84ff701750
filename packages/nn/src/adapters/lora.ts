import { AthanorError, flag, integer, type OptionInput, real, resolveOptions, texts } from "@athanor/core";
import { matches } from "../name-pattern.ts";
import type { Method } from "./method.ts";
import { lorasWeights, placeLora } from "./place-lora.ts";

const options = {
  rank: integer(8, "columns of the low-rank change", { min: 1 }),
  alpha: real(16, "weight of the change, divided by the rank", { min: 0 }),
  targets: texts(["*"], "layers to adapt, by name or its last parts, with * for anything"),
  rankStabilised: flag(false, "divides by the square root of the rank instead"),
  magnitude: flag(false, "learns the length of each output's weights apart from their direction (DoRA)"),
};
type LoraOptions = OptionInput<typeof options> & {
  /** Other ranks for some of the layers, by pattern. */
  readonly ranks?: Readonly<Record<string, number>>;
  /** Other weights of the change for some of the layers, by pattern. */
  readonly alphas?: Readonly<Record<string, number>>;
};

/**
 * Low-rank adaptation: y = x W + (α / r) x A B with W frozen, beside matrix products and convolutions without groups.
 *
 * @throws `nn/adapter` when no layer is picked
 * @see Hu et al. 2021, "LoRA", https://arxiv.org/abs/2106.09685
 * @see Kalajdzievski 2023, "A rank stabilization scaling factor", https://arxiv.org/abs/2312.03732
 * @see Liu et al. 2024, "DoRA", https://arxiv.org/abs/2402.09353
 */
export function lora({ ranks = {}, alphas = {}, ...input }: LoraOptions = {}): Method {
  const resolved = resolveOptions("lora", options, input);
  const isTarget = matches(resolved.targets);
  return {
    name: "lora",
    options: { ...resolved, ranks, alphas },
    apply(model, seed) {
      const specOf = (module: string) =>
        isTarget(module)
          ? {
              ...resolved,
              rank: patternValue(ranks, module) ?? resolved.rank,
              alpha: patternValue(alphas, module) ?? resolved.alpha,
            }
          : undefined;
      const { placed, modules, ...adapted } = placeLora(model, specOf, seed);
      if (placed.length === 0) throw noTarget(resolved.targets, modules);
      return { model: adapted.model, trains: lorasWeights(placed) };
    },
  };
}

const patternValue = (values: Readonly<Record<string, number>>, module: string): number | undefined =>
  Object.entries(values).find(([pattern]) => matches(pattern)(module))?.[1];

const noTarget = (targets: readonly string[], seen: readonly string[]) =>
  new AthanorError("nn/adapter", `lora: expected targets to name layers of the model, got ${targets.join(", ")}`, {
    fix: `Name some of ${seen.slice(0, 8).join(", ")}${seen.length > 8 ? ", …" : ""}, or * for all.`,
    details: { targets, layers: seen },
  });
