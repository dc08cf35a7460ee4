/**
 * What a column of a table is. 'feature': a coordinate of the points. 'index': the unnamed index that pandas
 * writes, or the row names of R. 'label-copy': one value for each label and one label for each value. 'vector': a
 * list of numbers in each row. 'weight': weights of rows. Columns of text are 'text' where they are nothing else.
 */
export type ColumnRole =
  | 'feature'
  | 'label'
  | 'identifier'
  | 'row-number'
  | 'index'
  | 'constant'
  | 'label-copy'
  | 'text'
  | 'date'
  | 'vector'
  | 'weight';

/** Whether a column names or counts the rows, or copies the label. */
export function isIdentifier({ role }: Pick<ColumnUse, 'role'>): boolean {
  return role === 'identifier' || role === 'row-number' || role === 'index' || role === 'label-copy';
}

/** A column by its name, what it is, and whether it is used: as a feature, or as the label. */
export interface ColumnUse {
  readonly name: string;
  readonly role: ColumnRole;
  readonly used: boolean;
  /** Why it is not used, or is what it does not look like. */
  readonly reason?: string;
}
