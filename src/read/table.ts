/** A cell as the format gives it. null or undefined: missing. Text may still hold a number. */
export type Cell = string | number | bigint | boolean | null | undefined;

export interface Column {
  readonly name: string;
  /** The list column that this is one place of, where it is one: `embedding` of `embedding[3]`. */
  readonly group?: string;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** Line of the file, or number of the row from 1; see `Table.unit`. */
  readonly at: number;
}

/** A file that has been opened: its columns are known, its rows are still to be read, once. */
export interface Table {
  /** What the user called it. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly unit: 'line' | 'row';
  /** 1,5 is one and a half: values are not separated by commas. */
  readonly decimalComma?: boolean;
  readonly rows: AsyncIterable<Row>;
  /** Rows that come after this call need hold the values of these columns only. */
  readonly needOnly?: (columns: readonly number[]) => void;
}

export interface ReadSettings {
  /** false: the first line of CSV and TSV is data already. */
  readonly header: boolean;
}
