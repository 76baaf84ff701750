/** The versions that graphs are built in, by domain; an operator that is newer than the standard's raises it. */
export const workingOpsets: Readonly<Record<string, number>> = { "": 21, "ai.onnx.ml": 3, "com.microsoft": 1 };
