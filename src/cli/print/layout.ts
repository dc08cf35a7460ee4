/** Characters that take a column: accents that combine with the letter before them take none. */
export function widthOf(text: string): number {
  return [...text.normalize('NFC').replace(/\p{M}/gu, '')].length;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Breaks text at spaces into lines of at most `width`; a longer word keeps a line for itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    if (line === '') line = word;
    else if (widthOf(line) + 1 + widthOf(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Wrapped text with a heading before the first line and room for it before the others. */
export function hanging(heading: string, text: string, width: number): string[] {
  const indent = widthOf(heading);
  return wrap(text, width - indent).map((line, i) => (i === 0 ? heading : ' '.repeat(indent)) + line);
}

/** As many of the items as fit into one line. */
export function oneLine(items: readonly string[], separator: string, width: number): string {
  let line = '';
  for (const item of items) {
    const next = line === '' ? item : line + separator + item;
    if (line !== '' && widthOf(next) > width) break;
    line = next;
  }
  return line;
}

export type Cell = string | number | boolean | null;

function cellText(cell: Cell): string {
  return typeof cell === 'number' ? numberText(cell) : cell === null ? '-' : String(cell);
}

/** Columns under headings: numbers to the right, text to the left; the last text column is cut to fit. */
export function table(headings: readonly string[], rows: ReadonlyArray<readonly Cell[]>, width: number): string[] {
  const numeric = headings.map((_, j) => rows.some((row) => typeof row[j] === 'number'));
  const body = rows.map((row) => row.map(cellText));
  const widths = headings.map((heading, j) => Math.max(widthOf(heading), ...body.map((row) => widthOf(row[j] ?? ''))));
  const total = widths.reduce((sum, w) => sum + w + 2, -2);
  const widest = widths.reduce((best, w, j) => (!numeric[j] && (best === -1 || w > widths[best]!) ? j : best), -1);
  if (total > width && widest !== -1) widths[widest] = Math.max(8, widths[widest]! - (total - width));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, j) => {
        const room = widths[j]!;
        const text = widthOf(cell) > room ? `${[...cell].slice(0, room - 3).join('')}...` : cell;
        return numeric[j] ? padStart(text, room) : padEnd(text, room);
      })
      .join('  ')
      .trimEnd();
  return [line(headings), ...body.map(line)];
}

/** 1,595 for whole numbers, else three digits that count: 0.0182, -0.451, 12.3. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return groups(String(value));
  const size = Math.abs(value);
  if (size >= 1000) return groups(value.toFixed(size < 10_000 ? 1 : 0));
  if (size < 1e-4) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

function groups(digits: string): string {
  const [whole = '', rest] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** medianClassSize -> median class size. */
export function words(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
}

/** `one row`, `2 rows`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${numberText(n)} ${n === 1 ? one : many}`;
}
