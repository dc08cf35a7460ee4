/** Which of several tables a place is in, where not the first: 'heldOut', or 'spaces.' and a name. */
interface InTable {
  readonly table?: string;
}

/** A row or a column of the input, counted from 0. */
export type Place = ({ readonly row: number } | { readonly column: number }) & InTable;

/** A message in which rows and columns are still numbers, so that who knows their names can say these. */
export type PlacedMessage = ReadonlyArray<string | Place>;

/** How rows and columns are called. */
export interface PlaceNames {
  row(i: number, table?: string): string;
  column(j: number, table?: string): string;
}

const BY_NUMBER: PlaceNames = { row: (i) => `row ${i}`, column: (j) => `column ${j}` };

/** A column by its name. */
export const columnText = (name: string): string => `column '${name}'`;

/** The message as text. */
export function inWords(message: string | PlacedMessage, names: PlaceNames = BY_NUMBER): string {
  if (typeof message === 'string') return message;
  const say = (place: Place) =>
    'row' in place ? names.row(place.row, place.table) : names.column(place.column, place.table);
  return message.map((piece) => (typeof piece === 'string' ? piece : say(piece))).join('');
}
