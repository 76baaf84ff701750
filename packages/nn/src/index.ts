export { adamW, sgd } from "./optimizers/index.ts";
