import { atOnce, type DType, inSlices, type Slices, Tensor } from "@athanor/core";
import { attributesOf, attributeValues } from "../attributes.ts";
import { constantTensor } from "../constant-tensor.ts";
import type { OpDefinition } from "../define-op.ts";
import { evaluateNode } from "../evaluate/evaluate-node.ts";
import { adoptModel } from "../import/adopt-model.ts";
import type { ImportOptions } from "../import/prepare-model.ts";
import type { Attribute, Dim, Graph, Model, Node, ValueInfo, ValueType } from "../model.ts";
import { isFloat } from "../shapes.ts";
import { loadTensor, type StoredTensor, storeTensor } from "../stored-tensor.ts";
import { type BuildOptions, type BuiltNode, type NodeOptions, toNode, type Value } from "./built-node.ts";
import { withCallSite } from "./call-site.ts";
import { checkArity } from "./check-arity.ts";
import { checkOwners } from "./check-owners.ts";
import { findDefinition } from "./find-definition.ts";
import { bodiesOf, freeNames, namesIn } from "./free-names.ts";
import { FreshNames } from "./fresh-names.ts";
import { guarded } from "./guarded.ts";
import { inlineGraph } from "./inline-graph.ts";
import { modelOf } from "./model-of.ts";
import { duplicateName, unknownValue } from "./name-errors.ts";
import type { Operand, Sequence } from "./sequence.ts";
import { settledType } from "./settled-type.ts";
import { statedLengths } from "./stated-lengths.ts";
import { Sugar } from "./sugar.ts";
import { withoutSequences } from "./without-sequences.ts";

export type { BuildOptions, BuiltNode, NodeOptions, Value } from "./built-node.ts";

/** Builds an ONNX graph operator by operator; types and shapes are inferred at once, so that a mistake fails where it is made. */
export class GraphBuilder extends Sugar {
  readonly #nodes: BuiltNode[] = [];
  readonly #values = new Map<string, Value>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: { readonly name: string; readonly value: Value }[] = [];
  readonly #initializers = new Map<string, StoredTensor>();
  readonly #constants = new Map<string, Value>();
  readonly #producers = new Map<string, BuiltNode>();
  readonly #sequences = new Map<string, Sequence>();
  readonly #computed = new Map<string, Tensor | undefined>();
  readonly nodes: readonly BuiltNode[] = this.#nodes;
  readonly inputs: readonly ValueInfo[] = this.#inputs;
  readonly initializers: ReadonlyMap<string, StoredTensor> = this.#initializers;
  readonly outputs: readonly { readonly name: string; readonly value: Value }[] = this.#outputs;
  readonly #names: FreshNames;
  readonly #outer: GraphBuilder | undefined;

  /** @param outer the graph whose values a body may read */
  constructor(outer?: GraphBuilder) {
    super();
    this.#outer = outer;
    this.#names = outer ? outer.#names : new FreshNames();
  }

  /**
   * Continues an imported graph.
   *
   * @throws `onnx/unknown-op` for an operator without rules, `onnx/shape` when a type cannot be inferred
   */
  static from(model: Model, options: ImportOptions = {}): GraphBuilder {
    const g = new GraphBuilder();
    adoptModel(g, model, options);
    return g;
  }

  /** Applies a node of a model to values of this graph; its outputs get the given names. */
  adopt(
    node: Node,
    inputs: readonly (Value | undefined)[],
    names: readonly string[],
    declared?: (output: number) => ValueType | undefined,
  ): readonly Value[] {
    return guarded(node, () => {
      const known = this.#evaluate(node, inputs, names.length);
      // Floating-point results stay nodes: what they read may be a weight, whose gradient flows through them.
      if (known?.every(({ dtype }) => !isFloat(dtype) || node.op === "Constant") && !names.includes(""))
        return known.map((tensor, i) => this.initializer(names[i]!, tensor));
      return this.#append(findDefinition(node.op, node.domain), inputs, node.attributes, names, node.name, declared);
    });
  }

