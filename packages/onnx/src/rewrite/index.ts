export { algebraic } from "./algebraic.ts";
export { commonSubexpressions } from "./common-subexpressions.ts";
export { deadCode } from "./dead-code.ts";
export { foldBatchNorm } from "./fold-batch-norm.ts";
export { type Evaluate, type FoldOptions, foldConstants } from "./fold-constants.ts";
export { matrixProducts } from "./matrix-products.ts";
export type { Pass } from "./pass.ts";
export { type RewriteOptions, rewrite } from "./rewrite.ts";
export { type UnfoldOptions, unfoldBatchNorm } from "./unfold-batch-norm.ts";
