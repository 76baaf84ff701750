import type { LongWork } from "@athanor/core";
import type { Model, Row } from "../task/define-task.ts";
import { feedsOf } from "./feeds.ts";
import { imageDecoder } from "./image-decoder.ts";
import { rowsOf } from "./rows-of.ts";

/** Predicts rows with one run of the model. */
export async function predictRows(
  { session, card }: Model,
  rows: readonly Row[],
  { signal }: LongWork = {},
): Promise<readonly Row[]> {
  if (rows.length === 0) return [];
  const shapes = Object.fromEntries(session.inputs.map(({ name, shape }) => [name, shape ?? []]));
  const feeds = await feedsOf(card, rows, shapes, imageDecoder(shapes));
  return rowsOf(card, await session.run(feeds, { signal }), rows.length);
}
