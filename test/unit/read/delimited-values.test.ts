import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delimitedValues } from '../../../src/read/delimited-values.js';
import { linesOf } from '../../../src/read/text-lines.js';

/** The values of all lines of a text that arrives in pieces. */
async function valuesOf(pieces: readonly string[], delimiter: string, padded = false): Promise<unknown[]> {
  async function* arriving(): AsyncGenerator<string> {
    yield* pieces;
  }
  const found: unknown[] = [];
  for await (const { text } of linesOf('rows.csv', arriving(), '"')) {
    if (text !== '') found.push(delimitedValues(text, delimiter, padded));
  }
  return found;
}

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '1', '.', ' ', 'é'), maxLength: 4 }),
  fc
    .string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', ' '), maxLength: 5 })
    .map((text) => `"${text.replaceAll('"', '""')}"`),
);

describe('the values of lines', () => {
  it('are those that csv-parse finds, however the text is cut and whatever ends a line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(',', ';', '\t'),
        fc.array(fc.nat(60), { maxLength: 4 }),
        async (lines, end, delimiter, cuts) => {
          const text = lines.map((values) => values.join(delimiter)).join(end);
          const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
          const pieces = places.slice(1).map((place, i) => text.slice(places[i], place));
          let expected: unknown;
          try {
            expected = parse(text, {
              delimiter,
              record_delimiter: end,
              relax_column_count: true,
              skip_empty_lines: true,
            });
          } catch {
            return; // a delimiter inside an unquoted value made a quote stand in its middle
          }
          expect(await valuesOf(pieces, delimiter)).toEqual(expected);
        },
      ),
    );
  });

  it('lines may end with a carriage return alone, and have their first number', async () => {
    expect(await valuesOf(['x,y\r1,2\r', '3,4'], ',')).toEqual([
      ['x', 'y'],
      ['1', '2'],
      ['3', '4'],
    ]);
    async function* text() {
      yield 'x\n\n"a\nb"\nc';
    }
    const places: number[] = [];
    for await (const { at } of linesOf('x', text(), '"')) places.push(at);
    expect(places).toEqual([1, 2, 3, 5]);
  });

  it.each([
    ['a,"b', 'a quote that is not closed in value 2'],
    ['a,b"c', 'a quote inside value 2'],
    ['"a"b,c', '"b,c" after the closing quote of value 1'],
    ['a, "b"', 'a quote inside value 2'],
  ])('say what is wrong with the quotes of %s', (line, fault) => {
    expect(delimitedValues(line, ',', false)).toEqual({ fault });
  });

  it('are trimmed in a padded file, outside quotes', () => {
    expect(delimitedValues('1 , " a" ,  b', ',', true)).toEqual(['1', ' a', 'b']);
  });
});
