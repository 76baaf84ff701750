import { runAhead } from "@athanor/core";
import type { TrainingStep } from "@athanor/runtime";
import type { FitOptions } from "../fit-options.ts";
import { ahead } from "./ahead.ts";
import { diverged } from "./diverged.ts";
import { outOfMemory } from "./out-of-memory.ts";
import type { Training } from "./prepare-training.ts";

type Reporting = Pick<FitOptions, "signal" | "onProgress" | "onStep" | "epochs">;

/** What the steps of an epoch came to. */
export interface EpochSteps {
  /** Mean over the rows. */
  readonly loss: number;
  readonly speed: { readonly rowsPerSecond: number; readonly stepsPerSecond: number };
}

/**
 * Runs the steps of an epoch, counted from 1; the next batches are made meanwhile.
 *
 * @throws `nn/diverged`, `nn/memory`, and what making a batch throws
 */
export async function runEpoch(
  step: TrainingStep,
  { plan, steps, feedsAt, rateAt }: Training,
  epoch: number,
  { signal, onProgress, onStep, epochs }: Reporting,
): Promise<EpochSteps> {
  const batches = plan.batches(epoch);
  const first = (epoch - 1) * batches.length;
  const reportEvery = Math.ceil(steps / 200);
  const made = ahead(batches.length, (i) => feedsAt(first + i, batches[i]!));
  const started = performance.now();
  let [total, rows] = [0, 0];
  let turn = Promise.resolve();
  const start = async (i: number) => {
    const [before, batch] = [turn, made.next()];
    const { promise, resolve } = Promise.withResolvers<void>();
    turn = promise;
    try {
      const feeds = await batch;
      // Batches that are made in no order still go to the step in theirs.
      await before;
      const running = step.run(feeds, { learningRate: rateAt(first + i), signal });
      return running.catch((error) => {
        throw outOfMemory(error, batches[i]!.length);
      });
    } finally {
      resolve();
    }
  };
  try {
    await runAhead(batches.length, start, ({ loss }, i) => {
      signal?.throwIfAborted();
      const [at, learningRate] = [first + i, rateAt(first + i)];
      if (!Number.isFinite(loss)) throw diverged({ what: "loss", loss, step: at, learningRate });
      total += loss * batches[i]!.length;
      rows += batches[i]!.length;
      if (at % reportEvery === 0) onStep?.({ step: at + 1, loss, learningRate });
      onProgress?.({
        stage: `epoch ${epoch}/${epochs}`,
        done: i + 1,
        total: batches.length,
        unit: "steps",
        metrics: { loss: total / rows, "learning rate": learningRate },
      });
    });
  } finally {
    await made.settled();
  }
  const seconds = Math.max(performance.now() - started, 1e-3) / 1000;
  return {
    loss: total / rows,
    speed: { rowsPerSecond: rows / seconds, stepsPerSecond: batches.length / seconds },
  };
}
