import { checkOp } from "../testing/check-op.ts";
import { not } from "./not.ts";

checkOp(not, [{ title: "flags", inputs: [{ shape: [2], dtype: "bool", values: [0, 1] }] }]);
