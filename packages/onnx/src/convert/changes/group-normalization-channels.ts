import { int64 } from "@athanor/core";
import { constantTensor } from "../../constant-tensor.ts";
import { int, node as made } from "../node-forms.ts";
import { defineChange } from "../operator-change.ts";

/** Scale and bias are given per channel; before, per group. */
export const groupNormalizationChannels = defineChange({
  since: { GroupNormalization: 21 },
  rewrite(node, { fresh, constant }) {
    const [x, ...perGroup] = node.inputs as readonly [string, string, string];
    const groups = Number(node.attributes.num_groups?.value ?? 1);
    const [channels, count, target] = [fresh("channels"), fresh("channels_a_group"), fresh("groups_by_channels")];
    const group = constant("groups", int64([groups]));
    const [one, all] = [constant("last_axis", int64([1])), constant("all_channels", constantTensor([-1], "int64"))];
    const spread = perGroup.map((name) => ({ name, out: fresh(`${name}_by_channel`) }));
    return [
      made("Shape", [x], [channels], { start: int(1), end: int(2) }),
      made("Div", [channels, group], [count]),
      made("Concat", [group, count], [target], { axis: int(0) }),
      ...spread.flatMap(({ name, out }) => {
        const [column, grid] = [fresh(`${name}_column`), fresh(`${name}_grid`)];
        return [
          made("Unsqueeze", [name, one], [column]),
          made("Expand", [column, target], [grid]),
          made("Reshape", [grid, all], [out]),
        ];
      }),
      { ...node, inputs: [x, ...spread.map(({ out }) => out)] },
    ];
  },
});
