export * from "@athanor/runtime";
