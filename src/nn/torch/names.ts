import { show } from '../../core/errors.js';
import type { Dtype } from '../stored-tensor.js';
import { malformed, refused } from './torch-error.js';
import type { PickleContext } from './unpickle.js';
import { Dictionary, Named, Storage, TensorView } from './values.js';

const STORAGES: Readonly<Record<string, Dtype | null>> = {
  'torch.DoubleStorage': 'F64',
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
  'torch.UntypedStorage': null,
  'torch.storage.UntypedStorage': null,
};

const DTYPE_NAMES: Readonly<Record<string, Dtype>> = {
  'torch.float64': 'F64',
  'torch.float32': 'F32',
  'torch.float16': 'F16',
  'torch.bfloat16': 'BF16',
  'torch.int64': 'I64',
  'torch.uint64': 'U64',
  'torch.int32': 'I32',
  'torch.uint32': 'U32',
  'torch.int16': 'I16',
  'torch.uint16': 'U16',
  'torch.int8': 'I8',
  'torch.uint8': 'U8',
  'torch.bool': 'BOOL',
};

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function countsOf(name: string, value: unknown): readonly number[] {
  if (Array.isArray(value) && value.every(isCount)) return value;
  throw malformed(`the ${name} of a tensor must be whole numbers from 0, got ${show(value)}`);
}

function tensorOf(args: readonly unknown[], named: Dtype | null): TensorView {
  const [storage, offset, size, stride] = args;
  if (!(storage instanceof Storage)) throw malformed(`a tensor must look into a storage, got ${show(storage)}`);
  const dtype = named ?? storage.dtype;
  if (dtype === null) throw malformed('a tensor in a storage without a type must name one, got none');
  if (!isCount(offset)) throw malformed(`the offset of a tensor must be a whole number from 0, got ${show(offset)}`);
  const shape = countsOf('shape', size);
  const strides = countsOf('strides', stride);
  if (shape.length !== strides.length) {
    throw malformed(`a tensor must have one stride for each axis, got ${strides.length} for ${shape.length}`);
  }
  return new TensorView(storage, dtype, offset, shape, strides);
}

function typedTensor(args: readonly unknown[]): TensorView {
  const dtype = args[6];
  if (!(dtype instanceof Named) || DTYPE_NAMES[dtype.name] === undefined) {
    throw malformed(
      `the seventh part of a tensor must be a type, got ${dtype instanceof Named ? dtype.name : show(dtype)}`,
    );
  }
  return tensorOf(args, DTYPE_NAMES[dtype.name]!);
}

/** A parameter is its tensor. */
function parameterOf([tensor]: readonly unknown[]): TensorView {
  if (tensor instanceof TensorView) return tensor;
  throw malformed(`a parameter must hold a tensor, got ${show(tensor)}`);
}

function sizeOf([size]: readonly unknown[]): readonly number[] {
  return countsOf('size', size);
}

/** How protocol 2 writes bytes: as the text whose characters have these numbers. */
function encoded([text, encoding]: readonly unknown[]): Uint8Array {
  if (typeof text !== 'string' || encoding !== 'latin1')
    throw malformed('bytes must be written as latin1, got another way');
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function empty<T>(name: string, make: () => T): (args: readonly unknown[]) => T {
  return (args) => {
    if (args.length > 0) throw refused(`${name} made of ${args.length} arguments`);
    return make();
  };
}

/** All that a file may call. */
const BUILDERS: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  'torch._utils._rebuild_tensor': (args) => tensorOf(args, null),
  'torch._utils._rebuild_tensor_v2': (args) => tensorOf(args, null),
  'torch._utils._rebuild_tensor_v3': typedTensor,
  'torch._utils._rebuild_parameter': parameterOf,
  'torch._utils._rebuild_parameter_with_state': parameterOf,
  'torch.Size': sizeOf,
  'collections.OrderedDict': empty('collections.OrderedDict', () => new Dictionary()),
  '_codecs.encode': encoded,
  '__builtin__.bytes': empty('bytes', () => new Uint8Array(0)),
  'builtins.bytes': empty('bytes', () => new Uint8Array(0)),
};

const has = (table: object, name: string) => Object.hasOwn(table, name);

/** The few names of Python that a file of weights needs. A name that is not here is refused, and never looked up. */
export const torchNames: PickleContext = {
  find(module, name) {
    const whole = `${module}.${name}`;
    if (has(BUILDERS, whole)) return new Named(whole, BUILDERS[whole]!);
    if (has(STORAGES, whole) || has(DTYPE_NAMES, whole)) return new Named(whole, null);
    throw refused(`${show(name)} of the module ${show(module)}`);
  },
  persistent(id) {
    const [kind, type, key, , length] = Array.isArray(id) ? (id as unknown[]) : [];
    if (kind !== 'storage' || !(type instanceof Named) || !has(STORAGES, type.name)) {
      throw malformed(`a reference in the pickle must be to a storage, got ${show(kind ?? id)}`);
    }
    if (typeof key !== 'string' || !isCount(length)) {
      throw malformed(`a storage must have a key and a length, got ${show(key)} and ${show(length)}`);
    }
    return new Storage(key, STORAGES[type.name]!, length);
  },
};
