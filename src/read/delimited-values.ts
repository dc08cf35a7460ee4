/** Values of one line, or why they cannot be told apart. */
export type LineValues = readonly string[] | { readonly fault: string };

const isSpace = (sign: string | undefined) => sign === ' ' || sign === '\t';

/**
 * The values of a line between delimiters, quoted where needed (RFC 4180; a quote inside a value is written
 * twice). Space beside a delimiter belongs to the value, unless the file is `padded`.
 */
export function delimitedValues(line: string, delimiter: string, padded: boolean): LineValues {
  if (!line.includes('"')) {
    const values = line.split(delimiter);
    return padded ? values.map((value) => value.trim()) : values;
  }
  const values: string[] = [];
  for (let at = 0; ; at += delimiter.length) {
    if (padded) while (isSpace(line[at]) && !line.startsWith(delimiter, at)) at++;
    if (line[at] === '"') {
      let value = '';
      let from = at + 1;
      for (;;) {
        const close = line.indexOf('"', from);
        if (close === -1) return { fault: `a quote that is not closed in value ${values.length + 1}` };
        value += line.slice(from, close);
        from = close + 1;
        if (line[from] !== '"') break;
        value += '"';
        from++;
      }
      if (padded) while (isSpace(line[from]) && !line.startsWith(delimiter, from)) from++;
      if (from < line.length && !line.startsWith(delimiter, from)) {
        return {
          fault: `${JSON.stringify(line.slice(from, from + 8))} after the closing quote of value ${values.length + 1}`,
        };
      }
      values.push(value);
      at = from;
    } else {
      const next = line.indexOf(delimiter, at);
      const value = line.slice(at, next === -1 ? line.length : next);
      if (value.includes('"')) return { fault: `a quote inside value ${values.length + 1}` };
      values.push(padded ? value.trim() : value);
      at = next === -1 ? line.length : next;
    }
    if (at >= line.length) return values;
  }
}
