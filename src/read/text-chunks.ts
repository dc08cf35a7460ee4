import { malformed } from './malformed.js';
import type { Source } from './source.js';

/** The coding that the mark at the start of a text names; UTF-8 without one. */
function codingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/**
 * The text of a source, piece by piece, without its byte order mark. What is no text of its coding comes as U+FFFD.
 * @throws InputError malformed-file for a zero byte, which other formats have and text has not.
 */
export async function* textChunks({ name, chunks }: Pick<Source, 'name' | 'chunks'>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks()) {
    if (chunk.length === 0) continue;
    decoder ??= new TextDecoder(codingOf(chunk));
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) {
      throw malformed(
        name,
        'must be text, got a zero byte; is it another format, which --format names, or UTF-16 without its mark?',
      );
    }
    if (text !== '') yield text;
  }
  const last = decoder?.decode() ?? '';
  if (last !== '') yield last;
}

/** What the first bytes say, where they may end within a character. */
export function startOfText(start: Uint8Array): string {
  return new TextDecoder(codingOf(start)).decode(start, { stream: true });
}

/** The most characters that one text holds. */
const MOST = 2 ** 29 - 24;

/** The text of a source at once. */
export async function textOf(source: Source): Promise<string> {
  let text = '';
  for await (const chunk of textChunks(source)) {
    if (text.length + chunk.length > MOST) {
      throw malformed(source.name, `must be shorter than ${MOST} characters, got more; save it as JSONL or Parquet`);
    }
    text += chunk;
  }
  return text;
}
