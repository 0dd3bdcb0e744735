// The steps of the computation inside one time step: which formulas each one is about, forward and backward.
// Their names and sentences come from Python; stage/*.js says which pieces of the drawing each one lights up.

const COMPUTATIONS = {
  rnn: {
    forward: { in: [], sum: ["pre"], squash: ["hs"] },
    backward: { squash: ["dhs", "dpre"], sum: ["dW_hh"], in: ["dxs"] },
  },
  lstm: {
    forward: { in: [], forget: ["forget_gate"], input: ["input_gate", "candidate"], cell: ["cs"], output: ["output_gate", "hs"] },
    backward: { output: ["dhs", "dcs_through_output"], cell: ["dcs"], input: ["dinput_gate", "dcandidate"], forget: ["dforget_gate"], in: ["dxs"] },
  },
  gru: {
    forward: { in: [], reset: ["reset_gate"], candidate: ["reset_h", "candidate"], update: ["update_gate"], hidden: ["hs"] },
    backward: { hidden: ["dhs"], update: ["dupdate_gate"], candidate: ["dcandidate", "dreset_h"], reset: ["dreset_gate"], in: ["dxs"] },
  },
}
const WHOLE = {
  rnn: { forward: ["hs"], backward: ["dhs"] },
  lstm: { forward: ["cs"], backward: ["dcs_through_forget"] },
  gru: { forward: ["hs"], backward: ["dhs_through_carry"] },
}
// The paths of a gradient from one step to the step before: their formulas are formulaOf for the step before.
const ARRIVES_BEFORE = new Set(["dcs_through_forget", "dhs_through_carry"])

/** Links name steps that earlier versions had. */
export const RENAMED = { lstm: { candidate: "input", hidden: "output" } }

const MOST_FORMULAS = 2 // under the drawing

const formulaOf = (name) => ({ name, shift: ARRIVES_BEFORE.has(name) ? -1 : 0 })

/** The steps of this cell in the order of the direction: {id, formulas}. */
export function computationOf(cell, direction) {
  if (cell.blocks) return partsOf(cell, direction)
  return Object.entries(COMPUTATIONS[cell.kind][direction])
    .filter(([id]) => !(id === "forget" && cell.options.variant === "no_forget"))
    .map(([id, names]) => ({ id, formulas: names.filter((name) => cell.recipes[name]).map(formulaOf) }))
}

/** Of a cell after the LSTM: its parts, each with the formulas of its first blocks. */
function partsOf({ blocks: { columns, parts }, recipes }, direction) {
  const all = columns.flat()
  const found = parts.map((id) => {
    const names = all.filter(({ part }) => part === id).flatMap((block) => block.names)
    return { id, formulas: inDirection(names, direction, recipes).slice(0, MOST_FORMULAS) }
  })
  return direction === "forward" ? found : found.reverse()
}

const inDirection = (names, direction, recipes) => names.map((name) => (direction === "forward" ? name : `d${name}`)).filter((name) => recipes[name]).map(formulaOf)

export function wholeStep(cell, direction) {
  if (!cell.blocks) return WHOLE[cell.kind][direction].map(formulaOf)
  const [state] = cell.blocks.states
  return inDirection(state ?? [cell.blocks.output], direction, cell.recipes)
}
