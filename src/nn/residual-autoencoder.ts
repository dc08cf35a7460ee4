import { InputError, ShapeError, show } from '../core/errors.js';
import { Rng } from '../core/rng.js';
import { checkOptions, nothingMore, numberIn, oneOf, requireNumber, seedOf } from '../data/options.js';
import { type NamedParameters, prefixed } from './module.js';
import { boundedHeads } from './modules/bounded-heads.js';
import { Linear } from './modules/linear.js';
import { ResidualBlock } from './modules/residual-block.js';
import { restoreStates, rngStates } from './modules/rng-states.js';
import { dropoutRate } from './ops/dropout.js';
import { requireMatrix } from './ops/operand.js';
import { relu, tanh } from './ops/unary.js';
import type { Tensor } from './tensor.js';

export interface ResidualAutoencoderOptions {
  /** Columns of the input. Default 40. */
  readonly inputSize?: number | undefined;
  /** Size of the latent code. Default 32. */
  readonly latentSize?: number | undefined;
  /** Size of the projection on which a contrastive loss may act. Default 128. */
  readonly projectionSize?: number | undefined;
  /** Sizes of the residual blocks, in encoder and decoder alike. Default [128, 256, 128]. */
  readonly hiddenSizes?: readonly number[] | undefined;
  /**
   * `linear` (default): every output reaches every value. `bounded-heads`: the published decoder,
   * whose outputs are triples in (-12, 12), (0, 1) and (0.1, 10) and zeros for the rest, so that it
   * cannot reach most z-scored targets.
   */
  readonly decoder?: 'linear' | 'bounded-heads' | undefined;
  /** Dropout rate of every block. Default 0.1. */
  readonly dropout?: number | undefined;
  /** Seed of the whole model, from which each layer gets one of its own. Default 0. */
  readonly seed?: number | undefined;
}

/** What one pass gives: all three are n rows. */
export interface AutoencoderOutput {
  /** n x latentSize, in (-1, 1). */
  readonly latent: Tensor;
  /** n x projectionSize, not normalised. */
  readonly projection: Tensor;
  /** n x inputSize. */
  readonly reconstruction: Tensor;
}

/** The model that `residualAutoencoder` makes; its doc comment lists the parameters. */
export interface ResidualAutoencoder {
  /** The options, completed. */
  readonly options: Readonly<
    Required<{ [K in keyof ResidualAutoencoderOptions]: NonNullable<ResidualAutoencoderOptions[K]> }>
  >;
  /** Number of single weights. */
  readonly parameterCount: number;
  encode(x: Tensor): Tensor;
  project(latent: Tensor): Tensor;
  decode(latent: Tensor): Tensor;
  forward(x: Tensor): AutoencoderOutput;
  namedParameters(): NamedParameters;
  /** The encoder's parameters: those that reconstruction and contrastive loss share. */
  sharedParameters(): NamedParameters;
  readonly training: boolean;
  setTraining(training: boolean): void;
  rngState(): number[];
  restoreRng(state: readonly number[]): void;
}

/** Residual blocks, then Linear to twice the last size, ReLU, Linear: encoder and decoder are both this. */
function tower(sizes: readonly number[], outputSize: number, dropout: number, rng: Rng) {
  const blocks = sizes.slice(1).map((size, i) => new ResidualBlock(sizes[i]!, size, { dropout, seed: rng.uint32() }));
  const linear1 = new Linear(sizes[sizes.length - 1]!, 2 * outputSize, { seed: rng.uint32() });
  const linear2 = new Linear(2 * outputSize, outputSize, { seed: rng.uint32() });
  return {
    blocks,
    forward(x: Tensor): Tensor {
      const hidden = blocks.reduce((value, block) => block.forward(value), x);
      return linear2.forward(relu(linear1.forward(hidden)));
    },
    namedParameters: (): NamedParameters => [
      ...blocks.flatMap((block, i) => prefixed(`blocks.${i}`, block)),
      ...prefixed('linear1', linear1),
      ...prefixed('linear2', linear2),
    ],
  };
}

const NAMES = ['inputSize', 'latentSize', 'projectionSize', 'hiddenSizes', 'decoder', 'dropout', 'seed'];

function complete(options: ResidualAutoencoderOptions | undefined): ResidualAutoencoder['options'] {
  const where = 'residualAutoencoder';
  const loose = checkOptions(where, options, NAMES);
  const size = (name: string, fallback: number, min = 1) =>
    numberIn(where, name, loose[name], { min, integer: true }, fallback);
  const decoder = oneOf(where, 'decoder', loose.decoder, ['linear', 'bounded-heads'], 'linear');
  const hidden = loose.hiddenSizes ?? [128, 256, 128];
  if (!Array.isArray(hidden) || hidden.length === 0) {
    throw new InputError(
      'wrong-type',
      `${where}: hiddenSizes must be an array of at least one size, got ${show(hidden)}`,
    );
  }
  return Object.freeze({
    inputSize: size('inputSize', 40, decoder === 'linear' ? 1 : 3),
    latentSize: size('latentSize', 32),
    projectionSize: size('projectionSize', 128),
    hiddenSizes: Object.freeze(
      Array.from(hidden, (value, i) => requireNumber(where, `hiddenSizes[${i}]`, value, { min: 1, integer: true })),
    ),
    decoder,
    dropout: dropoutRate(where, loose.dropout, 0.1),
    seed: seedOf(where, loose.seed),
  });
}

