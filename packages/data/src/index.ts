export type { Association } from "./association.ts";
export * from "./augmentations/index.ts";
export type { CleaningSuggestion } from "./cleaning.ts";
export { conll } from "./connectors/conll.ts";
export { csv } from "./connectors/csv.ts";
export { documents } from "./connectors/documents.ts";
export { idx } from "./connectors/idx.ts";
export { type ImageBatch, images } from "./connectors/images.ts";
export { json } from "./connectors/json.ts";
export { parquet } from "./connectors/parquet.ts";
export { type SoundBatch, sounds } from "./connectors/sounds.ts";
export { textFolders } from "./connectors/text-folders.ts";
export { tsv } from "./connectors/tsv.ts";
export { decodeImage, type ImageShape } from "./decode-image.ts";
export { decodePicture } from "./decode-picture.ts";
export { decodeSound, type SoundShape } from "./decode-sound.ts";
export { decodeWav, type Sound } from "./decode-wav.ts";
export { type Augmentation, type AugmentationDefinition, defineAugmentation } from "./define-augmentation.ts";
export { type ConnectorDefinition, defineConnector, type Reader, type Yield } from "./define-connector.ts";
export { type Document, languageOf } from "./document.ts";
export { identifier as sqlName, quote as sqlText } from "./duck.ts";
export { augment } from "./picture/augment.ts";
export { type OpenPicturesOptions, openPictures, type PictureSource } from "./picture/open-pictures.ts";
export type { Picture } from "./picture/picture.ts";
export { type ColumnProfile, profile } from "./profile.ts";
export { profileTable, type TableProfile } from "./profile-table.ts";
export { querySnapshots } from "./query-snapshots.ts";
export { type CsvOptions, readCsv } from "./read-csv.ts";
export { resample } from "./resample.ts";
export { readSnapshot, writeSnapshot } from "./snapshot.ts";
export {
  type Cell,
  type Column,
  type ColumnType,
  cellOf,
  columnOf,
  isMissing,
  numbersOf,
  rowsOf,
  selectRows,
  type Table,
  tableFromRows,
  textColumn,
  textsOf,
} from "./table.ts";
