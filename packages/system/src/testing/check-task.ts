import { isAbort, resolveOptions, Tensor } from "@athanor/core";
import type { Table } from "@athanor/data";
import { readModel, verify } from "@athanor/onnx";
import { describe, expect, it } from "vitest";
import { predictRows } from "../predict/predict-rows.ts";
import type { Row, TaskDeclaration } from "../task/define-task.ts";
import type { ImageSet } from "../task/image-set.ts";
import { cardKey } from "../task/model-card.ts";
import { openModel } from "../task/open-model.ts";
import type { SoundSet } from "../task/sound-set.ts";

export interface TaskFixture {
  readonly declaration: TaskDeclaration;
  readonly tables?: Readonly<Record<string, Table>>;
  readonly images?: Readonly<Record<string, ImageSet>>;
  readonly sounds?: Readonly<Record<string, SoundSet>>;
  /** Rows to predict; the card's examples when left out. */
  readonly rows?: readonly Row[];
  /** A metric that must be reached on the held-back rows. */
  readonly reaches: { readonly metric: string; readonly atLeast?: number; readonly atMost?: number };
}

/** Checks a task on a small fixture: it learns, gives the same bytes twice, whether interrupted or not, describes itself, and predicts rows alike alone and together. */
export function checkTask({
  declaration: { task, options: given },
  tables = {},
  images = {},
  sounds = {},
  rows,
  reaches,
}: TaskFixture): void {
  const options = resolveOptions(task.name, task.options, given);
  const context = {
    name: "fixture",
    options,
    seed: 3,
    table: async (name: string) => tables[name]!,
    images: async (name: string) => images[name]!,
    sounds: async (name: string) => sounds[name]!,
  };
  const train = () => {
    const checkpoint = { load: async () => undefined, save: async () => {} };
    return task.train({ ...context, log: async () => {}, checkpoint });
  };
  /** A training that ends with its first checkpoint, and one that goes on from there. */
  const trainInTwo = async () => {
    let saved: Uint8Array | undefined;
    const controller = new AbortController();
    const save = async (bytes: Uint8Array) => {
      if (saved === undefined) controller.abort();
      saved = bytes;
    };
    const interrupted = { log: async () => {}, checkpoint: { load: async () => saved, save } };
    try {
      return await task.train({ ...context, ...interrupted, signal: controller.signal });
    } catch (error) {
      expect([saved !== undefined, isAbort(error)]).toEqual([true, true]);
      return task.train({ ...context, ...interrupted });
    }
  };
  let first: ReturnType<typeof train> | undefined;
  const trained = () => (first ??= train());

  describe(`the task ${task.name}`, () => {
    it("learns, describes itself in the file, and gives the same bytes for the same seed, interrupted or not", async () => {
      const { model, card } = await trained();
      const read = readModel(model);
      verify(read);
      expect(JSON.parse(read.metadata[cardKey]!)).toEqual(JSON.parse(JSON.stringify(card)));
      expect(card.task).toBe(task.name);
      expect((await trainInTwo()).model).toEqual(model);
      await using opened = await openModel(model, card);
      const { metrics } = await task.evaluate(context, opened);
      expect(metrics[card.headline.metric]).toBeDefined();
      expect(metrics[reaches.metric]).toBeGreaterThanOrEqual(reaches.atLeast ?? Number.NEGATIVE_INFINITY);
      expect(metrics[reaches.metric]).toBeLessThanOrEqual(reaches.atMost ?? Number.POSITIVE_INFINITY);
    });

    it("predicts what its card declares, rows alone and together", async () => {
      const { model, card } = await trained();
      await using opened = await openModel(model, card);
      const predict = (asked: readonly Row[]) => (task.predict ?? predictRows)(opened, asked, {});
      const names = opened.session.inputs.map(({ name }) => name);
      if (!task.predict) expect(names.sort()).toEqual(card.inputs.map(({ name }) => name).sort());
      const asked = rows ?? [Object.fromEntries(card.inputs.map(({ name, example }) => [name, example])), {}];
      const together = await predict(asked);
      for (const [i, row] of asked.entries()) {
        const [alone] = await predict([row]);
        expect(Object.keys(alone!)).toEqual(card.outputs.map(({ name }) => name));
        expect(alone).toEqual(nearly(together[i]));
      }
      await expect(predict([{ nonsense: 1 }])).rejects.toMatchObject({
        code: "predict/unknown-field",
      });
    });

    it("stops when it is told", async () => {
      const running = task.train({
        ...context,
        signal: AbortSignal.abort(),
        log: async () => {},
        checkpoint: { load: async () => undefined, save: async () => {} },
      });
      await expect(running).rejects.toMatchObject({ name: "AbortError" });
    });
  });
}

/** The runtime multiplies one row and several in another order, so that sums differ by rounding. */
function nearly(value: unknown): unknown {
  if (typeof value === "number") return expect.closeTo(value, 5 - Math.ceil(Math.log10(Math.max(1, Math.abs(value)))));
  if (Array.isArray(value)) return value.map(nearly);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, nearly(each)]));
}

/** Grey pictures of 8 by 8: a bright left or right half, with noise. */
export function halves(count: number, random: { uniform(): number }): ImageSet {
  const labels = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? "left" : "right"));
  const data = Uint8Array.from({ length: count * 64 }, (_, i) => {
    const isBright = i % 8 < 4 === (Math.floor(i / 64) % 2 === 0);
    return (isBright ? 150 : 40) + 60 * random.uniform();
  });
  return {
    pixels: new Tensor("uint8", data, [count, 1, 8, 8]),
    labels,
    paths: labels.map((label, i) => `${label}/${i}.png`),
  };
}
