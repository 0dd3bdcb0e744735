// The exact numbers of a figure: plotly for Python writes NumPy arrays as base64 of their bytes.
/** @type {Record<string, new (buffer: ArrayBuffer) => Float64Array | Float32Array | Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array>} */
const TYPES = {
  f8: Float64Array, f4: Float32Array,
  i1: Int8Array, i2: Int16Array, i4: Int32Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array,
}

/**
 * A list, or a list of rows: typed arrays where the figure has bytes; undefined stays undefined.
 * @param {any} values
 * @returns {any}
 */
export function numbers(values) {
  if (!values?.bdata) return values
  const flat = new TYPES[values.dtype](decoded(values.bdata))
  if (!values.shape) return flat
  const [rows, columns] = String(values.shape).split(",").map(Number)
  if (columns === undefined) return flat
  return Array.from({ length: rows }, (_, row) => flat.subarray(row * columns, (row + 1) * columns))
}

/**
 * The bytes of base64. A loop, because one function call for each character is much slower.
 * @param {string} base64
 */
function decoded(base64) {
  const characters = atob(base64)
  const bytes = new Uint8Array(characters.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i)
  return bytes.buffer
}
