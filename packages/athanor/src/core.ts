export * from "@athanor/core";
