import { listModels } from "@athanor/system";
import { defineRoute } from "../define-route.ts";
import { openApiDocument } from "../open-api-document.ts";

export const openApi = defineRoute({
  method: "GET",
  paths: ["/openapi.json"],
  summary: "This API as an OpenAPI 3.1 document, with one typed operation a task",
  isPublic: true,
  handle: async ({ workspace, routes }) => openApiDocument(await listModels(workspace), routes),
});
