import { float32, Tensor } from "@athanor/core";
import type { Attribute } from "../model.ts";
import { plainNode } from "../rewrite/plain-node.ts";
import { storeTensor } from "../stored-tensor.ts";
import { transposed } from "./matrix.ts";
import { type BlockFormat, quantizeBlocks, roundedBlocks } from "./quantize-blocks.ts";
import type { QuantizeMatrix } from "./quantized-matrix.ts";

/** A matrix of a few bits a weight, with one scale a block of a column; what it is multiplied with stays as it is. */
export const blockMatrix =
  (format: BlockFormat): QuantizeMatrix =>
  (name, matrix, factor, graph) => {
    const { bits, blockSize } = format;
    const { rows, columns } = matrix;
    const quantized = quantizeBlocks(transposed(matrix), format);
    const { packed, scales } = quantized;
    const blocks = Math.ceil(rows / blockSize);
    const [weight, scale] = [graph.fresh(`${name}_int${bits}`), graph.fresh(`${name}_scales`)];
    const numbers = { K: rows, N: columns, bits, block_size: blockSize };
    const attributes = Object.fromEntries(
      Object.entries(numbers).map(([key, value]): [string, Attribute] => [key, { kind: "int", value }]),
    );
    return {
      rounded: () => transposed(roundedBlocks(quantized, rows, format)),
      initializers: new Map([
        [weight, storeTensor(new Tensor("uint8", packed, [columns, blocks, (blockSize * bits) / 8]))],
        [
          scale,
          storeTensor(
            float32(
              scales.map((each) => each * factor),
              [columns, blocks],
            ),
          ),
        ],
      ]),
      product: (x, bias, y) => ({
        nodes: [
          plainNode("MatMulNBits", [x, weight, scale, ...(bias === undefined ? [] : ["", "", bias])], [y], {
            domain: "com.microsoft",
            attributes,
          }),
        ],
        initializers: new Map(),
      }),
    };
  };
