import { AthanorError, type OptionInput, resolveOptions, texts } from "@athanor/core";
import { matches } from "../name-pattern.ts";
import type { Method } from "./method.ts";
import { placeFactors } from "./place-factors.ts";

const options = {
  targets: texts(["key", "value", "k_proj", "v_proj"], "layers whose outputs are scaled"),
  feedForward: texts(["output.dense", "down_proj", "fc2"], "layers whose inputs are scaled"),
};

/**
 * Learns one factor a feature: outputs of keys and values, inputs of the second layer of feed-forward blocks.
 *
 * @throws `nn/adapter` when no layer is picked
 * @see Liu et al. 2022, "Few-shot parameter-efficient fine-tuning is better and cheaper than in-context learning",
 * https://arxiv.org/abs/2205.05638
 */
export function ia3(input: OptionInput<typeof options> = {}): Method {
  const resolved = resolveOptions("ia3", options, input);
  const [scalesOutput, scalesInput] = [matches(resolved.targets), matches(resolved.feedForward)];
  return {
    name: "ia3",
    options: resolved,
    apply(model) {
      const adapted = placeFactors(model, (module) =>
        scalesInput(module) ? "input" : scalesOutput(module) ? "output" : undefined,
      );
      const trains = adapted.placed.map(({ factors }) => factors);
      if (trains.length > 0) return { model: adapted.model, trains };
      throw new AthanorError("nn/adapter", `ia3: expected targets to name layers, got ${resolved.targets.join(", ")}`, {
        fix: "Name matrix products of the model in targets or feedForward.",
        details: resolved,
      });
    },
  };
}
