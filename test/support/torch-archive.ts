import { zipSync } from 'fflate';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Puts bytes and texts (one byte a character) after each other. */
export function joined(...parts: readonly (string | number | Uint8Array)[]): Uint8Array {
  const pieces = parts.map((part) =>
    typeof part === 'number' ? Uint8Array.of(part) : typeof part === 'string' ? latin1(part) : part,
  );
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Steps of a pickle of protocol 2, by what they push. */
export const step = {
  text: (text: string) => joined('X', text.length, 0, 0, 0, text),
  count: (value: number) => joined('J', new Uint8Array(Int32Array.of(value).buffer)),
  name: (module: string, name: string) => joined('c', module, '\n', name, '\n'),
  tuple: (...parts: readonly Uint8Array[]) => joined('(', ...parts, 't'),
  /** A dictionary of one entry. */
  entry: (key: string, value: Uint8Array) => joined('}', step.text(key), value, 's'),
  storage: (type: string, key: string, length: number) =>
    joined(
      step.tuple(step.text('storage'), step.name('torch', type), step.text(key), step.text('cpu'), step.count(length)),
      'Q',
    ),
  tensor: (
    storage: Uint8Array,
    { offset = 0, shape, strides }: { offset?: number; shape: readonly number[]; strides: readonly number[] },
  ) =>
    joined(
      step.name('torch._utils', '_rebuild_tensor_v2'),
      step.tuple(
        storage,
        step.count(offset),
        step.tuple(...shape.map(step.count)),
        step.tuple(...strides.map(step.count)),
        Uint8Array.of(0x89),
        joined('N'),
      ),
      'R',
    ),
};

/** An archive as torch.save writes it, of a pickle without its begin and end. */
export function torchArchive(
  program: Uint8Array,
  storages: Readonly<Record<string, Uint8Array>> = {},
  { level = 0, parts = {} }: { level?: 0 | 6; parts?: Readonly<Record<string, Uint8Array>> } = {},
): Uint8Array {
  const data = Object.entries(storages).map(([key, bytes]) => [`archive/data/${key}`, bytes]);
  return zipSync(
    { 'archive/data.pkl': joined(0x80, 2, program, '.'), ...Object.fromEntries(data), ...parts },
    { level, mtime: new Date(2000, 0, 1) },
  );
}

const ENTRY = 0x02014b50;

/** The same archive without check sums, as PyTorch writes it when told to, so that changed bytes are read. */
export function withoutSums(archive: Uint8Array): Uint8Array {
  const bytes = archive.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 46 <= bytes.length; at++)
    if (view.getUint32(at, true) === ENTRY) view.setUint32(at + 16, 0, true);
  return bytes;
}
