import { Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { GraphBuilder } from "../index.ts";
import { openModel } from "../testing/index.ts";

it.each([
  [
    "words by an expression",
    { tokenexp: "[\\p{L}\\p{N}_]+", mincharnum: 2 },
    ["été 12", "a b"],
    ["été", "12", "", ""],
    [2, 2],
  ],
  ["characters", { separators: [""], mincharnum: 1 }, ["机器", "x"], ["机", "器", "x", ""], [2, 2]],
])("cuts texts into %s, the shorter rows filled", async (_, cut, texts, expected, shape) => {
  const g = new GraphBuilder();
  const text = g.input("text", "string", ["batch"]);
  g.output("tokens", g.op("Tokenizer", [text], { mark: 0, pad_value: "", ...cut }, { domain: "com.microsoft" }));
  const { tokens } = await (await openModel(g.build()))({ text: new Tensor("string", texts, [2]) });
  expect(tokens!.data).toEqual(expected);
  expect(tokens!.shape).toEqual(shape);
});
