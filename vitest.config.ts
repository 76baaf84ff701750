import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Most suites start worker threads, and each reads the sources again: what is compiled once halves the work of the runtime's tests.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("./node_modules/.cache/compiled", import.meta.url));

const conditions = ["@athanor/source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["*.test.ts", "packages/*/src/**/*.test.ts", "scripts/*.test.ts", "examples/*/*.test.ts"],
    setupFiles: ["packages/onnx/src/testing/half-bits.ts", "packages/runtime/src/testing/report-leaks.ts"],
    execArgv: ["--conditions=@athanor/source"],
    pool: "forks",
    // Two processes for all files instead of one a file: starting them took longer than the tests.
    isolate: false,
    maxWorkers: availableParallelism(),
    sequence: { shuffle: true },
    restoreMocks: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
