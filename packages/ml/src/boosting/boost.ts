import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { AthanorError, type LongWork, type Progress } from "@athanor/core";
import type { Matrix } from "../matrix.ts";
import { sharedMemory } from "../threads/shared-memory.ts";
import { maxBins } from "./bin-column.ts";
import { type BoostGrowth, type BoostPlan, type EarlyStopping, type LossChoice, layOut } from "./boost-plan.ts";
import { type BoostMessage, boostRounds } from "./boost-rounds.ts";
import { BoostViews } from "./boost-views.ts";
import { type BoostedTree, unbinned } from "./boosted-tree.ts";
import { boostLoss } from "./losses.ts";
import { abortTeam, Team } from "./team.ts";

/** A fitted boosting: scores are the base plus the trees' values. */
export interface BoostedTrees {
  readonly base: Float64Array;
  readonly features: number;
  /** By round, one tree an output. */
  readonly rounds: readonly (readonly BoostedTree[])[];
  /** By round, of the rows set aside to stop by. */
  readonly validationLosses: readonly number[];
}

/** What is boosted, and how. */
export interface BoostTask extends LongWork {
  readonly x: Matrix;
  /** Numbers, or class numbers. */
  readonly y: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
  /** Scores a row has. */
  readonly outputs: number;
  readonly loss: LossChoice;
  readonly rounds: number;
  readonly growth: BoostGrowth;
  /** Rows set aside, and when to stop by them. */
  readonly earlyStopping?: (EarlyStopping & { readonly validation: readonly number[] }) | undefined;
  readonly categorical: readonly number[];
  readonly monotone: readonly number[];
  readonly threads?: number | undefined;
}

/**
 * Boosts trees over binned features, on threads that share one memory; the result does not depend on their number.
 *
 * @throws `ml/categories` for a categorical feature with more than 255 values, `ml/too-large` beyond 4 GiB
 */
export async function boost(task: BoostTask): Promise<BoostedTrees> {
  const { signal, onProgress, rounds } = task;
  signal?.throwIfAborted();
  const { plan, control } = planOf(task);
  if (task.threads === 1) return boostHere(plan, task);
  return new Promise((resolve, reject) => {
    const workers = Array.from({ length: plan.threads }, (_, thread) => {
      const script = new URL(`./boost-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);
      return new Worker(script, { workerData: { plan, thread } });
    });
    const abort = () => abortTeam(control);
    signal?.addEventListener("abort", abort, { once: true });
    const end = async () => {
      signal?.removeEventListener("abort", abort);
      await Promise.all(workers.map((worker) => worker.terminate()));
    };
    for (const worker of workers) {
      worker.on("error", (cause: Error) => {
        const died = new AthanorError("ml/worker-died", `boosting: expected its threads to end, got ${cause.message}`, {
          fix: "Fit again, with less data when memory is short.",
          cause,
        });
        void end().then(() => reject(died));
      });
      worker.on("message", (message: BoostMessage) => {
        if (message.kind === "round") {
          onProgress?.(progressOf(message, rounds));
          return;
        }
        void end().then(() => {
          if (signal?.aborted) reject(signal.reason);
          else resolve(resultOf(plan, message.trees, message.losses));
        });
      });
    }
  });
}

/** Boosts on the calling thread, which is busy until it is done. */
function boostHere(plan: BoostPlan, { signal, onProgress, rounds }: BoostTask): BoostedTrees {
  const views = new BoostViews(plan, 0);
  let result: BoostedTrees | undefined;
  boostRounds(plan, views, new Team(views.control, 0, 1), (message) => {
    if (message.kind === "round") onProgress?.(progressOf(message, rounds));
    else result = resultOf(plan, message.trees, message.losses);
  });
  signal?.throwIfAborted();
  return result!;
}

function progressOf({ round, validationLoss }: Extract<BoostMessage, { kind: "round" }>, rounds: number): Progress {
  const metrics = validationLoss === undefined ? {} : { "validation loss": validationLoss };
  return { stage: "boosting", done: round, total: rounds, unit: "rounds", metrics };
}

function resultOf(
  plan: BoostPlan,
  trees: Extract<BoostMessage, { kind: "done" }>["trees"],
  losses: readonly number[],
): BoostedTrees {
  const border = (feature: number, bin: number) => {
    // All that is there goes left, missing values go right.
    const isLast = plan.isCategorical[feature] === 0 && bin === plan.binCounts[feature]! - 1;
    return isLast ? Number.POSITIVE_INFINITY : plan.borders[feature * maxBins + bin]!;
  };
  return {
    base: plan.base,
    features: plan.features,
    rounds: trees.map((round) => round.map((tree) => unbinned(tree, border))),
    validationLosses: losses,
  };
}

function planOf(task: BoostTask): { readonly plan: BoostPlan; readonly control: Int32Array } {
  const { x, y, weights, outputs, loss, growth, categorical, monotone, earlyStopping } = task;
  const [count, features] = x.shape as [number, number];
  const aside = new Set(earlyStopping?.validation ?? []);
  const order = Int32Array.from({ length: count }, (_, row) => row);
  if (aside.size > 0) order.set([...order.filter((row) => !aside.has(row)), ...aside]);
  const rows = count - aside.size;
  const sizes = { rows, validationRows: aside.size, features, outputs };
  const threads = task.threads ?? (count * features < smallCells ? 1 : availableParallelism());
  const layout = layOut({ ...sizes, threads, maxLeaves: growth.maxLeaves });
  const memory = sharedMemory("boosting", layout.bytes);
  const data = new Float32Array(new SharedArrayBuffer(4 * count * features));
  const targets = new Float64Array(memory.buffer, layout.targets, count);
  const shares = new Float32Array(memory.buffer, layout.weights, count);
  for (let to = 0; to < count; to++) {
    const row = order[to]!;
    for (let feature = 0; feature < features; feature++)
      data[to * features + feature] = x.data[row * features + feature]!;
    targets[to] = y[row]!;
    shares[to] = weights?.[row] ?? 1;
  }
  const isCategorical = new Uint8Array(features);
  for (const feature of categorical) {
    checkCategories(x, feature);
    isCategorical[feature] = 1;
  }
  const plan: BoostPlan = {
    ...sizes,
    memory,
    threads,
    data: data.buffer as SharedArrayBuffer,
    binCounts: new Int32Array(new SharedArrayBuffer(4 * features)),
    borders: new Float32Array(new SharedArrayBuffer(4 * features * maxBins)),
    isCategorical,
    monotone: Int8Array.from({ length: features }, (_, feature) => monotone[feature] ?? 0),
    hasWeights: weights !== undefined,
    loss,
    base: boostLoss(loss).base(targets.subarray(0, rows), shares.subarray(0, rows), outputs),
    rounds: task.rounds,
    growth,
    earlyStopping: earlyStopping && { patience: earlyStopping.patience, tolerance: earlyStopping.tolerance },
    layout,
  };
  return { plan, control: new Int32Array(memory.buffer, layout.control, 16) };
}

function checkCategories({ data, shape }: Matrix, feature: number): void {
  const features = shape[1]!;
  const values = new Set<number>();
  for (let at = feature; at < data.length; at += features) if (!Number.isNaN(data[at]!)) values.add(data[at]!);
  if (values.size <= maxBins) return;
  throw new AthanorError(
    "ml/categories",
    `boosting: expected at most ${maxBins} categories, got ${values.size} in feature ${feature}`,
    {
      fix: "Leave the feature out of categorical, or join rare categories.",
      details: { feature, categories: values.size },
    },
  );
}

/** Below this many numbers a second thread takes longer to start than it saves. */
const smallCells = 50_000;
