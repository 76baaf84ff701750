import type { Tensor } from "@athanor/core";
import type { GraphBuilder, Value } from "./graph/graph-builder.ts";
import type { Attribute, Dim, Graph, ValueType } from "./model.ts";

export interface Declared<Kind extends Attribute["kind"], T> {
  readonly kind: Kind;
  readonly default: T | undefined;
}

export type AttributeDeclaration =
  | Declared<"int" | "float", number>
  | Declared<"string", string>
  | Declared<"tensor", Tensor>
  | Declared<"graph", Graph>
  | Declared<"ints" | "floats", readonly number[]>
  | Declared<"strings", readonly string[]>;

export type AttributeSpec = Readonly<Record<string, AttributeDeclaration>>;

/** Attribute values as an operator's rules read them; without a default they may be absent. */
export type AttributeValues<S extends AttributeSpec> = {
  readonly [K in keyof S]: NonNullable<S[K]["default"]> | MissingOf<S[K]>;
};
type MissingOf<D> = D extends { readonly isOptional: true } ? undefined : never;

export interface Optional {
  readonly isOptional: true;
}

const declare = <D extends AttributeDeclaration>(kind: D["kind"], value: unknown) =>
  ({ kind, default: value, isOptional: value === undefined }) as unknown;

/** A whole number with ONNX's default. */
export const int = (value: number) => declare("int", value) as Declared<"int", number>;
export const float = (value: number) => declare("float", value) as Declared<"float", number>;
export const string = <T extends string>(value: T) => declare("string", value) as Declared<"string", string>;
export const ints = (value: readonly number[]) => declare("ints", value) as Declared<"ints", readonly number[]>;
export const strings = (value: readonly string[]) =>
  declare("strings", value) as Declared<"strings", readonly string[]>;

/** A body that every node has. */
export const body = { kind: "graph", default: undefined } as Declared<"graph", Graph>;

/** Attributes that a node may leave out, with no default in the standard. */
export const optional = {
  int: declare("int", undefined) as Declared<"int", number> & Optional,
  float: declare("float", undefined) as Declared<"float", number> & Optional,
  string: declare("string", undefined) as Declared<"string", string> & Optional,
  tensor: declare("tensor", undefined) as Declared<"tensor", Tensor> & Optional,
  ints: declare("ints", undefined) as Declared<"ints", readonly number[]> & Optional,
  floats: declare("floats", undefined) as Declared<"floats", readonly number[]> & Optional,
  strings: declare("strings", undefined) as Declared<"strings", readonly string[]> & Optional,
};

export interface InferContext<S extends AttributeSpec> {
  /** Types of the inputs; `undefined` where one is left out. */
  readonly inputs: readonly (ValueType | undefined)[];
  readonly attributes: AttributeValues<S>;
  /** How many outputs the node has. */
  readonly outputCount: number;
  /** An input's value where it is known while the graph is built, such as the target of a Reshape. */
  constant(input: number): Tensor | undefined;
  /** What an input states as lengths of a shape; `undefined` for one that only a run tells, and for all where not even their number is known. */
  lengths(input: number): readonly (Dim | undefined)[] | undefined;
  /** Types of what a body gives for inputs of the given types. */
  body(graph: Graph, inputs: readonly ValueType[]): readonly ValueType[];
}

export interface DecomposeContext<S extends AttributeSpec> {
  readonly g: GraphBuilder;
  readonly inputs: readonly (Value | undefined)[];
  /** What the operator itself gives; a decomposition reads its types. */
  readonly outputs: readonly Value[];
  readonly attributes: AttributeValues<S>;
  constant(input: number): Tensor | undefined;
}

export interface GradientContext<S extends AttributeSpec> {
  readonly g: GraphBuilder;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Values of the surrounding graph that the node's bodies read: for `wants` and the result they follow the inputs. */
  readonly captures: readonly Value[];
  /** Gradients of the outputs; `undefined` where the loss does not depend on one. */
  readonly upstream: readonly (Value | undefined)[];
  readonly attributes: AttributeValues<S>;
  /** Whether the gradient of an input is wanted; others need not be built. */
  wants(input: number): boolean;
  constant(input: number): Tensor | undefined;
}

/** What a graph may be rewritten by, beside an operator's rules; nothing is assumed where nothing is said. */
export interface OpAlgebra {
  /** False where two nodes with the same inputs may differ, as random numbers do; true when left out. */
  readonly isPure?: boolean;
  /** Whether the order of the inputs does not matter. */
  readonly isCommutative?: boolean;
  /** The second operand (in a commutative operator, either) that gives the other one back. */
  readonly neutral?: number;
  /** Whether applying it twice gives back the input. */
  readonly isInvolution?: boolean;
  /** Whether the output is the first input under another shape, so that it takes no memory of its own. */
  readonly isView?: boolean;
}

/** An operator: how its outputs' types follow from its inputs, and how gradients flow back through it. */
export interface OpDefinition<S extends AttributeSpec = AttributeSpec> {
  /** The name that ONNX gives it. */
  readonly name: string;
  /** Empty for the standard's own operators. */
  readonly domain?: string;
  /** The standard's version that brought it, where graphs are built in an older one by default. */
  readonly since?: number;
  readonly attributes: S;
  /** Fewest and most inputs. */
  readonly inputs: readonly [least: number, most: number];
  readonly algebra?: OpAlgebra;
  /** Whether whole numbers that it gives stand for real ones, so that gradients pass straight through the rounding. */
  readonly isQuantized?: boolean;
  infer(context: InferContext<S>): readonly ValueType[];
  /** The outputs by what the runtime computes faster than the operator; `undefined` where it does not. */
  lower?(context: DecomposeContext<S>): readonly Value[] | undefined;
  /** The outputs by operators that the runtime has on graphics processors; `undefined` where the operator itself will do. */
  onGpu?(context: DecomposeContext<S>): readonly Value[] | undefined;
  /** One gradient an input, `undefined` where none flows; sums over broadcast axes are taken by the walk. */
  readonly gradient?: (context: GradientContext<S>) => readonly (Value | undefined)[];
  /** The outputs made of other operators; without a rule of its own the operator is differentiated through them. */
  readonly decompose?: (context: DecomposeContext<S>) => readonly (Value | undefined)[];
}

/** Declares an operator; its file is named after it. */
export const defineOp = <const S extends AttributeSpec>(definition: OpDefinition<S>): OpDefinition =>
  definition as unknown as OpDefinition;
