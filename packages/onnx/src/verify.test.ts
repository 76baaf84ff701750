import { float32, int64 } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { int, node } from "./convert/node-forms.ts";
import type { Graph, Model } from "./model.ts";
import { storeTensor } from "./stored-tensor.ts";
import { verify } from "./verify.ts";

const x = { name: "x", dtype: "float32", shape: [2] } as const;
const y = { ...x, name: "y" };
const model = (graph: Partial<Graph>, opsets: Model["opsets"] = { "": 21 }): Model => ({
  irVersion: 10,
  opsets,
  producer: "",
  metadata: {},
  graph: { name: "g", inputs: [x], outputs: [y], initializers: new Map(), values: [], nodes: [], ...graph },
});
const relu = node("Relu", ["x"], ["y"]);
const weight = (values: readonly number[]) => storeTensor(float32(values));

const illegal: readonly (readonly [what: string, code: string, model: Model])[] = [
  ["an output that nothing computes", "onnx/undefined-value", model({})],
  [
    "a value used before it is computed",
    "onnx/undefined-value",
    model({ nodes: [node("Relu", ["a"], ["y"]), node("Relu", ["x"], ["a"])] }),
  ],
  ["a node that reads its own output", "onnx/undefined-value", model({ nodes: [node("Add", ["x", "y"], ["y"])] })],
  ["a value computed twice", "onnx/duplicate-name", model({ nodes: [relu, relu] })],
  [
    "a value that takes the name of an input",
    "onnx/duplicate-name",
    model({ nodes: [relu, node("Neg", ["x"], ["x"])] }),
  ],
  ["an input declared twice", "onnx/duplicate-name", model({ inputs: [x, x], nodes: [relu] })],
  ["an input without a name", "onnx/empty-name", model({ inputs: [x, { ...x, name: "" }], nodes: [relu] })],
  ["a node without an operator", "onnx/empty-name", model({ nodes: [node("", ["x"], ["y"])] })],
  ["a domain without a version", "onnx/missing-opset", model({ nodes: [{ ...relu, domain: "own" }] })],
  [
    "operands of two types",
    "onnx/type",
    model({ initializers: new Map([["w", storeTensor(int64([1]))]]), nodes: [node("Add", ["x", "w"], ["y"])] }),
  ],
  [
    "an output of another type than stated",
    "onnx/type",
    model({ nodes: [node("Cast", ["x"], ["y"], { to: int(7) })] }),
  ],
  [
    "an inner value of another type than stated",
    "onnx/type",
    model({ values: [{ ...x, name: "a" }], nodes: [node("Greater", ["x", "x"], ["a"]), relu] }),
  ],
  [
    "a default of another shape than its input",
    "onnx/type",
    model({ initializers: new Map([["x", weight([1, 2, 3])]]), nodes: [relu] }),
  ],
  [
    "a body that reads what comes later",
    "onnx/undefined-value",
    model({
      nodes: [
        {
          ...node("If", ["c"], ["y"]),
          attributes: {
            then_branch: { kind: "graph", value: model({ inputs: [], nodes: [node("Neg", ["later"], ["y"])] }).graph },
          },
        },
        node("Relu", ["x"], ["later"]),
      ],
      inputs: [x, { name: "c", dtype: "bool", shape: [] }],
    }),
  ],
];

describe("verify", () => {
  for (const [what, code, given] of illegal) {
    it(`refuses ${what}`, () => {
      expect(() => verify(given)).toThrow(expect.objectContaining({ code }));
    });
  }

  it("takes defaults of inputs, symbolic lengths and outputs left out", () => {
    const inputs = [{ ...x, shape: ["n"] }];
    const nodes = [{ ...node("Dropout", ["x"], ["y", ""]) }];
    expect(() => verify(model({ inputs, initializers: new Map([["x", weight([1, 2])]]), nodes }))).not.toThrow();
  });
});
