import { checkOp } from "../testing/check-op.ts";
import { argMin } from "./arg-min.ts";

checkOp(argMin, [{ title: "kept", inputs: [{ shape: [2, 3] }], attributes: { axis: 1 } }]);
