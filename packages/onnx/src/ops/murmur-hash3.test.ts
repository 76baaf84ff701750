import { Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { GraphBuilder } from "../index.ts";
import { openModel } from "../testing/index.ts";

it("hashes the bytes of texts", async () => {
  const g = new GraphBuilder();
  const text = g.input("text", "string", ["batch"]);
  g.output("hashes", g.op("MurmurHash3", [text], { positive: 0, seed: 0 }, { domain: "com.microsoft" }));
  const { hashes } = await (await openModel(g.build()))({ text: new Tensor("string", ["cat", "été", "机器"], [3]) });
  expect([...(hashes!.data as Int32Array)]).toEqual([1751422759, 865297935, -787544742]);
});
