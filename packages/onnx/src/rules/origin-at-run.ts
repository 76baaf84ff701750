import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { shapeError } from "../shapes.ts";
import type { RunResampling } from "./resample-at-run.ts";

/** Where each output position of a resized axis lies in the input, `[to]`. */
export function originAtRun(g: GraphBuilder, { coordinates, from, to, scale }: RunResampling): Value {
  const whole = (value: number) => g.constant(value, "int64");
  const position = g.cast(g.op("Range", [whole(0), to, whole(1)]), "float32");
  const isMany = () => g.cast(g.greater(to, 1), "float32");
  const middle = () => g.sub(g.div(g.add(position, 0.5), scale), 0.5);
  switch (coordinates) {
    case "half_pixel":
      return middle();
    case "half_pixel_symmetric": {
      const adjustment = g.div(g.cast(to, "float32"), g.mul(scale, from));
      return g.add(g.mul(g.sub(1, adjustment), from / 2), middle());
    }
    case "pytorch_half_pixel":
      return g.mul(middle(), isMany());
    case "align_corners":
      return g.div(g.mul(position, from - 1), g.cast(g.max(g.sub(to, 1), 1), "float32"));
    case "asymmetric":
      return g.div(position, scale);
    default:
      throw shapeError("Resize", `constant scales or sizes for ${coordinates}`, { dtype: "float32", shape: [from] });
  }
}
