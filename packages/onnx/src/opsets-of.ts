import type { OpDefinition } from "./define-op.ts";

/** The versions that graphs are built in by default. */
const versions: Readonly<Record<string, number>> = { "": 21, "ai.onnx.ml": 3, "com.microsoft": 1 };

/** The version of every domain that the nodes use: the default, or the first that has all of their operators. */
export function opsetsOf(nodes: readonly { readonly definition: OpDefinition }[]): Readonly<Record<string, number>> {
  const opsets: Record<string, number> = { "": versions[""]! };
  for (const { definition } of nodes) {
    const { domain = "", since = 0 } = definition;
    opsets[domain] = Math.max(opsets[domain] ?? versions[domain]!, since);
  }
  return Object.fromEntries(Object.entries(opsets).sort(([a], [b]) => (a < b ? -1 : 1)));
}
