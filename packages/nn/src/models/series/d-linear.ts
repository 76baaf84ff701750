import { compose } from "../../compose.ts";
import { linear } from "../../layers/index.ts";
import type { Network } from "../../network.ts";
import { sliceAxis } from "../../slice-axis.ts";
import type { SeriesShape } from "./series-shape.ts";

/** What decides about trends. */
export interface DLinearOptions extends SeriesShape {
  /** Steps of the moving average that is the trend; an odd number. */
  readonly kernel?: number;
}

/**
 * The next steps of each series by one linear map of its moving average and one of the rest, the same for all series, about the
 * window's own mean and in its own deviations: `[batch, window, channels] → [batch, horizon, targets]`.
 *
 * @see Zeng et al. 2022, https://arxiv.org/abs/2205.13504; Kim et al. 2022, "Reversible instance normalization"
 */
export const dLinear = ({ window, channels, targets, horizon, kernel = 25 }: DLinearOptions): Network =>
  compose({
    name: "dLinear",
    inputs: { x: { dtype: "float32", shape: [window, channels] } },
    build({ g, inputs, apply }) {
      const series = g.transpose(targets < channels ? sliceAxis(g, inputs.x!, 2, 0, targets) : inputs.x!, [0, 2, 1]);
      const mean = g.reduceMean(series, [2], true);
      const apart = g.sub(series, mean);
      const deviation = g.sqrt(g.add(g.reduceMean(g.mul(apart, apart), [2], true), 1e-5));
      const normal = g.div(apart, deviation);
      const half = (kernel - 1) / 2;
      const pads = g.constant([0, 0, half, 0, 0, half], "int64");
      const padded = g.op("Pad", [normal, pads], { mode: "edge" });
      const trend = g.op("AveragePool", [padded], { kernel_shape: [kernel] });
      const [slow, fast] = [
        apply("trend", linear({ outFeatures: horizon }), trend),
        apply("rest", linear({ outFeatures: horizon }), g.sub(normal, trend)),
      ];
      return g.transpose(g.add(g.mul(g.add(slow, fast), deviation), mean), [0, 2, 1]);
    },
  });
