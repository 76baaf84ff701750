import type { DType, Tensor } from "@athanor/core";
import type { StoredTensor } from "./stored-tensor.ts";

/** Length of an axis; a string is symbolic, such as `batch`. */
export type Dim = number | string;

/** What is known of a value before it is computed; an `undefined` shape has unknown rank. */
export interface ValueType {
  readonly dtype: DType;
  readonly shape: readonly Dim[] | undefined;
}

/** A value's name with its type. */
export interface ValueInfo extends ValueType {
  readonly name: string;
  /** The encoded type where none of a tensor is stated (a sequence, a map, nothing): `dtype` and `shape` then say nothing. */
  readonly foreign?: Uint8Array;
  /** Encoded parts that this package does not look into, kept as they came. */
  readonly rest?: readonly Uint8Array[];
}

/** An attribute as ONNX tags it. */
export type Attribute =
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "tensor"; readonly value: Tensor }
  | { readonly kind: "graph"; readonly value: Graph }
  | { readonly kind: "ints"; readonly value: readonly (number | bigint)[] }
  | { readonly kind: "floats"; readonly value: readonly number[] }
  | { readonly kind: "strings"; readonly value: readonly string[] }
  /** Inside a function: the value that the call gives to the function's attribute of this name. */
  | { readonly kind: "reference"; readonly value: string; readonly type: number }
  /** Kinds this package does not look into, kept as they came. */
  | { readonly kind: "opaque"; readonly value: Uint8Array };

/** One use of an operator: names of values in, names of values out. */
export interface Node {
  readonly op: string;
  /** Empty for the standard's own operators. */
  readonly domain: string;
  readonly name: string;
  /** An empty name is an input left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Tells functions of one name apart. */
  readonly overload?: string;
  /** Encoded parts that this package does not look into, kept as they came. */
  readonly rest?: readonly Uint8Array[];
}

/** Nodes in an order in which they can run, with what goes in, what comes out and what is stored. */
export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: ReadonlyMap<string, StoredTensor>;
  /** Types of inner values, where the file states them. */
  readonly values: readonly ValueInfo[];
  /** Encoded parts of the graph that this package does not look into, kept as they came. */
  readonly rest?: readonly Uint8Array[];
}

/** An operator that a model defines by a graph of others. */
export interface ModelFunction {
  readonly name: string;
  readonly domain: string;
  /** Tells functions of one name apart. */
  readonly overload: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Attributes that a call must give, then those with a default. */
  readonly attributes: readonly string[];
  readonly defaults: Readonly<Record<string, Attribute>>;
  readonly nodes: readonly Node[];
  readonly opsets: Readonly<Record<string, number>>;
  /** Encoded parts that this package does not look into, kept as they came. */
  readonly rest?: readonly Uint8Array[];
}

/** An ONNX model as plain data. */
export interface Model {
  readonly irVersion: number;
  /** Domain to version; the standard's domain is the empty string. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly producer: string;
  readonly graph: Graph;
  readonly metadata: Readonly<Record<string, string>>;
  readonly functions?: readonly ModelFunction[];
  /** Encoded parts of the model that this package does not look into, kept as they came. */
  readonly rest?: readonly Uint8Array[];
}
