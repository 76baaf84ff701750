import { GraphBuilder, type Value } from "@athanor/onnx";
import { type Apply, applyWithin, collectLayers } from "./apply-layer.ts";
import type { Layer } from "./define-layer.ts";
import type { BuildContext } from "./network.ts";

/** What a layer of layers sees while it builds its part of a graph. */
export interface LayerComposition extends Pick<BuildContext, "g" | "isTraining"> {
  readonly x: Value;
  readonly apply: Apply;
}

/** A layer from a function that applies layers to a float32 value; they hold their parameters under the names it gives them. */
export function layerOf(name: string, build: (context: LayerComposition) => Value): Layer {
  const known = new Map<string, Pick<ReturnType<typeof collectLayers>, "parameters" | "buffers">>();
  const collect = (shape: Value["shape"]) => {
    const key = shape.join();
    const held = known.get(key);
    if (held) return held;
    const g = new GraphBuilder();
    const { apply, parameters, buffers } = collectLayers(g);
    build({ g, isTraining: false, x: g.input("x", "float32", shape), apply });
    known.set(key, { parameters, buffers });
    return { parameters, buffers };
  };
  return {
    name,
    options: {},
    parameters: (shape) => collect(shape).parameters,
    buffers: (shape) => collect(shape).buffers,
    build: (context) => build({ ...context, apply: applyWithin(context) }),
  };
}

/** Layers one after another as one; the i-th is called `i`. */
export const stack = (layers: readonly Layer[]): Layer =>
  layerOf("stack", ({ x, apply }) => layers.reduce((value, layer, i) => apply(String(i), layer, value), x));

/**
 * What layers make of a value, added to the value itself, or to what the shortcut makes of it.
 *
 * @see He et al. 2015, https://arxiv.org/abs/1512.03385
 */
export const residual = (layers: readonly Layer[], shortcut: readonly Layer[] = []): Layer =>
  layerOf("residual", ({ g, x, apply }) =>
    g.add(apply("main", stack(layers), x), shortcut.length === 0 ? x : apply("shortcut", stack(shortcut), x)),
  );
