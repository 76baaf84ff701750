import { readFile } from "node:fs/promises";
import { AthanorError, float32, nearestName, show, Tensor } from "@athanor/core";
import { decodeSound } from "@athanor/data";
import type { Row } from "../task/define-task.ts";
import type { Field, ModelCard } from "../task/model-card.ts";

/** Turns an image given as a path, base64 text or bytes into pixels `[channels, height, width]`. */
export type DecodeImage = (value: unknown) => Promise<Uint8Array>;

/**
 * Turns rows into the model's input tensors, one a field.
 *
 * @param shapes the model's input shapes by name; numbers and texts are `[rows, 1]`, images `[rows, channels, height, width]`
 * @throws `predict/unknown-field`, `predict/missing-field`, `predict/wrong-type`
 */
export async function feedsOf(
  card: ModelCard,
  rows: readonly Row[],
  shapes: Readonly<Record<string, readonly (number | string)[]>>,
  decodeImage: DecodeImage,
): Promise<Record<string, Tensor>> {
  checkRows(card, rows);
  const feeds: Record<string, Tensor> = {};
  for (const field of card.inputs) {
    const values = rows.map((row) => row[field.name] ?? undefined);
    feeds[field.name] = await tensorOf(field, values, shapes[field.name] ?? [rows.length, 1], decodeImage);
  }
  return feeds;
}

/** @throws `predict/unknown-field`, `predict/missing-field`, `predict/wrong-type` */
export function checkRows(card: ModelCard, rows: readonly Row[]): void {
  for (const [i, row] of rows.entries()) checkRow(card, row, i);
}

function checkRow({ inputs }: ModelCard, row: Row, index: number): void {
  const names = inputs.map(({ name }) => name);
  for (const key of Object.keys(row)) {
    if (names.includes(key)) continue;
    const near = nearestName(key, names);
    throw new AthanorError(
      "predict/unknown-field",
      `Row ${index}: expected the fields ${names.join(", ")}, got ${key}`,
      {
        fix: near ? `Write ${near}.` : `Remove ${key}.`,
        details: { row: index, field: key, known: names },
      },
    );
  }
  for (const field of inputs) {
    const value = row[field.name] ?? undefined;
    if (value === undefined) {
      if (field.optional) continue;
      throw new AthanorError(
        "predict/missing-field",
        `Row ${index}: expected ${field.name} (${field.help}), got nothing`,
        {
          fix: `Give ${field.name}, for example ${show(field.example)}.`,
          details: { row: index, field: field.name },
        },
      );
    }
    if (!accepts[field.type](value, field)) {
      throw new AthanorError(
        "predict/wrong-type",
        `Row ${index}: expected ${field.name} to be a ${field.type}${field.length ? ` of ${field.length} numbers` : ""}, got ${show(value)}`,
        {
          fix: `Give ${field.name}, for example ${show(field.example)}.`,
          details: { row: index, field: field.name, value },
        },
      );
    }
  }
}

const accepts: Readonly<Record<Field["type"], (value: unknown, field: Field) => boolean>> = {
  number: (value) => typeof value === "number" && Number.isFinite(value),
  flag: (value) => typeof value === "boolean",
  text: (value) => typeof value === "string",
  label: (value) => typeof value === "string",
  image: (value) => typeof value === "string" || value instanceof Uint8Array,
  distribution: () => false,
  sound: (value) => typeof value === "string" || value instanceof Uint8Array,
  series: (value, { length }) =>
    Array.isArray(value) && value.length === length && value.every((each) => Number.isFinite(each)),
  spans: () => false,
};

/** The bytes of a file that is given as such, as a path, or in base64. */
const bytesOf = async (value: unknown): Promise<Uint8Array> =>
  value instanceof Uint8Array
    ? value
    : /\.wav$/i.test(String(value))
      ? readFile(String(value))
      : Buffer.from(String(value), "base64");

async function tensorOf(
  field: Field,
  values: readonly unknown[],
  shape: readonly (number | string)[],
  decodeImage: DecodeImage,
): Promise<Tensor> {
  const rows = values.length;
  if (field.type === "number" || field.type === "flag") {
    return new Tensor(
      "float32",
      Float32Array.from(values, (value) => (value === undefined ? Number.NaN : Number(value))),
      [rows, 1],
    );
  }
  if (field.type === "series") return float32((values as number[][]).flat(), [rows, field.length!]);
  if (field.type === "sound") {
    const shape = { rate: field.rate!, length: field.length! };
    const sounds = await Promise.all(values.map(async (value) => decodeSound("predict", await bytesOf(value), shape)));
    return float32(Float32Array.from(sounds.flatMap((each) => [...each])), [rows, shape.length]);
  }
  if (field.type !== "image") {
    return new Tensor(
      "string",
      values.map((value) => (value === undefined ? "" : String(value))),
      [rows, 1],
    );
  }
  const [, ...image] = shape as readonly number[];
  const size = image.reduce((product, length) => product * length, 1);
  const pixels = new Uint8Array(rows * size);
  for (const [i, value] of values.entries()) pixels.set(await decodeImage(value), i * size);
  return new Tensor("uint8", pixels, [rows, ...image]);
}
