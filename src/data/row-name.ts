/** The row of the caller's input at each row of a part, for errors and results; see `Part.rows`. */
export function rowNameOf({ rows }: { readonly rows?: Int32Array | undefined }): (i: number) => number {
  return (i) => rows?.[i] ?? i;
}
