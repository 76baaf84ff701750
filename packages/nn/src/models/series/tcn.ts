import { compose } from "../../compose.ts";
import { residual, stack } from "../../layer-of.ts";
import { conv1d, dropout, linear, relu } from "../../layers/index.ts";
import type { Network } from "../../network.ts";
import { aheadOfLast, lastStep } from "./ahead-of-last.ts";
import type { SeriesShape } from "./series-shape.ts";

/** Sizes of a convolutional network of series. */
export interface TcnOptions extends SeriesShape {
  readonly width?: number;
  /** Blocks of which each looks twice as far as the one before. */
  readonly blocks?: number;
  readonly dropoutRate?: number;
}

/**
 * How far the next steps are from the last one, by convolutions of growing reach: `[batch, window, channels] → [batch, horizon, targets]`.
 *
 * @see Bai et al. 2018, https://arxiv.org/abs/1803.01271
 */
export const tcn = ({ width = 32, blocks = 4, dropoutRate = 0.1, ...shape }: TcnOptions): Network =>
  compose({
    name: "tcn",
    inputs: { x: { dtype: "float32", shape: [shape.window, shape.channels] } },
    build({ g, inputs, apply }) {
      let maps = apply("stem", conv1d({ channels: width, kernel: 1 }), g.transpose(inputs.x!, [0, 2, 1]));
      for (let i = 0; i < blocks; i++) {
        const dilation = 2 ** i;
        const conv = () => conv1d({ channels: width, dilation, padding: dilation });
        maps = apply(`block${i}`, residual([relu({}), conv(), relu({}), dropout({ rate: dropoutRate }), conv()]), maps);
      }
      const head = stack([relu({}), linear({ outFeatures: shape.horizon * shape.targets })]);
      const last = lastStep(g, g.transpose(maps, [0, 2, 1]), shape.window);
      return aheadOfLast(g, inputs.x!, apply("head", head, last), shape);
    },
  });
