export * from "@athanor/mining";
