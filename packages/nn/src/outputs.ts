import { Tensor } from "@athanor/core";
import type { Value } from "@athanor/onnx";

/** What a network gives or learns from: one value, or several by name. */
export type Outputs = Value | Readonly<Record<string, Value>>;

/** The tensors of such values in a run. */
export type TensorsOf<O extends Outputs> = O extends Value ? Tensor : { readonly [K in keyof O]: Tensor };

/** Values by name; a single one is called `output`. */
export const outputsByName = (outputs: Outputs): Readonly<Record<string, Value>> =>
  typeof outputs.dtype === "string" ? { output: outputs as Value } : (outputs as Readonly<Record<string, Value>>);

/** Begins the names of graph inputs that targets are fed to, as no input of a network does; a single one has nothing after it. */
const prefix = "target:";

/** Targets by the names of their graph inputs. */
export const targetsByName = (targets: Tensor | Readonly<Record<string, Tensor>>): Record<string, Tensor> =>
  targets instanceof Tensor
    ? { [prefix]: targets }
    : Object.fromEntries(Object.entries(targets).map(([name, tensor]) => [`${prefix}${name}`, tensor]));

/** The targets as a loss sees them, from the graph inputs of `targetsByName`. */
export const asTargets = (inputs: Readonly<Record<string, Value>>): Outputs =>
  inputs[prefix] ??
  Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
