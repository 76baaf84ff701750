import { existsSync, readFileSync } from "node:fs";
import { int64, type Tensor } from "@athanor/core";
import { openModel } from "@athanor/onnx/testing";
import { expect, it } from "vitest";
import { networkInputs, toOnnx } from "../evaluation-graph.ts";
import { fit } from "../fit.ts";
import { crf } from "../losses/index.ts";
import { adamW } from "../optimizers/index.ts";
import { viterbi } from "../viterbi.ts";
import { biLstmCrf } from "./bi-lstm-crf.ts";

const folder = `${process.env.ATHANOR_DATA ?? "../shared/data"}/resume-ner-zh`;
const tokens = 64;

type Text = readonly (readonly [character: string, tag: string])[];

const read = (name: string): readonly Text[] =>
  readFileSync(`${folder}/${name}.char.bmes`, "utf8")
    .split(/\n\s*\n/)
    .map((text) => text.split("\n").flatMap((line): Text => [line.trim().split(" ") as unknown as Text[number]]))
    .map((text) => text.filter(([, tag]) => tag !== undefined))
    .filter(({ length }) => length > 0 && length <= tokens);

const numbered = (names: Iterable<string>, from: number): ReadonlyMap<string, number> =>
  new Map([...new Set(names)].map((name, i) => [name, i + from]));

/** Spans from a beginning to its end, or of one character, with their kind. */
function entities(tags: readonly (string | undefined)[]): readonly string[] {
  let from = -1;
  return tags.flatMap((tag = "O", i) => {
    const [place, kind] = tag.split("-");
    if (place === "O") from = -1;
    if (place === "B" || place === "S") from = i;
    return (place === "E" || place === "S") && from >= 0 ? [`${from}–${i} ${kind}`] : [];
  });
}

it.skipIf(!existsSync(folder))(
  "finds the entities of résumés (skipped without the data's folder)",
  async () => {
    const [train, dev] = [read("train"), read("dev")];
    const characters = numbered(
      train.flatMap((text) => text.map(([character]) => character)),
      2,
    );
    const tags = numbered(
      train.flatMap((text) => text.map(([, tag]) => tag)),
      0,
    );
    const table = (texts: readonly Text[], of: (pair: Text[number]) => number, fill: number): Tensor<"int64"> =>
      int64(texts.flatMap((text) => [...text.map(of), ...Array<number>(tokens - text.length).fill(fill)])).reshape([
        texts.length,
        tokens,
      ]) as Tensor<"int64">;
    const inputs = (texts: readonly Text[]) => ({
      words: table(texts, ([character]) => characters.get(character) ?? 1, 0),
      lengths: int64(texts.map(({ length }) => length)),
    });

    const network = biLstmCrf({
      vocabulary: characters.size + 2,
      tokens,
      tags: tags.size,
      width: 64,
      hidden: 64,
      dropoutRate: 0.3,
    });
    const { weights } = await fit(
      network,
      { x: inputs(train), y: table(train, ([, tag]) => tags.get(tag)!, -1) },
      { loss: crf(), optimizer: adamW(), learningRate: 0.01, clipNorm: 5, epochs: 2, batchSize: 16, seed: 1 },
    );
    const model = toOnnx(network, weights, {
      wrap(g, apply) {
        const given = networkInputs(network, g);
        g.output("tags", viterbi(g, apply(given), given.lengths));
      },
    });
    const found = (await (await openModel(model))(inputs(dev))).tags!;

    const names = [...tags.keys()];
    let [right, expected, given] = [0, 0, 0];
    for (const [row, text] of dev.entries()) {
      const own = Array.from({ length: tokens }, (_, i) => names[Number(found.data[row * tokens + i])]);
      const [wanted, got] = [new Set(entities(text.map(([, tag]) => tag))), entities(own)];
      right += got.filter((entity) => wanted.has(entity)).length;
      expected += wanted.size;
      given += got.length;
    }
    expect((2 * right) / (expected + given)).toBeGreaterThan(0.85);
  },
  600_000,
);
