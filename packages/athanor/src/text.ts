export * from "@athanor/text";