  #evaluate(
    { op, domain, attributes }: Pick<Node, "op" | "domain" | "attributes">,
    types: readonly (Value | undefined)[],
    outputCount: number,
  ): readonly Tensor[] | undefined {
    const constant = (input: number) => this.constantOf(types[input]);
    return evaluateNode({ op, domain, attributes, types, outputCount, constant });
  }

  /** @throws `onnx/unknown-value` */
  value(name: string): Value {
    const value = this.#find(name);
    if (value !== undefined) return value;
    throw unknownValue(name, this.#values.keys());
  }

  #find(name: string): Value | undefined {
    const own = this.#values.get(name);
    return own === undefined && this.#outer ? this.#outer.#find(name) : own;
  }

  /** What a name of a model stands for: a value, or a sequence of them. */
  operand(name: string): Operand {
    const own = this.#sequences.get(name);
    return own ?? (this.#outer && !this.#values.has(name) ? this.#outer.operand(name) : this.value(name));
  }

  /** Gives several values a name together. */
  sequence(name: string, parts: readonly Value[]): Sequence {
    this.#sequences.set(name, { name, parts });
    return { name, parts };
  }

  /** Keeps names of a model that is being adopted from being given to other values. */
  reserve(names: Iterable<string>): void {
    for (const name of names) this.#names.take(name);
  }

  readonly #unique = (stem: string): string => this.#names.find(stem, this.#values);

  /** True for a value of this graph, or of one around it. */
  owns = (value: Value): boolean => this.#find(value.name) === value;

  /** Declares a graph input. */
  input(name: string, dtype: DType, shape: readonly Dim[]): Value {
    const value = this.#declare({ name, dtype, shape });
    this.#inputs.push({ name, dtype, shape });
    return value;
  }

  /** Stores a weight. */
  initializer(name: string, tensor: Tensor | StoredTensor): Value {
    const stored = tensor instanceof Tensor ? storeTensor(tensor) : tensor;
    this.#initializers.set(name, stored);
    return this.#declare({ name, dtype: stored.dtype, shape: stored.shape });
  }

  /** A small constant: equal ones share one initializer. */
  constant(value: number | readonly number[] | Tensor, dtype: Exclude<DType, "string"> = "float32"): Value {
    const tensor = value instanceof Tensor ? value : constantTensor(value, dtype);
    const key = `${tensor.dtype}:${tensor.shape.join(",")}:${tensor.size > 256 ? this.#constants.size : Array.from(tensor.data as ArrayLike<unknown>).join(",")}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const stored = this.initializer(this.#unique("constant"), tensor);
    this.#constants.set(key, stored);
    return stored;
  }

  /** The value of a constant, of a weight or of what is computed of them; `undefined` for what only a run tells. */
  constantOf(value: Value | undefined): Tensor | undefined {
    if (value === undefined) return undefined;
    const stored = this.#initializers.get(value.name);
    if (stored) return loadTensor(stored);
    const producer = this.#producers.get(value.name);
    if (producer === undefined) return this.#outer?.constantOf(value);
    if (!this.#computed.has(value.name)) {
      const known = this.#evaluate(toNode(producer), producer.inputs, producer.outputs.length);
      for (const [i, { name }] of producer.outputs.entries()) this.#computed.set(name, known?.[i]);
    }
    return this.#computed.get(value.name);
  }

  /** The node of this graph, or of one around it, that gives a value. */
  producerOf(value: Value): BuiltNode | undefined {
    return this.#producers.get(value.name) ?? this.#outer?.producerOf(value);
  }

  /**
   * Applies an operator with one output.
   *
   * @throws `onnx/unknown-op`, `onnx/arity`, `onnx/attribute`, `onnx/shape`, `onnx/dtype`
   */
  override op(
    name: string,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, unknown>> = {},
    options: NodeOptions = {},
  ): Value {
    return this.ops(name, inputs, attributes, { ...options, outputs: 1 })[0]!;
  }

  /** Applies an operator and returns all its outputs. */
  ops(
    name: string,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, unknown>> = {},
    { domain = "", outputs = 1, name: label }: NodeOptions = {},
  ): readonly Value[] {
    return withCallSite(() => {
      const definition = findDefinition(name, domain);
      checkOwners(this, name, inputs);
      const node = this.#unique(label ?? name);
      const ends = outputs === 1 ? ["out"] : Array.from({ length: outputs }, (_, i) => `out${i}`);
      const names = ends.map((end) => this.#unique(`${node}_${end}`));
      return this.#append(definition, inputs, attributesOf(definition, attributes), names, node);
    });
  }

  #append(
    definition: OpDefinition,
    inputs: readonly (Value | undefined)[],
    attributes: Readonly<Record<string, Attribute>>,
    names: readonly string[],
    label: string,
    declared: (output: number) => ValueType | undefined = () => undefined,
  ): readonly Value[] {
    checkArity(definition, inputs);
    const given = new Map<Graph, readonly ValueType[]>();
    const types = definition.infer({
      inputs,
      attributes: attributeValues(definition, attributes),
      outputCount: names.length,
      constant: (input) => this.constantOf(inputs[input]),
      lengths: (input) => statedLengths(this, inputs[input]),
      body: (body, inputTypes) => {
        given.set(body, inputTypes);
        const { inner, values } = this.#inside(inputTypes);
        return inlineGraph(inner, body, values);
      },
    });
    const settled = withoutSequences(attributes, (body) =>
      this.body(given.get(body) ?? [], (inner, values) => inlineGraph(inner, body, values)),
    );
    const bodies = bodiesOf({ attributes: settled });
    const captures = [...new Set(bodies.flatMap((body) => [...freeNames(body)]))].map((name) => this.value(name));
    const outputs = names.map((name, i) => {
      const value = settledType(definition.name, name, types[i]!, declared(i));
      return name === "" ? value : this.#declare(value);
    });
    this.#names.take(label);
    for (const body of bodies) for (const name of namesIn(body)) this.#names.take(name);
    const node = { definition, name: label, inputs, outputs, attributes: settled, captures };
    this.#nodes.push(node);
    for (const { name } of outputs) this.#producers.set(name, node);
    return outputs;
  }

  #inside(types: readonly ValueType[]) {
    const inner = new GraphBuilder(this);
    return { inner, values: types.map(({ dtype, shape }) => inner.input(inner.fresh("in"), dtype, shape ?? [])) };
  }

  /** Builds the body of a node, a graph that may also read this graph's values; outputs stand in the order returned. */
  body(
    inputs: readonly ValueType[],
    build: (inner: GraphBuilder, inputs: readonly Value[]) => readonly Value[],
  ): Graph {
    const { inner, values } = this.#inside(inputs);
    for (const value of build(inner, values)) inner.output(inner.fresh("out"), value);
    return inner.build({ name: this.fresh("body") }).graph;
  }

  /** A name that this graph does not use yet. */
  fresh(stem: string): string {
    return this.#names.take(this.#unique(stem));
  }

  /** Makes a value an output of the graph under a name of its own. */
  output(name: string, value: Value): void {
    this.#outputs.push({ name, value });
  }

  /** The model: nodes that no output needs are left out. */
  build(options?: BuildOptions): Model {
    return atOnce(this.#built(options));
  }

  /** The model as `build` makes it, letting timers and input run meanwhile. */
  buildInSlices(options?: BuildOptions): Promise<Model> {
    return inSlices(this.#built(options));
  }

  #built({ name = "athanor", metadata = {}, outputs: chosen }: BuildOptions = {}): Slices<Model> {
    const outputs = chosen ? Object.entries(chosen).map(([output, value]) => ({ name: output, value })) : this.#outputs;
    const renamed = outputs.filter(({ name: output, value }) => output !== value.name);
    for (const { name: output, value } of renamed)
      this.#append(findDefinition("Identity", ""), [value], {}, [output], this.#unique("Identity"));
    const nodes = [...this.#nodes];
    this.#nodes.length -= renamed.length;
    for (const output of renamed) this.#values.delete(output.name);
    return modelOf({ nodes, inputs: this.#inputs, outputs, initializers: this.#initializers, name, metadata });
  }

  #declare(value: Value): Value {
    if (this.#values.has(value.name)) throw duplicateName(value.name);
    this.#values.set(value.name, value);
    if (this.#outer) this.#names.take(value.name);
    return value;
  }
}
