import type { TokenizerFile } from "@athanor/text";

interface Described {
  /** Hugging Face's name of the architecture whose task this is. */
  readonly architecture: "BertForSequenceClassification" | "BertForTokenClassification";
  readonly labels: readonly string[];
  readonly tokenizer: TokenizerFile;
  readonly maxLength: number;
}

/**
 * What lies beside `onnx/model.onnx` in a folder that transformers.js opens. `bert` is the kind whose inputs and outputs these
 * models have; what is inside is in the ONNX file alone.
 *
 * @see https://huggingface.co/docs/transformers.js/custom_usage
 */
export const huggingFaceFiles = ({
  architecture,
  labels,
  tokenizer,
  maxLength,
}: Described): Record<string, string> => ({
  "config.json": json({
    model_type: "bert",
    architectures: [architecture],
    id2label: Object.fromEntries(labels.map((label, i) => [i, label])),
    label2id: Object.fromEntries(labels.map((label, i) => [label, i])),
  }),
  "tokenizer.json": JSON.stringify(tokenizer),
  "tokenizer_config.json": json({
    tokenizer_class: "PreTrainedTokenizerFast",
    model_max_length: maxLength,
    pad_token: "[PAD]",
    unk_token: "[UNK]",
    cls_token: "[CLS]",
    sep_token: "[SEP]",
    mask_token: "[MASK]",
  }),
});

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
