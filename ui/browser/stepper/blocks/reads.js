// Which block shows a value, and which blocks a block reads. A value without a block belongs to the first block that reads it.

/** The names that `recipe` reads: {name, dt}; dt is -1 for the step before. */
const readsOf = (recipe) => recipe.terms.flatMap(({ factors }) => factors.filter(({ name }) => name).map(({ name, dt }) => ({ name, dt })))

/** From the name of every value of the forward pass, and of every weight, to the name of the block's first value. */
export function ownersOf(cell, blocks) {
  const owners = new Map(blocks.flatMap(({ names }) => names.map((name) => [name, names[0]])))
  const forward = Object.values(cell.recipes).filter(({ name }) => !cell.symbols[name].of)
  for (let before = -1; before < owners.size; ) {
    before = owners.size
    for (const recipe of forward) {
      const owner = owners.get(recipe.name)
      if (owner) for (const { name, dt } of readsOf(recipe)) if (dt === 0 && !owners.has(name)) owners.set(name, owner)
    }
  }
  return owners
}

/** Pairs of blocks {from, to, dt}: each `to` reads `from`, of the same step or (dt = -1) of the step before. */
export function edgesOf(cell, blocks, owners) {
  const found = new Map()
  const own = new Set(blocks.flatMap(({ names }) => names)) // a weight that two blocks read makes no edge between them
  const forward = Object.values(cell.recipes).filter(({ name }) => !cell.symbols[name].of && owners.has(name))
  for (const recipe of forward) {
    const to = owners.get(recipe.name)
    for (const { name, dt } of readsOf(recipe)) {
      const from = cell.symbols[name].first === null && !own.has(name) ? null : owners.get(name)
      if (from && (from !== to || dt < 0) && blocks.some(({ names }) => names[0] === from)) found.set(`${from} ${to} ${dt}`, { from, to, dt })
    }
  }
  return [...found.values()]
}
