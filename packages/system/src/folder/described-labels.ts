/**
 * The `config.json` of a model that transformers.js is to open: the kind names one whose inputs and outputs this model has; what is
 * inside is in the ONNX file alone.
 *
 * @see https://huggingface.co/docs/transformers.js/custom_usage
 */
export const describedLabels = (kind: string, architecture: string, labels: readonly string[]): string =>
  json({
    model_type: kind,
    architectures: [architecture],
    id2label: Object.fromEntries(labels.map((label, i) => [i, label])),
    label2id: Object.fromEntries(labels.map((label, i) => [label, i])),
  });

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
