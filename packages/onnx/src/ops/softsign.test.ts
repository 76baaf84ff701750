import { checkOp } from "../testing/check-op.ts";
import { elementwise } from "../testing/elementwise.ts";
import { softsign } from "./softsign.ts";

checkOp(softsign, [
  { title: "a matrix", inputs: [{ shape: [3, 4] }], reference: elementwise((x) => x! / (1 + Math.abs(x!))) },
]);
