export { openApiDocument } from "./open-api-document.ts";
export { type RunningServer, type ServerOptions, startServer } from "./start-server.ts";
