import { AthanorError, type Tensor } from "@athanor/core";
import { loadTensor, type Model } from "@athanor/onnx";
import { type PlacedAdapter, placedAdapters } from "./placed-adapters.ts";
import { type PlacedFactors, placedFactors } from "./placed-factors.ts";
import { writeSafetensors } from "./safetensors.ts";
import { transposed } from "./transposed.ts";

/** A folder that holds an adapter, as Hugging Face's PEFT writes and reads it. */
export interface AdapterFiles {
  readonly "adapter_config.json": string;
  readonly "adapter_model.safetensors": Uint8Array;
}

/** What the names of all weights in the file start with. */
export const prefix = "base_model.model.";

/**
 * The adapters of a model as PEFT's two files: what `lora` or `ia3` has put in.
 *
 * @param rename a layer's name in the model for which the files are; as here by default
 * @throws `nn/adapter` when the model has no adapters, or of both kinds
 */
export function adapterFiles(
  model: Model,
  { rename = (module) => module }: { readonly rename?: (module: string) => string } = {},
): AdapterFiles {
  const [adapters, factors] = [placedAdapters(model), placedFactors(model)];
  if (adapters.length > 0 === factors.length > 0) {
    const got = adapters.length > 0 ? "both" : "neither";
    throw new AthanorError("nn/adapter", `adapterFiles: expected adapters of lora or of ia3, got ${got}`, {
      fix: "Give the model that training with one of the two put out.",
    });
  }
  const { config, tensors } =
    adapters.length > 0 ? loraFiles(model, adapters, rename) : factorFiles(model, factors, rename);
  const whole = { base_model_name_or_path: null, inference_mode: true, task_type: null, ...config };
  return {
    "adapter_config.json": `${JSON.stringify(whole, undefined, 2)}\n`,
    "adapter_model.safetensors": writeSafetensors(tensors, { format: "pt" }),
  };
}

type Rename = (module: string) => string;
type Tensors = Readonly<Record<string, Tensor>>;

const stored = ({ graph }: Model, name: string) => loadTensor(graph.initializers.get(name)!) as Tensor<"float32">;

function loraFiles(model: Model, adapters: readonly PlacedAdapter[], rename: Rename) {
  const hasRoot = adapters.every(({ scale, alpha, rank }) => isClose(scale, alpha / Math.sqrt(rank)));
  // One rule gives the scale of every layer in the file, so that alpha follows from the scale.
  const specs = adapters.map(({ module, rank, scale }) => ({
    module: rename(module),
    rank,
    alpha: scale * (hasRoot ? Math.sqrt(rank) : rank),
  }));
  const [r, lora_alpha] = [mostFrequent(specs.map(({ rank }) => rank)), mostFrequent(specs.map(({ alpha }) => alpha))];
  const others = (value: "rank" | "alpha", usual: number) =>
    Object.fromEntries(specs.filter((spec) => spec[value] !== usual).map((spec) => [spec.module, spec[value]]));
  const withMagnitude = adapters.filter(({ magnitude }) => magnitude !== undefined);
  if (withMagnitude.length > 0 && withMagnitude.length < adapters.length) {
    throw new AthanorError("nn/adapter", "adapterFiles: expected all adapters to learn magnitudes or none, got some", {
      fix: "Train with one setting of magnitude.",
    });
  }
  const tensors = adapters.flatMap(({ module, kind, a, b, magnitude }): [string, Tensor][] => {
    const at = `${prefix}${rename(module)}`;
    const turned = (name: string) => (kind === "conv" ? stored(model, name) : transposed(stored(model, name)));
    return [
      [`${at}.lora_A.weight`, turned(a)],
      [`${at}.lora_B.weight`, turned(b)],
      ...(magnitude ? [[`${at}.lora_magnitude_vector`, stored(model, magnitude)] as [string, Tensor]] : []),
    ];
  });
  return {
    config: {
      peft_type: "LORA",
      target_modules: specs.map(({ module }) => module),
      r,
      lora_alpha,
      rank_pattern: others("rank", r),
      alpha_pattern: others("alpha", lora_alpha),
      use_rslora: hasRoot,
      use_dora: withMagnitude.length > 0,
      bias: "none",
      fan_in_fan_out: false,
      lora_dropout: 0,
    },
    tensors: Object.fromEntries(tensors) as Tensors,
  };
}

function factorFiles(model: Model, factors: readonly PlacedFactors[], rename: Rename) {
  const modules = (side?: PlacedFactors["side"]) =>
    factors.filter((placed) => side === undefined || placed.side === side).map(({ module }) => rename(module));
  const tensors = factors.map(({ module, side, factors: name }): [string, Tensor] => {
    const values = stored(model, name);
    return [`${prefix}${rename(module)}.ia3_l`, values.reshape(side === "input" ? [1, values.size] : [values.size, 1])];
  });
  return {
    config: {
      peft_type: "IA3",
      target_modules: modules(),
      feedforward_modules: modules("input"),
      fan_in_fan_out: false,
    },
    tensors: Object.fromEntries(tensors) as Tensors,
  };
}

const isClose = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.abs(b);

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
