import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { COLUMNS, LAMBDA, referenceBatch, referenceModel } from './reference-step.js';

setWasmPaths(fileURLToPath(new URL('./node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)));
tf.enableProdMode();

/** One training step of the reference model in tfjs, from the weights of ours; returns the loss before the step. */
export async function tfjsStep(backend: 'cpu' | 'wasm', size: number, dropout: number): Promise<() => Promise<number>> {
  await tf.setBackend(backend);
  await tf.ready();
  const weights = new Map<string, tf.Variable>();
  for (const [name, { data, shape }] of referenceModel(0).namedParameters()) {
    weights.set(name, tf.variable(tf.tensor(Float32Array.from(data), [...shape])));
  }
  const batch = referenceBatch(size);
  const x = tf.tensor2d(Float32Array.from(batch.points), [size, COLUMNS]);
  const eye = tf.eye(size);
  const same = Array.from(batch.labels, (a, i) => Array.from(batch.labels, (b, j) => (a === b && i !== j ? 1 : 0)));
  const positive = tf.tensor2d(same);
  const optimizer = tf.train.adam(0.001, 0.9, 0.999, 1e-8);

  const linear = (v: tf.Tensor, name: string) =>
    tf.add(
      tf.matMul(v as tf.Tensor2D, weights.get(`${name}.weight`)! as never, false, true),
      weights.get(`${name}.bias`)!,
    );
  const norm = (v: tf.Tensor, name: string) => {
    const centred = tf.sub(v, tf.mean(v, 1, true));
    const scale = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), 1e-5));
    return tf.add(tf.mul(tf.mul(centred, scale), weights.get(`${name}.weight`)!), weights.get(`${name}.bias`)!);
  };
  const block = (v: tf.Tensor, name: string) => {
    const hidden = tf.relu(norm(linear(v, `${name}.linear1`), `${name}.norm1`));
    const dropped = dropout === 0 ? hidden : tf.dropout(hidden, dropout);
    const branch = norm(linear(dropped, `${name}.linear2`), `${name}.norm2`);
    return tf.relu(tf.add(branch, weights.has(`${name}.skip.weight`) ? linear(v, `${name}.skip`) : v));
  };
  const tower = (v: tf.Tensor, name: string) => {
    const hidden = [0, 1, 2].reduce((value, i) => block(value, `${name}.blocks.${i}`), v);
    return linear(tf.relu(linear(hidden, `${name}.linear1`)), `${name}.linear2`);
  };
  const loss = (): tf.Scalar => {
    const latent = tf.tanh(tower(x, 'encoder'));
    const projection = linear(latent, 'projection');
    const error = tf.mean(tf.square(tf.sub(tower(latent, 'decoder'), x)));
    const unit = tf.div(projection, tf.norm(projection, 2, 1, true)) as tf.Tensor2D;
    const similarity = tf.div(tf.matMul(unit, unit, false, true), 0.1);
    const others = tf.sub(similarity, tf.mul(eye, 1e9));
    const logProbability = tf.sub(similarity, tf.logSumExp(others, 1, true));
    const perAnchor = tf.div(tf.sum(tf.mul(logProbability, positive), 1), tf.sum(positive, 1));
    return tf.sub(error, tf.mul(tf.mean(perAnchor), LAMBDA)) as tf.Scalar;
  };

  return async () => {
    if (tf.getBackend() !== backend) await tf.setBackend(backend);
    const value = optimizer.minimize(loss, true)!;
    const answer = (await value.data())[0]!;
    value.dispose();
    return answer;
  };
}
