export { type ConnectorSample, checkConnector } from "./check-connector.ts";
