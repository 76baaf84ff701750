import { expect, it } from "vitest";
import { node } from "../node-forms.ts";
import { scanBatches } from "./scan-batches.ts";

it("refuses the form with batches by its code", () => {
  expect(() => scanBatches.rewrite(node("Scan", ["", "x"], ["y"]), {} as never)).toThrow(
    expect.objectContaining({ code: "onnx/opset" }),
  );
});
