import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.ts";

const wasm = "ort-wasm-simd-threaded.wasm";
const kinds: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };
/** What lets the threads of a page share memory. */
const isolation = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

export interface PageServer extends AsyncDisposable {
  readonly address: string;
}

/** Serves `index.html` with one of the scripts of this folder, to this machine only. */
export async function servePage(
  page: string,
  { isIsolated = true, port = 0 }: { readonly isIsolated?: boolean; readonly port?: number } = {},
): Promise<PageServer> {
  const html = await readFile(new URL("index.html", import.meta.url), "utf8");
  const files = new Map<string, Uint8Array>([
    ...(await bundle(page)).files,
    ["", Buffer.from(html.replace("page.js", `${page}.js`))],
    [wasm, await readFile(fileURLToPath(import.meta.resolve(`onnxruntime-web/${wasm}`)))],
  ]);
  const server = createServer(({ url = "/" }, response) => {
    const name = new URL(url, "http://localhost").pathname.slice(1);
    const body = files.get(name);
    const kind = kinds[name.split(".").at(-1) || "html"];
    response.writeHead(body ? 200 : 404, { "content-type": kind ?? "text/plain", ...(isIsolated ? isolation : {}) });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

if (import.meta.main) console.log(`Open ${(await servePage("page", { port: 8123 })).address}`);
