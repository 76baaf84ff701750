export { checkAugmentation, noise } from "./check-augmentation.ts";
export { type ConnectorSample, checkConnector } from "./check-connector.ts";
export { wav } from "./wav.ts";
