import { createInterface } from 'node:readline';

/** Lines of a UTF-8 stream with their numbers from 1, without line ends and without a byte order mark. */
export async function* textLines(stream: NodeJS.ReadableStream): AsyncGenerator<{ text: string; at: number }> {
  let at = 0;
  let failure: Error | undefined;
  stream.once('error', (error: Error) => {
    failure = error; // readline would end as if the file had ended
  });
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    at++;
    yield { text: at === 1 && line.startsWith('\uFEFF') ? line.slice(1) : line, at };
  }
  if (failure !== undefined) throw failure;
}
