import { int64, Tensor } from "@athanor/core";
import { checkChange } from "../../testing/check-change.ts";
import { labelEncoderLists } from "./label-encoder-lists.ts";

const classes = { kind: "strings", value: ["a", "b", "书"] } as const;

checkChange(labelEncoderLists, [
  {
    title: "places of words",
    op: "LabelEncoder",
    opset: 1,
    inputs: [new Tensor("string", ["书", "a", "c"], [3])],
    attributes: { classes_strings: classes, default_int64: { kind: "int", value: -1 } },
    outputs: ["int64"],
  },
  {
    title: "words of places",
    op: "LabelEncoder",
    opset: 1,
    inputs: [int64([2, 0, 7])],
    attributes: { classes_strings: classes, default_string: { kind: "string", value: "?" } },
    outputs: ["string"],
  },
]);
