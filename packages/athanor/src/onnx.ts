export * from "@athanor/onnx";
