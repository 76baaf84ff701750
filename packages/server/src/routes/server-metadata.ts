import { defineRoute } from "../define-route.ts";
import { version } from "../version.ts";

export const serverMetadata = defineRoute({
  method: "GET",
  paths: ["/v2"],
  summary: "Name, version and extensions of the server",
  isPublic: true,
  handle: async () => ({ name: "athanor", version, extensions: [] }),
});
