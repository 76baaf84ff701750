import { compose } from "../../compose.ts";
import { stack } from "../../layer-of.ts";
import { dropout, linear, lstm } from "../../layers/index.ts";
import type { Network } from "../../network.ts";
import { aheadOfLast, lastStep } from "./ahead-of-last.ts";
import type { SeriesShape } from "./series-shape.ts";

/** Sizes of a recurrent network of series. */
export interface SeriesLstmOptions extends SeriesShape {
  readonly hidden?: number;
  readonly dropoutRate?: number;
}

/** How far the next steps are from the last one, by a recurrent layer: `[batch, window, channels] → [batch, horizon, targets]`. */
export const seriesLstm = ({ hidden = 64, dropoutRate = 0.1, ...shape }: SeriesLstmOptions): Network =>
  compose({
    name: "seriesLstm",
    inputs: { x: { dtype: "float32", shape: [shape.window, shape.channels] } },
    build({ g, inputs, apply }) {
      const states = apply("lstm", lstm({ hidden }), inputs.x!);
      const head = stack([dropout({ rate: dropoutRate }), linear({ outFeatures: shape.horizon * shape.targets })]);
      return aheadOfLast(g, inputs.x!, apply("head", head, lastStep(g, states, shape.window)), shape);
    },
  });
