import { describe, expect, it } from "vitest";
import { registry } from "./registry.ts";
import { backendCases, inferredTypes } from "./testing/backend-case.ts";

/** Cases whose form of the operator is not the one that graphs are built in. */
const elsewhere: readonly { readonly names: RegExp; readonly reason: string }[] = [
  { names: /^test_dropout_random_old$/, reason: "written in version 10, which import converts" },
  { names: /^test_dft.*_opset19$/, reason: "written in version 17, which import converts" },
  { names: /^test_attention.*_window/, reason: "of version 28, which the runtime does not hold" },
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