/**
 * The reference model: encoder blocks 40-128-256-128, Linear 128-64, ReLU, Linear 64-32, tanh =
 * latent; Linear 32-128 = projection; decoder blocks 32-128-256-128, Linear 128-80, ReLU, Linear
 * 80-40. For other sizes the inner linear is twice the size it leads to. 512,472 parameters; with
 * the bounded heads, three Linear 40-13 after the last one, 514,071.
 *
 * Parameters, weights as (out, in), each Linear and norm with `.weight` and `.bias`:
 *
 * | name | shape of the weight in the reference model |
 * |---|---|
 * | `encoder.blocks.{0,1,2}.linear1` | (128, 40) (256, 128) (128, 256) |
 * | `encoder.blocks.{0,1,2}.norm1` | (128) (256) (128) |
 * | `encoder.blocks.{0,1,2}.linear2` | (128, 128) (256, 256) (128, 128) |
 * | `encoder.blocks.{0,1,2}.norm2` | (128) (256) (128) |
 * | `encoder.blocks.{0,1,2}.skip`, absent between equal sizes | (128, 40) (256, 128) (128, 256) |
 * | `encoder.linear1` `encoder.linear2` | (64, 128) (32, 64) |
 * | `projection` | (128, 32) |
 * | `decoder.blocks.{0,1,2}.linear1 norm1 linear2 norm2 skip` | as the encoder's, the first from 32 |
 * | `decoder.linear1` `decoder.linear2` | (80, 128) (40, 80) |
 * | `decoder.heads.{gain,frequency,q}`, bounded heads only | (13, 40) each |
 *
 * @throws InputError on an option that is unknown or out of range.
 *
 * @example
 * import { residualAutoencoder, tensor } from 'clusterlens/nn';
 * const model = residualAutoencoder();
 * const { latent, projection, reconstruction } = model.forward(tensor([new Array(40).fill(0.1)]));
 * console.log(model.parameterCount, latent.shape, projection.shape, reconstruction.shape);
 * // 512472 [ 1, 32 ] [ 1, 128 ] [ 1, 40 ]
 */
export function residualAutoencoder(options?: ResidualAutoencoderOptions, ...more: []): ResidualAutoencoder {
  nothingMore('residualAutoencoder', more, [options]);
  const settings = complete(options);
  const { inputSize, latentSize, hiddenSizes, dropout } = settings;
  const rng = new Rng(settings.seed);
  const encoder = tower([inputSize, ...hiddenSizes], latentSize, dropout, rng);
  const projection = new Linear(latentSize, settings.projectionSize, { seed: rng.uint32() });
  const decoder = tower([latentSize, ...hiddenSizes], inputSize, dropout, rng);
  const heads = settings.decoder === 'linear' ? null : boundedHeads(inputSize, rng);
  const blocks = [...encoder.blocks, ...decoder.blocks];
  const shared = prefixed('encoder', encoder);
  const all: NamedParameters = [
    ...shared,
    ...prefixed('projection', projection),
    ...prefixed('decoder', decoder),
    ...(heads === null ? [] : prefixed('decoder.heads', heads)),
  ];
  const model: ResidualAutoencoder = {
    options: settings,
    parameterCount: all.reduce((sum, [, { size }]) => sum + size, 0),
    encode(x) {
      const rows = requireMatrix('residualAutoencoder', 'x', x);
      if (rows.shape[1] === inputSize) return tanh(encoder.forward(rows));
      throw new ShapeError(
        'shape-mismatch',
        `residualAutoencoder: x must have inputSize = ${inputSize} columns, got ${rows.shape[1]}; ` +
          `make the model with { inputSize: ${rows.shape[1]} }`,
      );
    },
    project: (latent) => projection.forward(latent),
    decode: (latent) => (heads === null ? decoder.forward(latent) : heads.forward(decoder.forward(latent))),
    forward(x) {
      const latent = model.encode(x);
      return { latent, projection: model.project(latent), reconstruction: model.decode(latent) };
    },
    namedParameters: () => all,
    sharedParameters: () => shared,
    get training() {
      return blocks.some(({ training }) => training);
    },
    setTraining(training) {
      for (const block of blocks) block.setTraining(training);
    },
    rngState: () => rngStates(blocks),
    restoreRng: (state) => restoreStates('residualAutoencoder', blocks, state),
  };
  return model;
}
