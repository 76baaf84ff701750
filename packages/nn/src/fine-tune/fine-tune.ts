import { AthanorError, type Tensor } from "@athanor/core";
import { convertOpset, foldBatchNorm, type Model, openModelFile, outputsOnly, withWeights } from "@athanor/onnx";
import type { Method } from "../adapters/method.ts";
import { full } from "../adapters/partial.ts";
import type { BatchSource, Rows } from "../batch-source.ts";
import { toOnnx } from "../evaluation-graph.ts";
import { fit } from "../fit.ts";
import type { FitOptions, Fitted } from "../fit-options.ts";
import { crossEntropy } from "../losses/cross-entropy.ts";
import { matches, type NamePattern } from "../name-pattern.ts";
import { adamW } from "../optimizers/adam-w.ts";
import { type PixelScale, pixelInput } from "../pixel-input.ts";
import { linearDecay } from "../schedules/linear-decay.ts";
import { featureNetwork, featureRows } from "./cached-features.ts";
import { featuresOf } from "./features-of.ts";
import { lastLayers } from "./last-layers.ts";
import { openBatch } from "./open-batch.ts";
import { pretrained } from "./pretrained.ts";
import { storeConstants } from "./store-constants.ts";
import { type TrainableShare, trainableShare } from "./trainable-share.ts";
import { widenHalves } from "./widen-halves.ts";
import { type Head, withHead } from "./with-head.ts";

/** How a pretrained model is tuned; what is left out follows the classic recipe. */
export interface FineTuneOptions extends Partial<Omit<FitOptions, "seed">> {
  /** An ONNX file, or a model that was read. */
  readonly base: string | Model;
  readonly data: Rows | BatchSource;
  /** Replaces the model's last layer; without it the model keeps its output. */
  readonly head?: Head;
  /** What is trained beside the head: everything by default. */
  readonly method?: Method;
  /** Weights that stay as they are, by name or its last parts, with `*` for anything. */
  readonly freeze?: NamePattern;
  /** Trains only as many of the model's last layers. */
  readonly lastLayers?: number;
  /** Makes the tuned model take pixels as files hold them, scaled as the base expects: uint8 `[batch, channels, height, width]`. */
  readonly pixels?: PixelScale;
  /** Lengths of symbolic axes other than the batch; those of others may differ from batch to batch, as texts do. */
  readonly dims?: Readonly<Record<string, number>>;
  /** Moves normalisations with fixed statistics into the weights before them, which makes steps faster; true by default. */
  readonly foldNorm?: boolean;
  readonly seed: number;
}

/** A tuned model, ready to be written. */
export interface FineTuned extends Fitted {
  readonly model: Model;
  readonly trainable: TrainableShare;
}

/**
 * Trains a pretrained model on rows of one's own: AdamW at 2e-5 with warm-up over a tenth of the steps, then falling
 * evenly, 16 rows a step, 5 epochs.
 *
 * Where only the head is trained, the rest of the model runs over each row in memory once.
 *
 * @throws `nn/base`, `nn/batch-axis`, `nn/features`, `nn/adapter`, and what `fit` throws
 */
export async function fineTune(options: FineTuneOptions): Promise<FineTuned> {
  const { base, data, head, method = full(), dims = {}, pixels, seed } = options;
  const recipe = withRecipe(options);
  const given = convertOpset(typeof base === "string" ? await openModelFile(base) : base);
  const source = openBatch(widenHalves(storeConstants(given)));
  const folded = (options.foldNorm ?? method.name !== "normOnly") ? foldBatchNorm(source) : source;
  const kept = head ? outputsOnly(folded, [head.features ?? featuresOf(folded)]) : folded;
  const adapted = method.apply(kept, seed);
  const isFrozen = options.freeze === undefined ? () => false : matches(options.freeze);
  const isLast = options.lastLayers === undefined ? () => true : lastLayers(adapted.model, options.lastLayers);
  const trains = adapted.trains.filter((name) => !isFrozen(name) && isLast(name));
  if (trains.length === 0 && head === undefined) {
    throw new AthanorError("nn/nothing-to-train", "fineTune: expected weights to train, got none", {
      fix: "Freeze less, choose another method, or give a head.",
    });
  }
  const stored = pretrained(adapted.model, { trains, dims });
  const body = pixels ? pixelInput(stored, pixels) : stored;
  const network = head ? withHead(body, head) : body;
  const trainable = trainableShare(adapted.model, network);
  const isInMemory = !("take" in data) && !(recipe.validation && "take" in recipe.validation);
  if (head && trains.length === 0 && isInMemory) {
    const known = await featureRows(body, data, recipe);
    const validation = recipe.validation && (await featureRows(body, recipe.validation as Rows, recipe));
    const small = withHead(featureNetwork(known.x as Tensor), head);
    const fitted = await fit(small, known, { ...recipe, ...(validation ? { validation } : {}) });
    return {
      ...fitted,
      network,
      trainable,
      model: toOnnx(network, fitted.weights, { metadata: adapted.model.metadata }),
    };
  }
  const fitted = await fit(network, data, recipe);
  const model =
    head || pixels
      ? toOnnx(network, fitted.weights, { metadata: adapted.model.metadata })
      : withWeights(adapted.model, fitted.weights);
  return { ...fitted, trainable, model };
}

function withRecipe({ data, ...given }: FineTuneOptions): FitOptions {
  const { epochs = 5, batchSize = 16 } = given;
  const steps = epochs * Math.max(1, Math.floor(("take" in data ? data.count : data.y.shape[0]!) / batchSize));
  return {
    loss: crossEntropy(),
    optimizer: adamW(),
    learningRate: 2e-5,
    schedule: linearDecay({ warmUpSteps: Math.floor(steps / 10) }),
    ...given,
    epochs,
    batchSize,
  };
}
