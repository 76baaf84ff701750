import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Graph, Model, Node } from "../model.ts";
import { loadTensor, storeTensor, withRest } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { readModel } from "./read-model.ts";
import { readFields } from "./wire.ts";
import { writeModel } from "./write-model.ts";

const golden = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../../golden/onnx/files/${name}`, import.meta.url))));

/** Kinds of messages by the fields that hold others; what is not named here is compared as bytes. */
const parts: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  model: { 7: "graph", 25: "function" },
  graph: { 1: "node", 5: "tensor", 11: "value", 12: "value", 13: "value" },
  function: { 7: "node", 11: "attribute" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph" },
  tensor: {},
  value: {},
};

/** Fields that are looked up by name, so that their order says nothing: versions, metadata, attributes. */
const sets: Readonly<Record<string, readonly number[]>> = { model: [8, 14], function: [9, 11], node: [5] };

type Field = readonly [number: number, value: string | readonly Field[]];

/** A message as its fields by number, in the order of each number; wherever the fields of another number stand. */
function fieldsOf(bytes: Uint8Array, kind: string): readonly Field[] {
  const fields = [...readFields(bytes)].map(({ number, value, raw }): Field => {
    const inner = parts[kind]![number];
    return [number, inner ? fieldsOf(value as Uint8Array, inner) : Buffer.from(raw).toString("hex")];
  });
  const ordered = fields.sort(([a], [b]) => a - b);
  const isSet = ([number]: Field) => sets[kind]?.includes(number) ?? false;
  return [...ordered.filter((field) => !isSet(field)), ...ordered.filter(isSet).sort(byText)];
}

const byText = (a: Field, b: Field): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** The same model in parts of its own, none of which remembers the bytes it came from. */
const remade = (model: Model): Model => ({
  ...model,
  graph: remadeGraph(model.graph),
  ...(model.functions
    ? { functions: model.functions.map((each) => ({ ...each, nodes: each.nodes.map(remadeNode) })) }
    : {}),
});
const remadeNode = (node: Node): Node => ({ ...node });
const remadeGraph = (graph: Graph): Graph => ({
  ...graph,
  nodes: graph.nodes.map(remadeNode),
  initializers: new Map(
    [...graph.initializers].map(([name, stored]) => [name, withRest(storeTensor(loadTensor(stored)), stored.rest)]),
  ),
});

describe("a file with every field that the standard has, and some that it has not", () => {
  const names = [0, 1, 2].map((k) => `every-field-${k}.onnx`);

  it("is given back byte for byte", () => {
    for (const name of names) expect(writeModel(readModel(golden(name))), name).toEqual(golden(name));
  });

  it("keeps every field of parts that are written anew", () => {
    for (const name of names) {
      const bytes = golden(name);
      expect(fieldsOf(writeModel(remade(readModel(bytes))), "model"), name).toEqual(fieldsOf(bytes, "model"));
    }
  });
});

describe("a file with every element type", () => {
  const model = readModel(golden("element-types.onnx"));
  const types = [...new Set([...model.graph.initializers.keys()].map((name) => name.split("_")[0]!))];

  it("has the same values raw and as a list, before and after it is written", () => {
    const again = readModel(writeModel(remade(model)));
    expect(types).toHaveLength(25);
    for (const type of types) {
      const [listed, raw] = ["list", "raw"].map((how) => loadTensor(model.graph.initializers.get(`${type}_${how}`)!));
      expect([type, raw]).toEqual([type, listed]);
      expect(loadTensor(again.graph.initializers.get(`${type}_list`)!)).toEqual(listed);
    }
  });

  it("holds whole numbers by value, floats of eight bits as bits and complex numbers as pairs", () => {
    const dataOf = (name: string) => [...(loadTensor(model.graph.initializers.get(`${name}_raw`)!).data as Int8Array)];
    expect(dataOf("INT4")).toEqual([0, 7, -8]);
    expect(dataOf("UINT4")).toEqual([0, 7, 15]);
    expect(dataOf("INT2")).toEqual([0, 1, -2]);
    expect(dataOf("FLOAT8E4M3FN")).toEqual([0, 0x3c, 0xc0]);
    expect(dataOf("COMPLEX64")).toEqual([0, 0, 1.5, 2, -0, -3]);
  });

  it("gives the runtime the same numbers when it is written anew", async () => {
    const [own, anew] = await Promise.all([model, remade(model)].map(async (each) => (await openModel(each))({})));
    expect(anew).toEqual(own);
    expect(Object.keys(own!)).toHaveLength(2 * 19);
    expect([...(own!.FLOAT8E5M2_list_float!.data as Float32Array)]).toEqual([0, 1.5, -2]);
    expect([...(own!.INT4_list_float!.data as Float32Array)]).toEqual([0, 7, -8]);
  });
});
