import { Tensor } from "@athanor/core";
import type { Network } from "./network.ts";
import type { Outputs } from "./outputs.ts";

/** What a network expects of the values 0 to 255 of each channel: (value − mean) / deviation. */
export interface PixelScale {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** From −1 to 1. */
export const aroundZero: PixelScale = { mean: [127.5], deviation: [127.5] };

/** A network that takes pixels as files hold them, uint8 `[batch, channels, height, width]`, and scales them itself. */
export function pixelInput<O extends Outputs>(network: Network<O>, { mean, deviation }: PixelScale): Network<O> {
  const [name, { shape }] = Object.entries(network.inputs)[0]!;
  const [channels = 1] = shape as readonly number[];
  const each = (of: (channel: number) => number) =>
    new Tensor(
      "float32",
      Float32Array.from({ length: channels }, (_, c) => of(c)),
      [channels, 1, 1],
    );
  const at = (values: readonly number[], channel: number) => values[Math.min(channel, values.length - 1)]!;
  return {
    ...network,
    inputs: { [name]: { dtype: "uint8", shape } },
    build(context) {
      const { g } = context;
      const pixels = g.cast(context.inputs[name]!, "float32");
      const scaled = g.mul(pixels, g.constant(each((c) => 1 / at(deviation, c))));
      const x = g.add(scaled, g.constant(each((c) => -at(mean, c) / at(deviation, c))));
      return network.build({ ...context, inputs: { ...context.inputs, [name]: x } });
    },
  };
}
