import { checkOp } from "../testing/check-op.ts";
import { stringSplit } from "./string-split.ts";

const words = { shape: [2], dtype: "string", values: ["a b c", "d"] } as const;

checkOp(stringSplit, [
  { title: "at spaces", inputs: [words], outputs: 2 },
  { title: "once, at a delimiter", inputs: [words], outputs: 2, attributes: { delimiter: " ", maxsplit: 1 } },
]);
