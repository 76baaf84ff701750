import { build } from "esbuild";

export interface Bundle {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What the files import that is not among them. */
  readonly missing: readonly string[];
}

/** Bundles a script of this folder with the threads that the runtime starts. */
export async function bundle(page: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: {
      [page]: `./${page}.ts`,
      "session-worker": "@athanor/runtime/session-worker",
      "update-worker": "@athanor/runtime/update-worker",
    },
    outdir: "out",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    conditions: ["@athanor/source"],
    metafile: true,
    write: false,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return {
    files: new Map(outputFiles.map(({ path, contents }) => [path.slice(path.lastIndexOf("/") + 1), contents])),
    missing: imports.filter(({ external }) => external).map(({ path }) => path),
  };
}
