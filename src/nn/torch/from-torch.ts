import { InputError, show } from '../../core/errors.js';
import { checkOptions, nothingMore } from '../../data/options.js';
import type { StoredTensor } from '../stored-tensor.js';
import { torchNames } from './names.js';
import { tensorReader } from './read-tensors.js';
import { findStateDict, type TorchScalar } from './state-dict.js';
import { malformed, refused } from './torch-error.js';
import { unpickle } from './unpickle.js';
import { openZip, type ZipArchive } from './zip-archive.js';

/** What a file of PyTorch holds: its state dict, and what stands beside it. */
export interface TorchFile {
  /** The tensors of the state dict, in its order. Names of one view of one storage share their values. */
  readonly tensors: Map<string, StoredTensor>;
  /** Key of the checkpoint under which the state dict stands; null where the file is the state dict itself. */
  readonly key: string | null;
  /** Numbers, text and truth values that stand beside, such as the epoch. */
  readonly metadata: Readonly<Record<string, TorchScalar>>;
  /** Keys of all else that stands beside and is not given, such as the state of an optimiser. */
  readonly ignored: readonly string[];
}

export interface FromTorchOptions {
  /** Key of the state dict in a checkpoint that holds several. Default: the only one. */
  readonly key?: string | undefined;
}

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** How files begin that are often taken for a file of PyTorch, and what to do with them. */
const OTHERS: readonly (readonly [begin: string, what: string])[] = [
  // The number by which PyTorch before 1.6 marked its files, as a pickle.
  [
    '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46',
    'the format of PyTorch before 1.6; open it there and save it again: torch.save(torch.load(FILE), FILE)',
  ],
  ['\x80', 'a pickle without an archive; save it by torch.save(model.state_dict(), FILE)'],
  ['\x89HDF', 'an HDF5 file; save the weights as safetensors'],
  ['version https://git-lfs', 'a pointer of Git LFS in place of the file; fetch the file by git lfs pull'],
];

function readArchive(bytes: Uint8Array): ZipArchive {
  const begin = text(bytes.subarray(0, 32));
  if (begin.startsWith('PK')) return openZip(bytes);
  const other =
    begin[8] === '{'
      ? 'a safetensors file; read it by fromSafetensors'
      : OTHERS.find(([first]) => begin.startsWith(first))?.[1];
  if (other !== undefined) {
    throw new InputError('malformed-file', `fromTorch: needs a zip archive that torch.save wrote, got ${other}`);
  }
  throw malformed(
    `the file must be a zip archive, got ${bytes.length} bytes that begin with ${show(begin.slice(0, 8))}`,
  );
}

/** The folder of the archive in which everything stands. */
function rootOf({ names }: ZipArchive): string {
  const roots = names.flatMap((name) => /^([^/]*)\/data\.pkl$/.exec(name)?.[1] ?? []);
  const [root] = roots;
  if (root === undefined || roots.length > 1) {
    throw malformed(
      `the archive must have one data.pkl in its folder, got ${roots.length} among ${names.length} parts`,
    );
  }
  if (names.includes(`${root}/constants.pkl`)) {
    throw refused('a TorchScript archive, which torch.jit.load opens');
  }
  return root;
}

/**
 * Reads the state dict of a `.pt` or `.pth` file that `torch.save` of PyTorch 1.6 or later wrote: the file itself,
 * or the one entry of a checkpoint that is tensors by name. Nothing of Python is run: of the pickle inside only
 * tensors, parameters, numbers, text, bytes, lists, tuples and dictionaries are built, and a name of anything
 * else is an error. Strided, shared and repeated storages become row-major values. F16 and BF16
 * become Float32Array (exact), BOOL Uint8Array, 64-bit integers BigInt arrays, as in `fromSafetensors`.
 * The versions of modules in a state dict (`_metadata`) are not given. All tensors together may take at most 8 times the
 * bytes of the file, and 1 MiB more.
 *
 * @throws InputError malformed-file with what is wrong; unknown-name for what is not built (with module and class),
 *   and for a file that holds no state dict or several; wrong-type when it is not a Uint8Array.
 *
 * @example
 * import { fromTorch } from 'clusterlens/nn';
 * const notTorch = new TextEncoder().encode('version https://git-lfs.github.com/spec/v1');
 * try {
 *   fromTorch(notTorch);
 * } catch (error) {
 *   console.log(error.code); // malformed-file
 * }
 */
export function fromTorch(bytes: Uint8Array, options?: FromTorchOptions, ...more: []): TorchFile {
  nothingMore('fromTorch', more, [bytes, options]);
  if (!(bytes instanceof Uint8Array)) {
    throw new InputError('wrong-type', `fromTorch: needs the file as a Uint8Array, got ${show(bytes)}`);
  }
  const { key } = checkOptions('fromTorch', options, ['key']);
  if (key !== undefined && typeof key !== 'string') {
    throw new InputError('wrong-type', `fromTorch: key must be a text, got ${show(key)}`);
  }
  // A Buffer of Node is a Uint8Array whose slice() copies nothing.
  const archive = readArchive(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  const root = rootOf(archive);
  const order = archive.read(`${root}/byteorder`);
  if (order !== undefined && text(order) !== 'little') {
    throw refused(`a file in the byte order ${show(text(order))}, which only old machines write`);
  }
  const found = findStateDict(unpickle(archive.read(`${root}/data.pkl`)!, torchNames), key);
  const read = tensorReader((storage) => archive.read(`${root}/data/${storage}`), bytes.length);
  return {
    tensors: new Map([...found.tensors].map(([name, view]) => [name, read(name, view)])),
    key: found.key,
    metadata: Object.freeze(found.metadata),
    ignored: Object.freeze(found.ignored),
  };
}
