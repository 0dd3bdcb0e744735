// The numbers of a figure, exact: plotly sends NumPy arrays as base64 of their bytes.
const TYPES = {
  f8: Float64Array, f4: Float32Array,
  i1: Int8Array, i2: Int16Array, i4: Int32Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
}

/** A list, or a list of rows, typed where they came as bytes; undefined stays undefined. */
export function numbers(values) {
  if (!values?.bdata) return values
  const flat = new TYPES[values.dtype](decoded(values.bdata))
  if (!values.shape) return flat
  const [rows, columns] = String(values.shape).split(",").map(Number)
  if (columns === undefined) return flat
  return Array.from({ length: rows }, (_, row) => flat.subarray(row * columns, (row + 1) * columns))
}

/** A plain loop: a function called for each character takes twenty times as long. */
function decoded(base64) {
  const characters = atob(base64)
  const bytes = new Uint8Array(characters.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i)
  return bytes.buffer
}
