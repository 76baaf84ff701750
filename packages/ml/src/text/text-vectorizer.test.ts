import { Tensor } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { deserialize, serialize } from "../serialize.ts";
import { golden } from "../testing/check-golden.ts";
import { type TextVectorizer, textVectorizer, type VectorizerState } from "./text-vectorizer.ts";

const { records } = golden<{
  readonly records: readonly {
    readonly texts: string[];
    readonly options: Parameters<typeof textVectorizer>[0];
    readonly names: string[];
    readonly values: number[];
  }[];
}>("text-vectorizers");

async function exported(model: TextVectorizer, texts: readonly string[]): Promise<ArrayLike<number>> {
  const g = new GraphBuilder();
  g.output("features", model.toOnnx(g, g.input("texts", "string", ["batch"])));
  const { features } = await (await openModel(g.build()))({ texts: new Tensor("string", texts, [texts.length]) });
  return features!.data as Float32Array;
}

const isClose = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!), `${i}`).toBeLessThan(1e-6);
};

describe("features of texts", () => {
  it.each(records.map((each) => [JSON.stringify(each.options), each] as const))(
    "are scikit-learn's, here and exported, with %s",
    async (_, { texts, options, names, values }) => {
      const model = textVectorizer(options).fit(texts);
      expect(model.featureNames).toEqual(names);
      isClose(model.transform(texts).data, values);
      isClose(await exported(model, texts), values);
    },
  );

  it("are runs of characters for Chinese, and nothing for texts of other words", async () => {
    const vectorizer = textVectorizer({ analyzer: "char", ngramMin: 1, ngramMax: 2, minDf: 2 });
    const model = vectorizer.fit(["机器学习", "学习 机器", "器"]);
    expect(model.featureNames).toEqual(["习", "器", "学", "学 习", "机", "机 器"]);
    const unseen = ["我学习", "你好", ""];
    isClose(await exported(model, unseen), model.transform(unseen).data);
    const restored = vectorizer.restore(deserialize(serialize(model.state)) as VectorizerState);
    expect(restored.transform(unseen)).toEqual(model.transform(unseen));
    expect(() => textVectorizer({ minDf: 9 }).fit(["a few words"])).toThrow(/frequent enough/);
  });
});
