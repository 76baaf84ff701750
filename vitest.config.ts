import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const conditions = ["@athanor/source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["*.test.ts", "packages/*/src/**/*.test.ts", "scripts/*.test.ts", "examples/*/*.test.ts"],
    setupFiles: ["packages/runtime/src/testing/report-leaks.ts"],
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
