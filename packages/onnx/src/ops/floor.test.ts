import { checkOp } from "../testing/check-op.ts";
import { floor } from "./floor.ts";

checkOp(floor, [{ title: "a matrix", inputs: [{ shape: [2, 3] }] }]);
