export * from "@athanor/nn";
