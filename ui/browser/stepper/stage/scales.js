// How large a value must be for a band of full width: of each kind of value, the largest of the run.

const largest = (cell, names, least = 1e-300) => {
  let found = least
  for (const name of names) {
    for (const value of cell.arrays.get(name)?.values ?? []) {
      const size = Math.abs(value)
      if (size > found && size < Infinity) found = size
    }
  }
  return found
}

/** `one`: of values between -1 and 1. `sums` are weighed by how much they move a gate, not by their size. */
export function scalesOf(cell) {
  return {
    one: 1,
    memory: largest(cell, ["cs"], 1),
    state: largest(cell, ["hs"], 1),
    sum: largest(cell, ["pre", "pre_x", "pre_h", "candidate_h", "b_h"], 1),
    input: largest(cell, ["xs"], 1),
    gradient: largest(cell, ["dhs", "dcs", "dpre"]),
    inputGradient: largest(cell, ["dxs"]),
  }
}

/** A sum of a gate as a share: half of the width is reached where it moves the gate almost all the way. */
export const shareOfSum = (value) => Math.sign(value) * (1 - Math.exp(-Math.abs(value) / 4))
