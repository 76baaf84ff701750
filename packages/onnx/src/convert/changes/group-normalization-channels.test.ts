import { checkChange } from "../../testing/check-change.ts";
import { groupNormalizationChannels } from "./group-normalization-channels.ts";

checkChange(groupNormalizationChannels, [
  {
    title: "two groups of three",
    op: "GroupNormalization",
    opset: 18,
    inputs: [[2, 6, 4], [2], [2]],
    attributes: { num_groups: { kind: "int", value: 2 }, epsilon: { kind: "float", value: 1e-5 } },
  },
]);
