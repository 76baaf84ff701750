import { checkOp } from "../testing/check-op.ts";
import { cumProd } from "./cum-prod.ts";

const axis = (value: number) => ({ shape: [], dtype: "int64", values: [value], isConstant: true }) as const;

checkOp(cumProd, [
  { title: "rows", inputs: [{ shape: [2, 4] }, axis(1)] },
  {
    title: "from the end, without the element itself",
    inputs: [{ shape: [3, 2] }, axis(0)],
    attributes: { exclusive: 1, reverse: 1 },
  },
]);
