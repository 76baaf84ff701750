import { arrayOf, type DType, Tensor, type TensorData } from "@athanor/core";
import { expect } from "vitest";

export type Feeds = Readonly<Record<string, Tensor>>;

export interface Comparison {
  /** Gradients `grad0`, `grad1`, … by the input's place. */
  readonly results: Feeds;
  readonly feeds: Feeds;
  /** Places of the inputs to move. */
  readonly places: readonly number[];
  /** Element type in which inputs are moved. */
  readonly dtype: DType;
  readonly evaluate: (feeds: Feeds) => Promise<number>;
  readonly step: number;
  readonly tolerance: number;
}

/** Expects every element of every gradient to agree with (f(x + h) − f(x − h)) / 2h. */
export async function expectCentralDifferences(comparison: Comparison): Promise<void> {
  const { results, feeds, places, dtype, evaluate, step, tolerance } = comparison;
  const Elements = arrayOf(dtype as "float32");
  for (const place of places) {
    const { data, shape } = feeds[`in${place}`]!;
    const values = Float64Array.from(data as ArrayLike<number>);
    const gradient = results[`grad${place}`]!.data;
    const moved = (k: number, by: number) => {
      const elements = Elements.from(values.with(k, values[k]! + by)) as TensorData;
      return evaluate({ ...feeds, [`in${place}`]: new Tensor(dtype, elements, shape) });
    };
    // Started together: each would wait a turn of the event loop for the one before.
    const ends = await Promise.all(Array.from(values.keys(), (k) => Promise.all([moved(k, step), moved(k, -step)])));
    for (const [k, [above, below]] of ends.entries()) {
      const difference = (above - below) / (2 * step);
      const distance = Math.abs(Number(gradient[k]) - difference);
      const bound = tolerance * Math.max(1, Math.abs(difference));
      // Asked for only where it fails, since asking takes longer than comparing.
      if (distance < bound) continue;
      expect(distance, `input ${place}, element ${k}: ${gradient[k]} beside ${difference}`).toBeLessThan(bound);
    }
  }
}
