import type { Node } from "../model.ts";

/** A node named after its first output. */
export const plainNode = (
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  { domain = "", attributes = {} }: { readonly domain?: string; readonly attributes?: Node["attributes"] } = {},
): Node => ({ op, domain, name: outputs[0]!, inputs, outputs, attributes });
