export { Rng } from '../core/rng.js';
export type {
  AnchorCounts,
  BestEpoch,
  ClassPositiveCounts,
  Described,
  EpochRecord,
  GradientProbe,
  LossSummary,
  Settings,
  TrainingRecord,
  UpdateSummary,
} from '../core/training-record.js';
export { type BalancedBatchesOptions, type BalancedSampler, balancedBatches } from './batching/balanced-batches.js';
export type { Sampler } from './batching/sampler.js';
export { type ShuffledBatchesOptions, shuffledBatches } from './batching/shuffled-batches.js';
export { manualSeed } from './default-seed.js';
export { type GradcheckOptions, type GradcheckResult, gradcheck } from './gradcheck.js';
export { type GradientsOptions, gradients } from './gradients.js';
export { type EmbeddingHealth, type EmbeddingHealthOptions, embeddingHealth } from './health/embedding-health.js';
export { type EmbedOptions, embed } from './inference/embed.js';
export { type Predicted, type Predictions, type PredictOptions, predict } from './inference/predict.js';
export type { ContrastiveLoss } from './losses/contrast.js';
export { type CrossEntropyOptions, crossEntropy } from './losses/cross-entropy.js';
export type { Loss } from './losses/loss.js';
export { mse } from './losses/mse.js';
export { ntXent } from './losses/nt-xent.js';
export { type ContrastiveOptions, supCon } from './losses/sup-con.js';
export { type TripletMarginLoss, type TripletMarginOptions, tripletMargin } from './losses/triplet-margin.js';
export type { Module, NamedBuffers, NamedParameters } from './module.js';
export { BatchNorm1d, type BatchNorm1dOptions } from './modules/batch-norm-1d.js';
export { Dropout, type DropoutOptions } from './modules/dropout.js';
export { GaussianNoise, type GaussianNoiseOptions } from './modules/gaussian-noise.js';
export { LayerNorm, type LayerNormOptions } from './modules/layer-norm.js';
export { Linear, type LinearOptions } from './modules/linear.js';
export { ResidualBlock, type ResidualBlockOptions } from './modules/residual-block.js';
export { Sequential, type Step } from './modules/sequential.js';
export type { Batch, Objective, TermLoss } from './objective.js';
export { OPS } from './op-table.js';
export { concat, gather, reshape, type SliceOptions, slice, transpose } from './ops/arrange.js';
export { add, div, mul, sub } from './ops/binary.js';
export { dropout } from './ops/dropout.js';
export { gaussianNoise } from './ops/gaussian-noise.js';
export { layerNorm } from './ops/layer-norm.js';
export { linear } from './ops/linear.js';
export { matmul } from './ops/matmul.js';
export { l2Normalize, norm } from './ops/norm.js';
export type { Operand } from './ops/operand.js';
export { logSumExp, max, mean, type ReduceOptions, sum } from './ops/reduce.js';
export { softmax } from './ops/softmax.js';
export { abs, exp, log, neg, relu, sigmoid, sqrt, square, tanh } from './ops/unary.js';
export { adam } from './optimizers/adam.js';
export type { AdamOptions } from './optimizers/adam-like.js';
export { adamW } from './optimizers/adam-w.js';
export { clipGradientNorm, clipGradientValue } from './optimizers/clip-gradient.js';
export type { Optimizer, OptimizerState, OptimizerStep, Stretch } from './optimizers/optimizer.js';
export { type SgdOptions, sgd } from './optimizers/sgd.js';
export { type ExplainPlanOptions, explainPlan } from './plan/explain-model.js';
export type { ExplainedStep, ExplainedTerm, PlanExplanation } from './plan/explain-plan.js';
export type { NestedNumbers, TensorValues } from './read-values.js';
export { noGrad } from './record.js';
export {
  type AutoencoderOutput,
  type ResidualAutoencoder,
  type ResidualAutoencoderOptions,
  residualAutoencoder,
} from './residual-autoencoder.js';
export { fromSafetensors, type SafetensorsFile } from './safetensors/from-safetensors.js';
export {
  type NamedStorable,
  type Storable,
  type ToSafetensorsOptions,
  toSafetensors,
} from './safetensors/to-safetensors.js';
export { constantRate } from './schedules/constant-rate.js';
export { type CosineDecayOptions, cosineDecay } from './schedules/cosine-decay.js';
export { type ExponentialDecayOptions, exponentialDecay } from './schedules/exponential-decay.js';
export { type LinearWarmupOptions, linearWarmup } from './schedules/linear-warmup.js';
export type { Schedule } from './schedules/schedule.js';
export { type StepDecayOptions, stepDecay } from './schedules/step-decay.js';
export type { Dtype, StoredTensor, TensorData } from './stored-tensor.js';
export { type Op, type TapeNode, Tensor, type TensorOptions, tensor } from './tensor.js';
export { type FromTorchOptions, fromTorch, type TorchFile } from './torch/from-torch.js';
export type { TorchScalar } from './torch/state-dict.js';
export type { Trainable } from './trainable.js';
export type { EngineChoice } from './training/choose-engine.js';
export { type ClassificationLossOptions, classificationLoss } from './training/classification-loss.js';
export { type ContrastiveLossOptions, contrastiveLoss } from './training/contrastive-loss.js';
export { DivergenceError } from './training/divergence-error.js';
export type { ParameterChoice } from './training/no-decay.js';
export { type ReconstructionLossOptions, reconstructionLoss } from './training/reconstruction-loss.js';
export type { StepRecord } from './training/step-record.js';
export { train } from './training/train.js';
export type { TrainOptions } from './training/train-options.js';
export type { Rows, Targets, TrainingData } from './training/training-data.js';
export type { TrainingRun } from './training/training-run.js';
export { loadAutoencoder } from './weights/load-autoencoder.js';
export { loadWeights } from './weights/load-weights.js';
export type { WeightsOptions } from './weights/read-weights.js';
