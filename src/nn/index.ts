export type { Module, NamedParameters } from './module.js';
export type { NestedNumbers, TensorValues } from './read-values.js';
export { gradients, noGrad, type Op, type TapeNode, Tensor, type TensorOptions, tensor } from './tensor.js';
