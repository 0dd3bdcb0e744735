// The one loop that all equations share.

export const ONE = Float64Array.of(1)

/**
 * to[j, i] += sign · Σ_k a[j, i, k] · b[j, i, k], element by element and term by term.
 * Every array is flat: `at` is where it begins, and `j`, `i`, `k` say how far apart its neighbours lie along each index.
 */
export function addProducts(to, toAt, sign, a, b, rows, columns, sums) {
  const { values: left, j: leftJ, i: leftI, k: leftK } = a
  const { values: right, j: rightJ, i: rightI, k: rightK } = b
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      let l = a.at + j * leftJ + i * leftI
      let r = b.at + j * rightJ + i * rightI
      let total = to[toAt]
      for (let k = 0; k < sums; k++, l += leftK, r += rightK) total += sign * (left[l] * right[r])
      to[toAt++] = total
    }
  }
}
