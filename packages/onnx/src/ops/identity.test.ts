import { checkOp } from "../testing/check-op.ts";
import { identity } from "./identity.ts";

checkOp(identity, [
  { title: "a matrix", inputs: [{ shape: [2, 3] }] },
  { title: "no elements", inputs: [{ shape: [0, 3] }] },
]);
