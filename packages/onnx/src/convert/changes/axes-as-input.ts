import { storedInts, withInputs, without } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** The axes became an input, first of some operators, later of the other reductions. */
export const axesAsInput = defineChange({
  since: {
    Squeeze: 13,
    Unsqueeze: 13,
    ReduceSum: 13,
    ReduceL1: 18,
    ReduceL2: 18,
    ReduceLogSum: 18,
    ReduceLogSumExp: 18,
    ReduceMax: 18,
    ReduceMean: 18,
    ReduceMin: 18,
    ReduceProd: 18,
    ReduceSumSquare: 18,
  },
  rewrite: (node, context) => [withInputs(without(node, "axes"), [node.inputs[0], storedInts(node, "axes", context)])],
});
