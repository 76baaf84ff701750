import { defineRoute } from "../define-route.ts";

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Athanor API</title><link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><div id="page"></div><script src="/docs/assets/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: "/openapi.json", dom_id: "#page" });</script></body></html>
`;

export const docsPage = defineRoute({
  method: "GET",
  paths: ["/docs", "/"],
  summary: "The API's documentation as a page",
  isPublic: true,
  handle: async (_context, _request, reply) => reply.type("text/html").send(page),
});
