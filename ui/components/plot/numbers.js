// The numbers of a figure, exact: plotly sends NumPy arrays as base64 of their bytes.
const TYPES = {
  f8: Float64Array, f4: Float32Array,
  i1: Int8Array, i2: Int16Array, i4: Int32Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
}

/** A list, or a list of rows; missing values are null, and undefined stays undefined. */
export function numbers(values) {
  if (!values?.bdata) return values
  const bytes = Uint8Array.from(atob(values.bdata), (character) => character.charCodeAt(0))
  const flat = Array.from(new TYPES[values.dtype](bytes.buffer))
  if (!values.shape) return flat
  const [rows, columns] = String(values.shape).split(",").map(Number)
  if (columns === undefined) return flat
  return Array.from({ length: rows }, (_, row) => flat.slice(row * columns, (row + 1) * columns))
}
