import type { NumberStyle } from './number-style.js';
import type { Orient } from './pandas-json.js';

/** A cell as the format gives it. null or undefined: missing. Text may still hold a number. */
export type Cell = string | number | bigint | boolean | null | undefined;

export interface Column {
  readonly name: string;
  /** The list column that this is one place of, where it is one: `embedding` of `embedding[3]`. */
  readonly group?: string;
  /** The file has no name for it, as for the index of pandas and the row names of R. */
  readonly unnamed?: boolean;
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
  /** How numbers are written in text; as a program writes them where this is left out. */
  readonly numbers?: NumberStyle;
  readonly rows: AsyncIterable<Row>;
  /** The column of the labels, where the format tells it. */
  readonly label?: string;
  /** What the user should know of how the file was read. */
  readonly notes?: readonly string[];
  /** Rows that come after this call need hold the values of these columns only. */
  readonly needOnly?: (columns: readonly number[]) => void;
}

/** What the user says of how the file is to be read. */
export interface ReadSettings {
  /** false: the first line of CSV and TSV is data already. */
  readonly header: boolean;
  /** What stands between the values of CSV; undefined: as the first lines show. */
  readonly delimiter?: string | undefined;
  /** The decimal sign; the other of the two then marks thousands. undefined: as the cells show. */
  readonly decimal?: ',' | '.' | undefined;
  /** Lines that begin with this text are passed over. */
  readonly comment?: string | undefined;
  /** How pandas wrote JSON; undefined: as its structure tells. */
  readonly orient?: Orient | undefined;
  /** Name of the array of the points, in a file of several. */
  readonly array?: string | undefined;
  /** Name of the array of the labels, in a file of several. */
  readonly labelArray?: string | undefined;
  /** Labels come from another file, or from nowhere. */
  readonly labelsElsewhere?: boolean | undefined;
  /** The file holds labels, so that its first line may be one, or the 0 that pandas gives to a column without a name. */
  readonly labelsOnly?: boolean | undefined;
  /** An array of one dimension holds distances, and is one column. */
  readonly condensed?: boolean | undefined;
}
