import { type Random, sizeOf, Tensor } from "@athanor/core";
import type { GraphBuilder } from "@athanor/onnx";
import type { BuildContext } from "./network.ts";

interface Mask {
  readonly name: string;
  readonly size: number;
  readonly shape: readonly number[];
  readonly keep: number;
}

/** The masks that a network asks for while it builds its graph: inputs of bytes, drawn anew for each step. */
export class DrawnMasks {
  readonly #masks: Mask[] = [];

  /** What declares a mask of a graph. */
  of =
    (g: GraphBuilder): BuildContext["mask"] =>
    (label, dims, keep) => {
      const [name, shape] = [`mask:${label}`, dims as readonly number[]];
      this.#masks.push({ name, shape, size: sizeOf(shape), keep });
      return g.cast(g.input(name, "uint8", shape), "float32");
    };

  /** All masks for one step, each from a stream of its own name. */
  draw(random: Random): Record<string, Tensor> {
    return Object.fromEntries(
      this.#masks.map(({ name, shape, size, keep }) => {
        const own = random.split(name);
        const threshold = keep * 2 ** 32;
        const bits = Uint8Array.from({ length: size }, () => Number(own.uint32() < threshold));
        return [name, new Tensor("uint8", bits, shape)];
      }),
    );
  }
}
