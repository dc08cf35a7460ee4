/** A module of Node, or undefined elsewhere: asked for at run time, so that no bundler looks for it. */
export function builtin(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.(name);
}
