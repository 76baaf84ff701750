import { describe, expect, it } from "vitest";
import { registry } from "./registry.ts";
import { backendCases, inferredTypes } from "./testing/backend-case.ts";

const elsewhere: Readonly<Record<string, string>> = {
  test_dropout_random_old: "written in version 10, which import converts",
  test_dft_rfft_opset19: "written in version 17, which import converts",
  test_dft_irfft_opset19: "written in version 17, which import converts",
  test_dft_opset19: "written in version 17, which import converts",
  test_dft_axis_opset19: "written in version 17, which import converts",
  test_dft_inverse_opset19: "written in version 17, which import converts",
};

const known = backendCases().filter(({ op, domain, name }) => registry.has(`${domain}:${op}`) && !(name in elsewhere));
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
