import { checkOp } from "../testing/check-op.ts";
import { regexFullMatch } from "./regex-full-match.ts";

const words = { shape: [2], dtype: "string", values: ["a1", "b1x"] } as const;

checkOp(regexFullMatch, [{ title: "a letter and a digit", inputs: [words], attributes: { pattern: "[a-z][0-9]" } }]);
