import { float32 } from "@athanor/core";
import type { Model } from "../model.ts";
import { storeTensor } from "../stored-tensor.ts";
import { domain } from "./blocked-convolutions.ts";

/** A model whose output `blocks`, `[1, block, 1, 1]`, shows how many channels the runtime has in a block; 4 where it has none. */
export const blockProbe = (): Model => ({
  irVersion: 10,
  opsets: { "": 21, [domain]: 1 },
  producer: "athanor",
  metadata: {},
  graph: {
    name: "block-probe",
    nodes: [{ op: "ReorderInput", domain, name: "blocks", inputs: ["x"], outputs: ["blocks"], attributes: {} }],
    inputs: [],
    outputs: [{ name: "blocks", dtype: "float32", shape: [1, "block", 1, 1] }],
    initializers: new Map([["x", storeTensor(float32([1, 1, 1, 1], [1, 4, 1, 1]))]]),
    values: [],
  },
});
