import { Tensor } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import { golden } from "../testing/check-golden.ts";
import { type HashingVectorizer, hashingVectorizer } from "./hashing-vectorizer.ts";

const { hashed } = golden<{
  readonly hashed: readonly {
    readonly texts: string[];
    readonly options: Parameters<typeof hashingVectorizer>[0];
    readonly values: number[];
  }[];
}>("text-vectorizers");

/** Features are single-precision numbers. */
const tolerance = 1e-6;

async function exported(model: HashingVectorizer, texts: readonly string[]): Promise<Tensor> {
  const g = new GraphBuilder();
  g.output("features", model.toOnnx(g, g.input("texts", "string", ["batch"])));
  return (await (await openModel(g.build()))({ texts: new Tensor("string", texts, [texts.length]) })).features!;
}

const isClose = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThan(tolerance);
};

describe("hashed features of texts", () => {
  it.each(hashed.map((each) => [JSON.stringify(each.options), each] as const))(
    "are scikit-learn's, here and exported, with %s",
    async (_, { texts, options, values }) => {
      const model = hashingVectorizer(options);
      isClose(model.transform(texts).data, values);
      const { data, shape } = await exported(model, texts);
      expect(shape).toEqual([texts.length, model.options.nFeatures]);
      isClose(data as Float32Array, values);
    },
  );

  it("differ by seed, and are the same exported, also of texts too short for a run", async () => {
    const texts = ["two words", "", "one", "three short words", "机 器"];
    const [model, other] = [3, 4].map((seed) => hashingVectorizer({ nFeatures: 16, ngramMax: 4, seed })) as [
      HashingVectorizer,
      HashingVectorizer,
    ];
    expect(model.transform(texts).data).not.toEqual(other.transform(texts).data);
    isClose((await exported(model, texts)).data as Float32Array, model.transform(texts).data);
    isClose((await exported(model, ["", "a"])).data as Float32Array, new Float32Array(32));
  });

  it("are refused for runs longer at least than at most", () => {
    expect(() => hashingVectorizer({ ngramMin: 3 })).toThrow(expect.objectContaining({ code: "ml/n-grams" }));
  });
});
