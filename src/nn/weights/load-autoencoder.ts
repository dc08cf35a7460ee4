import { InputError, show } from '../../core/errors.js';
import { checkOptions, nothingMore } from '../../data/options.js';
import { type ResidualAutoencoder, residualAutoencoder } from '../residual-autoencoder.js';
import type { Shape } from '../shape.js';
import { assignWeights } from './assign-weights.js';
import { autoencoderNames } from './autoencoder-names.js';
import { type Needed, requireFit } from './fit.js';
import { readWeights, type Tensors, WEIGHTS_OPTIONS, type WeightsOptions } from './read-weights.js';

const WHERE = 'loadAutoencoder';

interface Sizes {
  readonly inputSize: number;
  readonly latentSize: number;
  readonly projectionSize: number;
  readonly hiddenSizes: readonly number[];
  readonly decoder: 'linear' | 'bounded-heads';
}

/** The sizes that the shapes tell; those of the reference model where a tensor is missing. */
function sizesOf(tensors: Tensors): Sizes {
  const extent = (name: string, axis: number, otherwise: number) => tensors.get(name)?.shape[axis] ?? otherwise;
  const first = (side: string, i: number) => `${side}.blocks.${i}.linear1.weight`;
  let blocks = 0;
  while (tensors.has(first('encoder', blocks))) blocks++;
  return {
    inputSize: extent(first('encoder', 0), 1, 40),
    latentSize: extent('encoder.linear2.weight', 0, 32),
    projectionSize: extent('projection.weight', 0, 128),
    hiddenSizes:
      blocks === 0 ? [128, 256, 128] : Array.from({ length: blocks }, (_, i) => extent(first('encoder', i), 0, 0)),
    decoder: tensors.has('decoder.heads.gain.weight') ? 'bounded-heads' : 'linear',
  };
}

const one = (name: string, shape: Shape): Needed => ({ names: [name], shape });
const linear = (name: string, from: number, to: number) => [
  one(`${name}.weight`, [to, from]),
  one(`${name}.bias`, [to]),
];
const norm = (name: string, size: number) => [one(`${name}.weight`, [size]), one(`${name}.bias`, [size])];

function tower(name: string, sizes: readonly number[], to: number): Needed[] {
  const blocks = sizes.slice(1).flatMap((size, i) => {
    const block = `${name}.blocks.${i}`;
    return [
      ...linear(`${block}.linear1`, sizes[i]!, size),
      ...norm(`${block}.norm1`, size),
      ...linear(`${block}.linear2`, size, size),
      ...norm(`${block}.norm2`, size),
      ...(sizes[i] === size ? [] : linear(`${block}.skip`, sizes[i]!, size)),
    ];
  });
  const inner = sizes[sizes.length - 1]!;
  return [...blocks, ...linear(`${name}.linear1`, inner, 2 * to), ...linear(`${name}.linear2`, 2 * to, to)];
}

/** All tensors of a model of these sizes, told before one is made: sizes of a stranger may be huge. */
export function autoencoderTensors({ inputSize, latentSize, projectionSize, hiddenSizes, decoder }: Sizes): Needed[] {
  const third = Math.floor(inputSize / 3);
  const heads = decoder === 'linear' ? [] : ['gain', 'frequency', 'q'];
  return [
    ...tower('encoder', [inputSize, ...hiddenSizes], latentSize),
    ...linear('projection', latentSize, projectionSize),
    ...tower('decoder', [latentSize, ...hiddenSizes], inputSize),
    ...heads.flatMap((head) => linear(`decoder.heads.${head}`, inputSize, third)),
  ];
}

/** The tensors under the names of the model, where those of the file are known to mean the same. */
function underOwnNames(tensors: Tensors): Tensors {
  const own = autoencoderNames(new Map([...tensors].map(([name, { shape }]) => [name, shape])));
  const found = new Map([...tensors].map(([name, tensor]) => [own.get(name) ?? name, tensor]));
  if (found.size === tensors.size) return found;
  const twice = [...own].find(
    ([name, to], i) => [...own].some(([, other], j) => j < i && other === to) && name !== to,
  )!;
  throw new InputError(
    'unknown-name',
    `${WHERE}: each tensor must have a name of its own, got a second ${show(twice[1])} in ${show(twice[0])}; say with { names } which is which`,
  );
}

/**
 * The reference autoencoder with the weights of a file: `.safetensors`, or `.pt` and `.pth` of PyTorch. Its
 * sizes are those of the tensors. Names may be those of `residualAutoencoder`, or those of a model of PyTorch with the same
 * parts:
 *
 * | in PyTorch | name |
 * |---|---|
 * | `nn.Sequential` of blocks, Linear, ReLU, Linear: `encoder.0` `encoder.1` `encoder.2` `encoder.3` `encoder.5` | `encoder.blocks.0` `.1` `.2` `encoder.linear1` `encoder.linear2` |
 * | in a block `fc1` `ln1` `layer_norm1` `shortcut` `downsample` | `linear1` `norm1` `norm1` `skip` `skip` |
 * | a block of `nn.Sequential(Linear, LayerNorm, ReLU, Dropout, Linear, LayerNorm)` | `linear1` `norm1` `linear2` `norm2`, in this order |
 * | `projection_head` `projector` | `projection` |
 * | `gain_head` `freq_head` `q_head`, in the decoder or beside | `decoder.heads.gain` `.frequency` `.q` |
 * | a word before all names, as `module` of DataParallel | left out |
 *
 * Other names are told with `names`. A tensor that is missing, is left over or has another shape is an error.
 *
 * @throws as `loadWeights`; InputError of `residualAutoencoder` for sizes of 0.
 *
 * @example
 * import { loadAutoencoder, residualAutoencoder, toSafetensors } from 'clusterlens/nn';
 * const bytes = toSafetensors(residualAutoencoder({ inputSize: 6, hiddenSizes: [8, 4], latentSize: 2 }));
 * const { options } = loadAutoencoder(bytes);
 * console.log(options.inputSize, options.hiddenSizes, options.latentSize); // 6 [ 8, 4 ] 2
 */
export function loadAutoencoder(bytes: Uint8Array, options?: WeightsOptions, ...more: []): ResidualAutoencoder {
  nothingMore(WHERE, more, [bytes, options]);
  const tensors = underOwnNames(readWeights(WHERE, bytes, checkOptions(WHERE, options, WEIGHTS_OPTIONS)));
  const sizes = sizesOf(tensors);
  requireFit(WHERE, autoencoderTensors(sizes), tensors);
  const model = residualAutoencoder(sizes);
  assignWeights(WHERE, model, tensors);
  return model;
}
