import { constantTensor } from "../../constant-tensor.ts";
import { int, node as made } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** RMSNormalization is written out: x / √(mean(x²) + ε) · scale, over the axes from the given one on. */
export const rmsNormalization = defineChange({
  since: { RMSNormalization: 23 },
  isNewer: true,
  rewrite(node, { fresh, constant, dtypeOf }) {
    const [[x, scale], y] = [node.inputs as readonly [string, string], node.outputs[0]!];
    const dtype = dtypeOf(x) === "float64" ? "float64" : "float32";
    const axis = Number(node.attributes.axis?.value ?? -1);
    const epsilon = constant("epsilon", constantTensor(Number(node.attributes.epsilon?.value ?? 1e-5), dtype));
    const [square, rank, axes, mean, shifted, root, normal] = [
      "square",
      "rank",
      "axes",
      "mean",
      "shifted",
      "root",
      "normal",
    ].map((stem) => fresh(`${y}_${stem}`)) as [string, string, string, string, string, string, string];
    return [
      ...axesFrom(axis, x, { rank, axes }, { fresh, constant }),
      made("Mul", [x, x], [square]),
      made("ReduceMean", [square, axes], [mean], { keepdims: int(1) }),
      made("Add", [mean, epsilon], [shifted]),
      made("Sqrt", [shifted], [root]),
      made("Div", [x, root], [normal]),
      made("Mul", [normal, scale], [y]),
    ];
  },
});

/** The axes from one on; the rank is read from the value, as a node does not state it. */
function axesFrom(
  axis: number,
  x: string,
  { rank, axes }: { readonly rank: string; readonly axes: string },
  {
    fresh,
    constant,
  }: { fresh(stem: string): string; constant(stem: string, value: ReturnType<typeof constantTensor>): string },
) {
  const one = constant("one", constantTensor(1, "int64"));
  if (axis < 0)
    return [
      made(
        "Range",
        [constant("first", constantTensor(axis, "int64")), constant("last", constantTensor(0, "int64")), one],
        [axes],
      ),
    ];
  const shape = fresh(`${x}_shape`);
  return [
    made("Shape", [x], [shape]),
    made("Size", [shape], [rank]),
    made("Range", [constant("first", constantTensor(axis, "int64")), rank, one], [axes]),
  ];
}
