import { show } from '../core/errors.js';
import { malformed } from './malformed.js';
import type { Source } from './source.js';
import type { Cell, Column, Row, Table } from './table.js';
import { type TextLine, textLines } from './text-lines.js';

interface Attribute extends Column {
  /** The values of a nominal attribute, the first of which a sparse row leaves out. */
  readonly first: Cell;
}

/** The values between commas or spaces, in quotes of either kind where they need them; `from` on. */
function valuesOf(text: string, delimiter: RegExp): string[] | undefined {
  const values: string[] = [];
  let value = '';
  let quote = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (quote !== '') {
      if (sign === '\\' && at + 1 < text.length) value += text[++at];
      else if (sign === quote) quote = '';
      else value += sign;
    } else if ((sign === "'" || sign === '"') && value.trim() === '' && !quoted) {
      quote = sign;
      quoted = true;
      value = '';
    } else if (delimiter.test(sign)) {
      values.push(quoted ? value : value.trim());
      value = '';
      quoted = false;
    } else if (!quoted) value += sign;
  }
  values.push(quoted ? value : value.trim());
  return quote === '' ? values : undefined;
}

/** `@attribute name type`: the name may be quoted. */
function attributeOf(name: string, { text, at }: TextLine): Attribute {
  const rest = text.slice('@attribute'.length).trim();
  const quote = rest[0] === "'" || rest[0] === '"' ? rest[0] : undefined;
  const end = quote === undefined ? rest.search(/[\s{]/) : rest.indexOf(quote, 1);
  const type = end === -1 ? '' : rest.slice(quote === undefined ? end : end + 1).trim();
  if (type === '') throw malformed(name, `line ${at} must be '@attribute NAME TYPE', got ${show(text)}`);
  const values = type.startsWith('{') ? valuesOf(type.replace(/^\{/, '').replace(/\}$/, ''), /,/) : undefined;
  return { name: rest.slice(quote === undefined ? 0 : 1, end), first: values?.[0] ?? 0 };
}

/** The cells of `{1 x, 3 y}`, where what is not written is 0, or the first value of a nominal attribute. */
function sparseCells(text: string, attributes: readonly Attribute[]): Cell[] | undefined {
  const cells: Cell[] = attributes.map(({ first }) => first);
  const pairs = text.slice(1, -1).trim();
  for (const pair of pairs === '' ? [] : (valuesOf(pairs, /,/) ?? ['?'])) {
    const space = pair.search(/\s/);
    const place = space === -1 ? -1 : Number(pair.slice(0, space));
    if (!Number.isInteger(place) || place < 0 || place >= cells.length) return undefined;
    cells[place] = valuesOf(pair.slice(space + 1).trim(), /,/)?.[0];
  }
  return cells;
}

/** ARFF, as Weka writes it: attributes, then rows, which may be sparse. */
export async function readArff(source: Source): Promise<Table> {
  const { name } = source;
  const lines = textLines(source);
  const attributes: Attribute[] = [];
  for (;;) {
    const { value: line, done } = await lines.next();
    if (done) throw malformed(name, 'must have @data below its attributes, got an end before it');
    const text = line.text.trim();
    if (/^@data\b/i.test(text)) break;
    if (/^@attribute\s/i.test(text)) attributes.push(attributeOf(name, { text, at: line.at }));
    else if (text !== '' && !text.startsWith('%') && !/^@relation\b/i.test(text)) {
      throw malformed(name, `line ${line.at} must be @relation, @attribute, @data or a comment, got ${show(text)}`);
    }
  }
  if (attributes.length === 0) throw malformed(name, 'must have at least one @attribute, got none');
  async function* rows(): AsyncGenerator<Row> {
    for await (const { text: given, at } of lines) {
      const text = given.trim();
      if (text === '' || text.startsWith('%')) continue;
      const cells = text.startsWith('{')
        ? sparseCells(text, attributes)
        : valuesOf(text, text.includes(',') ? /,/ : /\t/);
      if (cells === undefined || cells.length !== attributes.length) {
        const got = cells === undefined ? show(text) : `${cells.length}`;
        throw malformed(name, `line ${at} must have one value for each of ${attributes.length} attributes, got ${got}`);
      }
      yield { cells, at };
    }
  }
  return { name, unit: 'line', columns: attributes.map((attribute) => ({ name: attribute.name })), rows: rows() };
}
