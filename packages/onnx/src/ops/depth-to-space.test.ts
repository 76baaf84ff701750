import { checkOp } from "../testing/check-op.ts";
import { depthToSpace } from "./depth-to-space.ts";

checkOp(depthToSpace, [
  { title: "depth first", inputs: [{ shape: [1, 8, 2, 1] }], attributes: { blocksize: 2 } },
  { title: "columns first", inputs: [{ shape: [1, 8, 2, 1] }], attributes: { blocksize: 2, mode: "CRD" } },
]);
