import type { Row } from "../task/define-task.ts";
import type { ModelCard } from "../task/model-card.ts";

/** Turns the texts of a command line or a CSV file into what a model's fields hold; what does not fit is left for the check to name. */
export function coerceRow({ inputs }: ModelCard, row: Readonly<Record<string, string>>): Row {
  const types = new Map(inputs.map(({ name, type }) => [name, type]));
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, coerce(value, types.get(name))]));
}

function coerce(value: string, type: string | undefined): unknown {
  if (value === "" && type !== "text") return undefined;
  if (type === "number") return Number.isFinite(Number(value)) ? Number(value) : value;
  if (type === "flag") return /^(true|yes|1)$/i.test(value) ? true : /^(false|no|0)$/i.test(value) ? false : value;
  if (type === "series") return value.split(/[\s,;]+/).map(Number);
  return value;
}
