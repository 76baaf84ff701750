import { float32, Tensor } from "@athanor/core";
import { plainNode } from "../rewrite/plain-node.ts";
import { storeTensor } from "../stored-tensor.ts";
import { quantizeColumns, roundedColumns } from "./quantize-columns.ts";
import type { QuantizeMatrix } from "./quantized-matrix.ts";
import type { QuantizeValue } from "./quantized-value.ts";

/** A matrix of signed bytes, multiplied with bytes: what it is multiplied with is rounded too. */
export const integerMatrix =
  (quantizeValue: QuantizeValue): QuantizeMatrix =>
  (name, matrix, factor, graph) => {
    const quantized = quantizeColumns(matrix);
    const { whole, scales } = quantized;
    const [weight, scale] = [graph.fresh(`${name}_int8`), graph.fresh(`${name}_scales`)];
    return {
      rounded: () => roundedColumns(quantized),
      initializers: new Map([
        [weight, storeTensor(new Tensor("int8", whole, [matrix.rows, matrix.columns]))],
        [scale, storeTensor(float32(scales.map((each) => each * factor)))],
      ]),
      product(x, bias, y, view) {
        const { bytes, step, zero, rowScales, nodes, initializers } = quantizeValue(x, view);
        const product = (inputs: readonly string[], to: string) =>
          plainNode("MatMulIntegerToFloat", [bytes, weight, step, scale, zero, ...inputs], [to], {
            domain: "com.microsoft",
          });
        if (rowScales === undefined)
          return { nodes: [...nodes, product(bias === undefined ? [] : ["", bias], y)], initializers };
        const [raw, scaled] = [view.fresh(`${y}_unscaled`), bias === undefined ? y : view.fresh(`${y}_product`)];
        const added = bias === undefined ? [] : [plainNode("Add", [scaled, bias], [y])];
        return {
          nodes: [...nodes, product([], raw), plainNode("Mul", [raw, rowScales], [scaled]), ...added],
          initializers,
        };
      },
    };
  };
