import { AthanorError, type DType, nearestName, Tensor } from "@athanor/core";
import { attributesOf, attributeValues } from "./attributes.ts";
import { constantTensor } from "./constant-tensor.ts";
import type { OpDefinition } from "./define-op.ts";
import { liveNodes } from "./live-nodes.ts";
import type { Attribute, Dim, Graph, Model, Node, ValueInfo, ValueType } from "./model.ts";
import { registry } from "./registry.ts";
import { loadTensor, type StoredTensor, storeTensor } from "./stored-tensor.ts";
import { Sugar } from "./sugar.ts";

/** A value of one builder's graph: a name with what is known of it. */
export interface Value {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly Dim[];
}

/** A node with its values and its operator's rules. */
export interface BuiltNode {
  readonly definition: OpDefinition;
  readonly name: string;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** What a node has beside operator, inputs and attributes. */
export interface NodeOptions {
  readonly domain?: string;
  /** How many outputs the node has. */
  readonly outputs?: number;
  readonly name?: string;
}

/** What a built model carries beside its graph. */
export interface BuildOptions {
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The standard's version that graphs are built in, with the versions of the other domains. */
const opsets: Readonly<Record<string, number>> = { "": 21, "ai.onnx.ml": 3, "com.microsoft": 1 };
const irVersion = 10;

/** Builds an ONNX graph operator by operator; types and shapes are inferred at once, so that a mistake fails where it is made. */
export class GraphBuilder extends Sugar {
  readonly #nodes: BuiltNode[] = [];
  readonly #values = new Map<string, Value>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: { readonly name: string; readonly value: Value }[] = [];
  readonly #initializers = new Map<string, StoredTensor>();
  readonly #constants = new Map<string, Value>();
  readonly #counts = new Map<string, number>();
  readonly #labels = new Set<string>();

  /**
   * Continues an imported graph.
   *
   * @throws `onnx/unknown-op` for an operator without rules, `onnx/shape` when a type cannot be inferred
   */
  static from({ graph }: Model): GraphBuilder {
    const g = new GraphBuilder();
    for (const { name, dtype, shape = [] } of graph.inputs)
      if (!graph.initializers.has(name)) g.input(name, dtype, shape);
    for (const [name, stored] of graph.initializers) g.#store(name, stored);
    for (const node of graph.nodes) g.#import(node, graph);
    for (const { name } of graph.outputs) g.output(name, g.value(name));
    return g;
  }

  #import(node: Node, graph: Graph): void {
    const inputs = node.inputs.map((name) => (name === "" ? undefined : this.value(name)));
    const definition = find(node.op, node.domain);
    const declared = new Map([...graph.values, ...graph.outputs].map((info) => [info.name, info]));
    this.#append(definition, inputs, node.attributes, node.outputs, node.name, (i) => declared.get(node.outputs[i]!));
  }

  get nodes(): readonly BuiltNode[] {
    return this.#nodes;
  }

  get inputs(): readonly ValueInfo[] {
    return this.#inputs;
  }

  get outputs(): readonly { readonly name: string; readonly value: Value }[] {
    return this.#outputs;
  }

