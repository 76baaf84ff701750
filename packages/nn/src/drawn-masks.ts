import { type Random, sizeOf, Tensor } from "@athanor/core";
import type { GraphBuilder } from "@athanor/onnx";
import type { BuildContext } from "./network.ts";

interface Mask {
  readonly size: number;
  readonly shape: readonly number[];
  readonly keep: number;
}

/** The masks that a network asks for while it builds its graph: inputs of bytes, drawn anew for each step. */
export class DrawnMasks {
  /** Those of each graph, by how many rows it is for. */
  readonly #masks = new Map<number, Map<string, Mask>>();

  /** What declares a mask of a graph; `rows` tells graphs for batches of other lengths apart. */
  of(g: GraphBuilder, rows = 0): BuildContext["mask"] {
    const masks = this.#masks.get(rows) ?? new Map<string, Mask>();
    this.#masks.set(rows, masks);
    return (label, dims, keep) => {
      const [name, shape] = [`mask:${label}`, dims as readonly number[]];
      masks.set(name, { shape, size: sizeOf(shape), keep });
      return g.cast(g.input(name, "uint8", shape), "float32");
    };
  }

  /** All masks for one step, each from a stream of its own name. */
  draw(random: Random, rows = 0): Record<string, Tensor> {
    return Object.fromEntries(
      Array.from(this.#masks.get(rows) ?? [], ([name, { shape, size, keep }]) => {
        const own = random.split(name);
        const threshold = keep * 2 ** 32;
        const bits = Uint8Array.from({ length: size }, () => Number(own.uint32() < threshold));
        return [name, new Tensor("uint8", bits, shape)];
      }),
    );
  }
}
