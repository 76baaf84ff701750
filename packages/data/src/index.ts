export { conll } from "./connectors/conll.ts";
export { csv } from "./connectors/csv.ts";
export { documents } from "./connectors/documents.ts";
export { type ImageBatch, images } from "./connectors/images.ts";
export { json } from "./connectors/json.ts";
export { parquet } from "./connectors/parquet.ts";
export { textFolders } from "./connectors/text-folders.ts";
export { tsv } from "./connectors/tsv.ts";
export { decodeImage, type ImageShape } from "./decode-image.ts";
export { type ConnectorDefinition, defineConnector, type Reader, type Yield } from "./define-connector.ts";
export { type Document, languageOf } from "./document.ts";
export { type ColumnProfile, profile } from "./profile.ts";
export { querySnapshots } from "./query-snapshots.ts";
export { type CsvOptions, readCsv } from "./read-csv.ts";
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
