import { checkOp } from "../testing/check-op.ts";
import { spaceToDepth } from "./space-to-depth.ts";

checkOp(spaceToDepth, [{ title: "blocks of two", inputs: [{ shape: [1, 2, 4, 2] }], attributes: { blocksize: 2 } }]);
