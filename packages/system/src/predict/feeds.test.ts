import { wav } from "@athanor/data/testing";
import { expect, it } from "vitest";
import type { Field, ModelCard } from "../task/model-card.ts";
import { coerceRow } from "./coerce-row.ts";
import { feedsOf } from "./feeds.ts";

const card = (field: Pick<Field, "name" | "type" | "length" | "rate">): ModelCard => ({
  task: "a task",
  summary: "",
  inputs: [{ help: "what it takes", ...field }],
  outputs: [],
  headline: { metric: "mse", better: "lower" },
  details: {},
});
const load = card({ name: "load", type: "series", length: 3 });
const feeds = (model: ModelCard, row: Readonly<Record<string, unknown>>) =>
  feedsOf(model, [row], {}, async () => new Uint8Array(0));

it("takes a series of the model's length, from a command line as text", async () => {
  const { load: tensor } = await feeds(load, coerceRow(load, { load: "1, 2,3.5" }));
  expect([tensor!.shape, [...tensor!.data]]).toEqual([
    [1, 3],
    [1, 2, 3.5],
  ]);
  await expect(feeds(load, { load: [1, 2] })).rejects.toMatchObject({
    code: "predict/wrong-type",
    message: expect.stringContaining("a series of 3 numbers"),
  });
});

it("takes a sound as bytes or in base64, at another rate as well", async () => {
  const model = card({ name: "sound", type: "sound", rate: 1000, length: 4 });
  const bytes = wav(1000, Float32Array.of(0.5, -0.5));
  const [raw, coded] = await Promise.all([bytes, bytes.toString("base64")].map((sound) => feeds(model, { sound })));
  expect(raw!.sound!.shape).toEqual([1, 4]);
  expect(coded!.sound!.data).toEqual(raw!.sound!.data);
  await expect(feeds(model, { sound: "bm90aGluZw==" })).rejects.toMatchObject({ code: "data/broken-sound" });
});
