import { malformed } from './malformed.js';
import type { Source } from './source.js';
import { textChunks } from './text-chunks.js';

/** Characters of the longest line: a row of some ten million numbers, and half of what a text may hold. */
const LONGEST = 1 << 28;

export interface TextLine {
  readonly text: string;
  /** Number of the line from 1; of its first, where it has line ends between quotes. */
  readonly at: number;
}

/** Whether lines end with a carriage return alone, as the first line tells. */
function endsWithReturn(text: string): boolean {
  const first = text.indexOf('\r');
  const newline = text.indexOf('\n');
  return first !== -1 && first < text.length - 1 && (newline === -1 || newline > first + 1);
}

function count(text: string, sign: string): number {
  let found = 0;
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) found++;
  return found;
}

/** Lines without their ends. With `quote`, a line end between two of that sign does not end a line. */
export async function* linesOf(
  name: string,
  texts: AsyncIterable<string>,
  quote: string | undefined,
): AsyncGenerator<TextLine> {
  let end: string | undefined;
  let open = false;
  let at = 1;
  let parts: string[] = [];
  let length = 0;

  function finished(last: string): TextLine {
    const whole = parts.length === 0 ? last : parts.join('') + last;
    parts = [];
    length = 0;
    const line = { text: end === '\n' && whole.endsWith('\r') ? whole.slice(0, -1) : whole, at };
    at += 1 + (quote !== undefined && whole.includes(end!) ? count(whole, end!) : 0);
    return line;
  }

  for await (const text of texts) {
    end ??= endsWithReturn(text) ? '\r' : '\n';
    let start = 0;
    let nextQuote = quote === undefined ? -1 : text.indexOf(quote);
    for (let from = 0; ; ) {
      const stop = text.indexOf(end, from);
      while (nextQuote !== -1 && (stop === -1 || nextQuote < stop)) {
        open = !open;
        nextQuote = text.indexOf(quote!, nextQuote + 1);
      }
      if (stop === -1) break;
      from = stop + 1;
      if (open) continue;
      yield finished(text.slice(start, stop));
      start = from;
    }
    if (start < text.length) {
      parts.push(start === 0 ? text : text.slice(start));
      length += text.length - start;
    }
    if (length > LONGEST) {
      const cause = open ? '; look for a quote that is not closed' : '; is it text?';
      throw malformed(name, `a line must be shorter than ${LONGEST} characters, got more from line ${at} on${cause}`);
    }
  }
  if (length > 0) yield finished('');
}

/** Lines of the text of a source. */
export function textLines(source: Source): AsyncGenerator<TextLine> {
  return linesOf(source.name, textChunks(source), undefined);
}
