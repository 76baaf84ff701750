import type { TokenizerFile } from "@athanor/text";
import { describedLabels, json } from "./described-labels.ts";

interface Described {
  /** Hugging Face's name of the architecture whose task this is. */
  readonly architecture: "BertForSequenceClassification" | "BertForTokenClassification";
  readonly labels: readonly string[];
  readonly tokenizer: TokenizerFile;
  readonly maxLength: number;
}

/** What lies beside a model of texts in a folder that transformers.js opens. */
export const textFiles = ({ architecture, labels, tokenizer, maxLength }: Described): Record<string, string> => ({
  "config.json": describedLabels("bert", architecture, labels),
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
