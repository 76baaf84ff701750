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
  /** Those of each graph, by the lengths of the batches it is for. */
  readonly #masks = new Map<string, Map<string, Mask>>();

  /** What declares a mask of a graph; `lengths` tells graphs for batches of other lengths apart. */
  of(g: GraphBuilder, lengths = ""): BuildContext["mask"] {
    const masks = this.#masks.get(lengths) ?? new Map<string, Mask>();
    this.#masks.set(lengths, masks);
    return (label, dims, keep) => {
      const [name, shape] = [`mask:${label}`, dims as readonly number[]];
      masks.set(name, { shape, size: sizeOf(shape), keep });
      return g.cast(g.input(name, "uint8", shape), "float32");
    };
  }

  /** Whether a graph for batches of these lengths has been built. */
  knows(lengths: string): boolean {
    return this.#masks.has(lengths);
  }

  /** All masks for one step, each from a stream of its own name. */
  draw(random: Random, lengths = ""): Record<string, Tensor> {
    return Object.fromEntries(
      Array.from(this.#masks.get(lengths) ?? [], ([name, { shape, size, keep }]) => {
        const own = random.split(name);
        const threshold = keep * 2 ** 32;
        const bits = Uint8Array.from({ length: size }, () => Number(own.uint32() < threshold));
        return [name, new Tensor("uint8", bits, shape)];
      }),
    );
  }
}