  /** @throws `onnx/unknown-value` */
  value(name: string): Value {
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    const near = nearestName(name, this.#values.keys());
    throw new AthanorError("onnx/unknown-value", `Graph: expected the name of a value, got ${name}`, {
      ...(near ? { fix: `Write ${near}.` } : {}),
      details: { name },
    });
  }

  /** Declares a graph input. */
  input(name: string, dtype: DType, shape: readonly Dim[]): Value {
    const value = this.#declare({ name, dtype, shape });
    this.#inputs.push({ name, dtype, shape });
    return value;
  }

  /** Stores a weight. */
  initializer(name: string, tensor: Tensor): Value {
    return this.#store(name, storeTensor(tensor));
  }

  #store(name: string, stored: StoredTensor): Value {
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

  /** The value of a constant or weight; `undefined` for what is only known when the graph runs. */
  constantOf(value: Value | undefined): Tensor | undefined {
    const stored = value && this.#initializers.get(value.name);
    return stored && loadTensor(stored);
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
    const definition = find(name, domain);
    const node = this.#unique(label ?? name);
    const names = Array.from({ length: outputs }, (_, i) =>
      this.#unique(outputs === 1 ? `${node}_out` : `${node}_out${i}`),
    );
    return this.#append(definition, inputs, attributesOf(definition, attributes), names, node);
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
    const types = definition.infer({
      inputs,
      attributes: attributeValues(definition, attributes),
      outputCount: names.length,
      constant: (input) => this.constantOf(inputs[input]),
    });
    const outputs = names.map((name, i) => {
      const { dtype, shape } = { ...types[i]!, ...(types[i]!.shape === undefined ? declared(i) : {}) };
      if (shape === undefined) {
        throw new AthanorError(
          "onnx/shape",
          `${definition.name}: expected the shape of ${name || "its output"} to follow from its inputs, got inputs that do not say it`,
          {
            fix: "Give the shape as a constant, or make the model's inputs static.",
            details: { op: definition.name, output: name },
          },
        );
      }
      return name === "" ? { name, dtype, shape } : this.#declare({ name, dtype, shape });
    });
    this.#labels.add(label);
    this.#nodes.push({ definition, name: label, inputs, outputs, attributes });
    return outputs;
  }

  /** Makes a value an output of the graph under a name of its own. */
  output(name: string, value: Value): void {
    this.#outputs.push({ name, value });
  }

  /** The model: nodes that no output needs are left out. */
  build({ name = "athanor", metadata = {} }: BuildOptions = {}): Model {
    const renamed = this.#outputs.filter(({ name: output, value }) => output !== value.name);
    for (const { name: output, value } of renamed)
      this.#append(find("Identity", ""), [value], {}, [output], this.#unique("Identity"));
    const live = liveNodes(this.#nodes, new Set(this.#outputs.map((output) => output.name)));
    this.#nodes.length -= renamed.length;
    for (const output of renamed) this.#values.delete(output.name);
    const used = new Set([
      ...live.flatMap((node) => node.inputs.map((input) => input?.name)),
      ...this.#outputs.map((output) => output.name),
    ]);
    const domains = new Set(live.map(({ definition }) => definition.domain ?? "").concat(""));
    return {
      irVersion,
      opsets: Object.fromEntries([...domains].sort().map((domain) => [domain, opsets[domain]!])),
      producer: "athanor",
      metadata,
      graph: {
        name,
        nodes: live.map(toNode),
        inputs: this.#inputs,
        outputs: this.#outputs.map(({ name: output, value: { dtype, shape } }) => ({ name: output, dtype, shape })),
        initializers: new Map([...this.#initializers].filter(([key]) => used.has(key))),
        values: [],
      },
    };
  }

  #declare(value: Value): Value {
    if (this.#values.has(value.name)) {
      throw new AthanorError("onnx/duplicate-name", `Graph: expected names used once, got ${value.name} twice`, {
        fix: "Name the input, weight or output differently.",
        details: { name: value.name },
      });
    }
    this.#values.set(value.name, value);
    return value;
  }

  #unique(stem: string): string {
    let name: string;
    do {
      const count = this.#counts.get(stem) ?? 0;
      this.#counts.set(stem, count + 1);
      name = count === 0 ? stem : `${stem}_${count}`;
    } while (this.#values.has(name) || this.#labels.has(name));
    return name;
  }
}

const toNode = ({ definition, name, inputs, outputs, attributes }: BuiltNode): Node => ({
  op: definition.name,
  domain: definition.domain ?? "",
  name,
  inputs: inputs.map((input) => input?.name ?? ""),
  outputs: outputs.map((output) => output.name),
  attributes,
});

function find(name: string, domain: string): OpDefinition {
  const definition = registry.get(`${domain}:${name}`);
  if (definition !== undefined) return definition;
  const near = nearestName(
    name,
    [...registry.values()].map((known) => known.name),
  );
  throw new AthanorError(
    "onnx/unknown-op",
    `Graph: expected an operator with rules, got ${domain ? `${domain}.` : ""}${name}`,
    {
      fix: near ? `Did you mean ${near}?` : "Add packages/onnx/src/ops/NAME.ts.",
      details: { op: name, domain },
    },
  );
}

function checkArity({ name, inputs: [least, most] }: OpDefinition, inputs: readonly (Value | undefined)[]): void {
  const present = inputs.slice(0, least).every((input) => input !== undefined);
  if (present && inputs.length >= least && inputs.length <= most) return;
  const expected = least === most ? `${least}` : `${least} to ${most}`;
  throw new AthanorError(
    "onnx/arity",
    `${name}: expected ${expected} inputs, got ${inputs.filter((input) => input !== undefined).length}`,
    {
      details: { op: name, expected: [least, most] },
    },
  );
}
