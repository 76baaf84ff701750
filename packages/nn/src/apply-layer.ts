import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Extras, Layer } from "./define-layer.ts";
import type { BuildContext, ParameterSpec } from "./network.ts";

/**
 * Puts a value through a layer, whose parameters are known as `name.key`; some layers look at more than one value. Layers
 * under one name share what they call alike.
 */
export type Apply = (name: string, layer: Layer, x: Value, extras?: Extras) => Value;

type Surroundings = Pick<
  BuildContext,
  "g" | "isTraining" | "parameters" | "buffers" | "mask" | "moveBuffer" | "within"
>;

/** Applies layers to parameters that a network or an enclosing layer holds. */
export const applyWithin =
  (context: Surroundings): Apply =>
  (prefix, layer, x, extras = {}) => {
    const build = () =>
      layer.build({
        g: context.g,
        isTraining: context.isTraining,
        x,
        extras,
        options: layer.options as never,
        parameters: startingWith(context.parameters, prefix),
        buffers: startingWith(context.buffers, prefix),
        mask: (label, shape, keep) => context.mask(`${prefix}.${label}`, shape, keep),
        moveBuffer: (key, moved) => context.moveBuffer(`${prefix}.${key}`, moved),
      });
    return context.within ? context.within(prefix, build) : build();
  };

const startingWith = (values: Readonly<Record<string, Value>>, prefix: string): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith(`${prefix}.`) ? [[key.slice(prefix.length + 1), value]] : [],
    ),
  );

/** A dry run over a scratch graph tells each layer the shape it gets, and collects what it holds. */
export function collectLayers(g: GraphBuilder) {
  const parameters: Record<string, ParameterSpec> = {};
  const buffers: Record<string, ParameterSpec> = {};
  const declared = new Map<string, Value>();
  /** What is there already under a name is shared. */
  const declare = (name: string, shape: readonly number[]) => {
    const value = declared.get(name) ?? g.input(name, "float32", shape);
    declared.set(name, value);
    return value;
  };
  const held = (kind: string, prefix: string, own: Readonly<Record<string, ParameterSpec>>) =>
    Object.fromEntries(
      Object.entries(own).map(([key, { shape }]) => [key, declare(`${kind}:${prefix}.${key}`, shape)]),
    );
  const apply: Apply = (prefix, layer, x, extras = {}) => {
    const [own, state] = [layer.parameters(x.shape), layer.buffers(x.shape)];
    for (const [key, spec] of Object.entries(own)) parameters[`${prefix}.${key}`] ??= spec;
    for (const [key, spec] of Object.entries(state)) buffers[`${prefix}.${key}`] ??= spec;
    return layer.build({
      g,
      isTraining: false,
      x,
      extras,
      options: layer.options as never,
      parameters: held("parameter", prefix, own),
      buffers: held("buffer", prefix, state),
      mask: () => g.constant(1),
      moveBuffer: () => {},
    });
  };
  return { apply, parameters, buffers };
}
