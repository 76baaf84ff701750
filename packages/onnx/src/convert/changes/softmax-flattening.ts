import { int, node as made } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The operator works along one axis; before, the axes from the given one on were taken together as one. */
export const softmaxFlattening = defineChange({
  since: { Softmax: 13, LogSoftmax: 13, Hardmax: 13 },
  rewrite(node, { fresh }) {
    const [x, y] = [node.inputs[0]!, node.outputs[0]!];
    const axis = node.attributes.axis ?? int(1);
    if (axis.kind === "int" && Number(axis.value) === -1) return [{ ...node, attributes: { axis } }];
    const [shape, flat, result] = [fresh(`${y}_shape`), fresh(`${y}_flat`), fresh(`${y}_rows`)];
    return [
      made("Shape", [x], [shape]),
      made("Flatten", [x], [flat], { axis }),
      { ...node, inputs: [flat], outputs: [result], attributes: { axis: int(-1) } },
      made("Reshape", [result, shape], [y]),
    ];
  },
});
