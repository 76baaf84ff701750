import { type OptionInput, real, resolveOptions, Tensor } from "@athanor/core";
import { beta, type Mix, mixedShares } from "../mix.ts";

const options = {
  alpha: real(0.2, "how often rows are mixed half and half rather than hardly", { min: 0.05, max: 1 }),
};

/**
 * Adds each row of a batch and the one before, weighted by a share that the batch draws from Beta(α, α); classes likewise.
 *
 * @see Zhang et al. 2017, https://arxiv.org/abs/1710.09412
 */
export function mixup(input: OptionInput<typeof options> = {}): Mix {
  const { alpha } = resolveOptions("mixup", options, input);
  return {
    name: `mixup(${alpha})`,
    mix({ x, y }, random) {
      const kept = beta(alpha, random);
      const { data, shape } = x;
      const width = data.length / shape[0]!;
      const made = new (data.constructor as Float32ArrayConstructor)(data.length);
      // Whole numbers are rounded, not cut.
      const half = x.dtype === "uint8" ? 0.5 : 0;
      for (let i = 0; i < data.length; i++)
        made[i] = kept * data[i]! + (1 - kept) * data[(i - width + data.length) % data.length]! + half;
      return { x: new Tensor(x.dtype, made as never, shape) as typeof x, y: mixedShares(y, kept) };
    },
  };
}
