import { checkOp } from "../testing/check-op.ts";
import { constant } from "./constant.ts";

checkOp(constant, [
  { title: "a number", inputs: [], attributes: { value_float: 2 } },
  { title: "whole numbers", inputs: [], attributes: { value_ints: [1, 2] } },
]);
