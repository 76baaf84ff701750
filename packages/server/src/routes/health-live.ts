import { defineRoute } from "../define-route.ts";

export const healthLive = defineRoute({
  method: "GET",
  paths: ["/v2/health/live"],
  summary: "Whether the server runs",
  isPublic: true,
  handle: async () => ({ live: true }),
});
