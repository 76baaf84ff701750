import { describe, expect, it } from "vitest";
import { registry } from "./registry.ts";
import { backendCases, inferredTypes } from "./testing/backend-case.ts";

/** Cases in a form of the operator that import converts before any type is inferred. */
const elsewhere: readonly { readonly names: RegExp; readonly reason: string }[] = [
  { names: /^test_dropout_random_old$/, reason: "written in version 10" },
  { names: /^test_split_.*_opset13$/, reason: "written in version 13" },
  { names: /^test_dft.*_opset19$/, reason: "written in version 17" },
];

const known = backendCases().filter(
  ({ op, domain, name }) => registry.has(`${domain}:${op}`) && !elsewhere.some(({ names }) => names.test(name)),
);
const byOperator = Map.groupBy(known, ({ op }) => op);

describe("ONNX's own backend cases", () => {
  for (const [op, cases] of byOperator) {
    it(`have the types that are inferred for ${op}`, () => {
      for (const backendCase of cases) {
        const expected = backendCase.outputs.map((output) => output && { dtype: output.dtype, shape: output.shape });
        expect(inferredTypes(backendCase), backendCase.name).toEqual(expected);
      }
    });
  }
});
