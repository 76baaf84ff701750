import { constantTensor } from "../../constant-tensor.ts";
import { node as made } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** Swish is written out: x · σ(α x). */
export const swish = defineChange({
  since: { Swish: 24 },
  isNewer: true,
  rewrite(node, { fresh, constant, dtypeOf }) {
    const [x, y] = [node.inputs[0]!, node.outputs[0]!];
    const alpha = Number(node.attributes.alpha?.value ?? 1);
    const dtype = dtypeOf(x) === "float64" ? "float64" : "float32";
    const [scaled, gate] = [fresh(`${y}_scaled`), fresh(`${y}_gate`)];
    if (alpha === 1) return [made("Sigmoid", [x], [gate]), made("Mul", [x, gate], [y])];
    return [
      made("Mul", [x, constant("alpha", constantTensor(alpha, dtype))], [scaled]),
      made("Sigmoid", [scaled], [gate]),
      made("Mul", [x, gate], [y]),
    ];
  },
});
