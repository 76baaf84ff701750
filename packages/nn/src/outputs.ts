import type { DType, Tensor } from "@athanor/core";
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

/** Targets, or what is said of them, by the names of their graph inputs. */
export const targetsByName = <E extends { readonly dtype: DType }>(
  targets: E | Readonly<Record<string, E>>,
): Record<string, E> =>
  typeof targets.dtype === "string"
    ? { [prefix]: targets as E }
    : Object.fromEntries(Object.entries(targets).map(([name, each]) => [`${prefix}${name}`, each]));

/** What `targetsByName` named, as it was: a single one, or all by the names they were given. */
const targetsNamed = <E>(named: Readonly<Record<string, E>>): E | Record<string, E> =>
  named[prefix] ??
  Object.fromEntries(
    Object.entries(named).flatMap(([name, each]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), each]] : [],
    ),
  );

/** The targets as a loss sees them, among the inputs of a graph. */
export const asTargets: (inputs: Readonly<Record<string, Value>>) => Outputs = targetsNamed;

/** The targets as a metric sees them, among the tensors that a graph was fed. */
export const tensorsOfTargets: (feeds: Readonly<Record<string, Tensor>>) => TensorsOf<Outputs> = targetsNamed;
