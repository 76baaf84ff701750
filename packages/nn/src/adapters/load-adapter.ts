import { AthanorError, type ErrorContext, type Tensor } from "@athanor/core";
import { convertOpset, type Model, withWeights } from "@athanor/onnx";
import { type AdapterFiles, prefix } from "./adapter-files.ts";
import { asFloat32 } from "./as-float32.ts";
import { placeFactors } from "./place-factors.ts";
import { placeLora } from "./place-lora.ts";
import { readSafetensors } from "./safetensors.ts";
import { transposed } from "./transposed.ts";

type Tensors = Readonly<Record<string, Tensor<"float32">>>;

/** What is read of PEFT's configuration. */
interface Config {
  readonly peft_type: string;
  readonly lora_alpha?: number;
  readonly alpha_pattern?: Readonly<Record<string, number>> | null;
  readonly use_rslora?: boolean;
  readonly feedforward_modules?: string | readonly string[] | null;
}

/**
 * A model with an adapter in place that PEFT, or `adapterFiles`, has written: of LoRA with its kinds, or IA3.
 *
 * @param rename what the base calls a layer of the file; the same by default
 * @throws `nn/adapter-files` for files of other methods, or whose layers the base does not have; `nn/safetensors`
 */
export function loadAdapter(
  base: Model,
  files: AdapterFiles,
  { rename = (module) => module }: { readonly rename?: (module: string) => string } = {},
): Model {
  const config = readConfig(files["adapter_config.json"]);
  const parts = partsByModule(readSafetensors(files["adapter_model.safetensors"]), rename);
  const model = convertOpset(base);
  const loaded = config.peft_type === "LORA" ? withLora(model, config, parts) : withFactors(model, config, parts);
  const missing = [...parts.keys()].filter((module) => !loaded.modules.has(module));
  if (missing.length === 0) return withWeights(loaded.model, loaded.weights);
  throw unreadable(`the base to have the layer ${missing[0]}`, "none of that name", {
    fix: `Give rename, from the file's names to the base's${loaded.known.length ? `, such as ${loaded.known[0]}` : ""}.`,
    details: { missing, known: loaded.known },
  });
}

interface Loaded {
  readonly model: Model;
  readonly weights: Tensors;
  readonly modules: ReadonlySet<string>;
  readonly known: readonly string[];
}

/** A layer's name in the file, and what the file holds for it. */
type Parts = ReadonlyMap<string, { readonly name: string; readonly tensors: Tensors }>;

function withLora(base: Model, config: Config, parts: Parts): Loaded {
  const { model, placed, modules } = placeLora(
    base,
    (module) => {
      const part = parts.get(module);
      return (
        part && {
          rank: tensorOf(part, "lora_A").shape[0]!,
          alpha: alphaOf(config, part.name),
          rankStabilised: config.use_rslora === true,
          magnitude: "lora_magnitude_vector" in part.tensors,
        }
      );
    },
    0,
  );
  const weights = placed.flatMap(({ module, kind, a, b, magnitude }) => {
    const part = parts.get(module)!;
    const turned = (key: string) => (kind === "conv" ? tensorOf(part, key) : transposed(tensorOf(part, key)));
    const lengths = magnitude && tensorOf(part, "lora_magnitude_vector");
    return [[a, turned("lora_A")], [b, turned("lora_B")], ...(lengths ? [[magnitude, lengths]] : [])];
  });
  return {
    model,
    weights: Object.fromEntries(weights),
    modules: new Set(placed.map(({ module }) => module)),
    known: modules,
  };
}

function withFactors(base: Model, { feedforward_modules: inner }: Config, parts: Parts): Loaded {
  const isInner = (name: string) =>
    typeof inner === "string"
      ? new RegExp(`^(?:${inner})$`).test(name)
      : (inner ?? []).some((end) => name === end || name.endsWith(`.${end}`));
  const { model, placed } = placeFactors(base, (module) => {
    const part = parts.get(module);
    return part && (isInner(part.name) ? "input" : "output");
  });
  const weights = placed.map(({ module, factors }) => {
    const values = tensorOf(parts.get(module)!, "ia3_l");
    return [factors, values.reshape([values.size])];
  });
  const modules = placed.map(({ module }) => module);
  return { model, weights: Object.fromEntries(weights), modules: new Set(modules), known: modules };
}

function tensorOf({ name, tensors }: { readonly name: string; readonly tensors: Tensors }, key: string) {
  const tensor = tensors[key];
  if (tensor !== undefined) return tensor;
  throw unreadable(`${key} of ${name}`, Object.keys(tensors).join(", "));
}

/** PEFT's patterns are regular expressions over the last parts of a name. */
function alphaOf({ lora_alpha: alpha = 8, alpha_pattern: others }: Config, module: string): number {
  const found = Object.entries(others ?? {}).find(([key]) => new RegExp(`^(.*\\.)?(${key})$`).test(module));
  return found?.[1] ?? alpha;
}

function readConfig(text: string): Config {
  const config = parsed(text);
  const { peft_type: type } = config;
  if (type === "LORA" || type === "IA3") return { ...config, peft_type: type };
  throw unreadable("peft_type to be LORA or IA3", String(type), { fix: "Give the files of such an adapter." });
}

function parsed(text: string): Partial<Config> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable("adapter_config.json to be JSON", "something else", { cause });
  }
}

const partOfName = /^(?<module>.+)\.(?<key>lora_A|lora_B|lora_magnitude_vector|ia3_l)(?:\.weight)?$/;

function partsByModule(tensors: Readonly<Record<string, Tensor>>, rename: (module: string) => string): Parts {
  const parts = new Map<string, { name: string; tensors: Record<string, Tensor<"float32">> }>();
  for (const [whole, tensor] of Object.entries(tensors)) {
    const { module, key } = partOfName.exec(whole.replace(prefix, ""))?.groups ?? {};
    if (module === undefined || key === undefined) {
      throw unreadable("weights of LoRA or IA3 beside linear layers and convolutions", whole, {
        fix: "Train the adapter without bias, modules_to_save and embeddings.",
      });
    }
    const ours = rename(module);
    const part = parts.get(ours) ?? { name: module, tensors: {} };
    part.tensors[key] = asFloat32(tensor);
    parts.set(ours, part);
  }
  return parts;
}

const unreadable = (expected: string, got: string, context: ErrorContext = {}) =>
  new AthanorError("nn/adapter-files", `loadAdapter: expected ${expected}, got ${got}`, context);
