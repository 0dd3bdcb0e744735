// The values of one time step and one unit of a cell, by name. Outside of the run, and where an array is missing, a value is 0.

export class Reading {
  constructor(cell, t, unit) {
    this.cell = cell
    this.t = t
    this.unit = unit
  }

  of(name, dt = 0, unit = this.unit) {
    const array = this.cell.arrays.get(name)
    if (!array) return 0
    const row = this.t + dt - this.cell.symbols[name].first
    const [rows, columns] = array.shape
    return row >= 0 && row < rows && unit < columns ? array.values[row * columns + unit] : 0
  }

  weight(name, row, column) {
    const array = this.cell.arrays.get(name)
    return array ? array.values[row * (array.shape[1] ?? 1) + column] : 0
  }

  /** The value of the largest size over all units. */
  strongest(name, dt = 0) {
    const length = this.cell.arrays.get(name)?.shape[1] ?? 0
    let found = 0
    for (let unit = 0; unit < length; unit++) {
      const value = this.of(name, dt, unit)
      if (!(Math.abs(value) <= Math.abs(found))) found = value
    }
    return found
  }

  /** How much gradient the units of `name` send through a matrix to one of its columns. */
  sentBack(weights, name, column) {
    let sum = 0
    for (let unit = 0; unit < this.cell.H; unit++) sum += this.weight(weights, unit, column) * this.of(name, 0, unit)
    return sum
  }
}
