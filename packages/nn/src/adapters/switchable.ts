import { AthanorError, float32, type Tensor } from "@athanor/core";
import { convertOpset, loadTensor, type Model } from "@athanor/onnx";
import { magnitudeOf } from "./magnitude.ts";
import { mergedWeight } from "./merge-adapters.ts";
import { placeFactors } from "./place-factors.ts";
import { lorasWeights, placeLora } from "./place-lora.ts";
import { type PlacedAdapter, placedAdapters, withPlaced } from "./placed-adapters.ts";
import { type PlacedFactors, placedFactors, withPlacedFactors } from "./placed-factors.ts";

/** What is given to a switchable model beside its own inputs. */
export type AdapterFeeds = Readonly<Record<string, Tensor<"float32">>>;

/** One model for several adapters. */
export interface Switchable<Name extends string> {
  /** The base; the weights of adapters are inputs. */
  readonly model: Model;
  /** What makes the model compute as with each of the adapters. */
  readonly adapters: Readonly<Record<Name, AdapterFeeds>>;
  /** What makes it compute as the base does. */
  readonly base: AdapterFeeds;
}

/**
 * Joins adapters of one base into a model that runs with any of them in one session, by what it is fed.
 *
 * Smaller ranks are filled up with zeros.
 *
 * @param adapted models that `lora`, `ia3` or `loadAdapter` has made of the base
 * @throws `nn/adapter` for models that have no adapters, or whose frozen weights are not the base's
 */
export function switchable<const Name extends string>(
  base: Model,
  adapted: Readonly<Record<Name, Model>>,
): Switchable<Name> {
  const models = Object.values<Model>(adapted);
  const loras = byModule(models.flatMap(placedAdapters));
  const factors = byModule(models.flatMap(placedFactors));
  if (loras.size + factors.size === 0) {
    throw new AthanorError("nn/adapter", "switchable: expected models with adapters, got none", {
      fix: "Give models that training with lora or ia3 put out, or that loadAdapter has made.",
    });
  }
  const source = convertOpset(base);
  const specOf = (found: readonly PlacedAdapter[]) => {
    const rank = Math.max(...found.map((placed) => placed.rank));
    // Scales are part of what is fed, so that the model's own is one.
    const magnitude = found.some((placed) => placed.magnitude !== undefined);
    return { rank, alpha: rank, rankStabilised: false, magnitude };
  };
  // Factors first: they go behind a layer's bias, which is not found any more once a change stands beside the product.
  const whole = placeFactors(source, (module) => factors.get(module)?.[0]?.side);
  const low = placeLora(whole.model, (module) => (loras.has(module) ? specOf(loras.get(module)!) : undefined), 0);
  const names = [...lorasWeights(low.placed), ...whole.placed.map((placed) => placed.factors)];
  const feedsOf = (model: Model): AdapterFeeds => {
    const own = new Map(placedAdapters(model).map((placed) => [placed.module, placed]));
    const scales = new Map(placedFactors(model).map((placed) => [placed.module, placed]));
    return Object.assign(
      {},
      ...low.placed.map((place) => loraFeeds(low.model, place, model, own.get(place.module))),
      ...whole.placed.map((place) => factorFeeds(low.model, place, model, scales.get(place.module))),
    );
  };
  const feeds = Object.entries<Model>(adapted).map(([name, model]) => [name, feedsOf(model)]);
  return {
    model: withPlacedFactors(withPlaced(asInputs(low.model, names), []), []),
    adapters: Object.fromEntries(feeds),
    base: feedsOf(base),
  };
}

function byModule<T extends { readonly module: string }>(placed: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(placed, ({ module }) => module);
}

const stored = ({ graph }: Model, name: string) => loadTensor(graph.initializers.get(name)!) as Tensor<"float32">;

function loraFeeds(joint: Model, place: PlacedAdapter, model: Model, own: PlacedAdapter | undefined): AdapterFeeds {
  const [a, b] = [stored(joint, place.a).shape, stored(joint, place.b).shape];
  const frozen = stored(joint, place.weight);
  const lengths = (weight: Tensor<"float32">) =>
    place.magnitude ? { [place.magnitude]: magnitudeOf(weight, place.isTransposed) } : {};
  if (own === undefined)
    return { [place.a]: filled(undefined, a), [place.b]: filled(undefined, b), ...lengths(frozen) };
  checkFrozen(place, frozen, stored(model, own.weight));
  return {
    [place.a]: filled(stored(model, own.a), a),
    [place.b]: filled(stored(model, own.b), b, own.scale),
    // Without a learned length, that of the changed weights leaves the change as it is.
    ...(own.magnitude && place.magnitude
      ? { [place.magnitude]: stored(model, own.magnitude) }
      : lengths(mergedWeight(model, own))),
  };
}

function factorFeeds(joint: Model, place: PlacedFactors, model: Model, own: PlacedFactors | undefined): AdapterFeeds {
  const ones = stored(joint, place.factors);
  return { [place.factors]: own ? stored(model, own.factors) : ones };
}

/** A tensor in the corner of a larger one of zeros, scaled. */
function filled(tensor: Tensor<"float32"> | undefined, shape: readonly number[], scale = 1): Tensor<"float32"> {
  const whole = new Float32Array(shape.reduce((product, length) => product * length, 1));
  // Only the first two axes differ: those behind belong to a convolution's kernel.
  const inner = shape.slice(2).reduce((product, length) => product * length, 1);
  const [rows = 0, columns = 0] = tensor?.shape ?? [];
  const data = tensor?.data ?? new Float32Array();
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < columns * inner; i++)
      whole[row * shape[1]! * inner + i] = scale * data[row * columns * inner + i]!;
  return float32(whole, shape);
}

function asInputs(model: Model, names: readonly string[]): Model {
  const { graph } = model;
  const inputs = names.map((name) => ({ name, dtype: "float32" as const, shape: graph.initializers.get(name)!.shape }));
  const initializers = new Map([...graph.initializers].filter(([name]) => !names.includes(name)));
  return { ...model, graph: { ...graph, inputs: [...graph.inputs, ...inputs], initializers } };
}

function checkFrozen({ module }: PlacedAdapter, expected: Tensor<"float32">, got: Tensor<"float32">): void {
  if (expected.size === got.size && expected.data.every((value, i) => value === got.data[i])) return;
  throw new AthanorError(
    "nn/adapter",
    `switchable: expected adapters beside the base's weights, got others at ${module}`,
    {
      fix: "Give the base that the adapters were trained on.",
      details: { module },
    },
  );
}
