// The stages inside one step: which formulas each one is about, forward and backward. Their words come from Python.
import { planGRU } from "./plan_gru.js"
import { planLSTM } from "./plan_lstm.js"
import { planRNN } from "./plan_rnn.js"

export const PLANS = { rnn: planRNN, lstm: planLSTM, gru: planGRU }

const BEFORE = { name: "dhs", shift: -1 } // the gradient that leaves the step, on h_{t-1}
const GATE_BACK = (gate) => [`d${gate}`, `d${gate}_pre`]

const STAGES = {
  rnn: [
    { id: "in", forward: [], backward: ["dxs", BEFORE] },
    { id: "sum", forward: ["pre"], backward: ["dW_xh", "dW_hh", "db_h"] },
    { id: "squash", forward: ["hs"], backward: ["dhs", "dpre"] },
  ],
  lstm: [
    { id: "in", forward: [], backward: ["dxs", BEFORE] },
    { id: "forget", forward: ["forget_gate"], backward: GATE_BACK("forget_gate") },
    { id: "input", forward: ["input_gate"], backward: GATE_BACK("input_gate") },
    { id: "candidate", forward: ["candidate"], backward: GATE_BACK("candidate") },
    { id: "cell", forward: ["cs"], backward: ["dcs", "dcs_through_output", "dcs_through_forget"] },
    { id: "output", forward: ["output_gate"], backward: GATE_BACK("output_gate") },
    { id: "hidden", forward: ["tanh_c", "hs"], backward: ["dhs", "dtanh_c"] },
  ],
  gru: [
    { id: "in", forward: [], backward: ["dxs", BEFORE] },
    { id: "reset", forward: ["reset_gate"], backward: GATE_BACK("reset_gate") },
    { id: "candidate", forward: ["candidate_h", "reset_h", "candidate"], backward: [...GATE_BACK("candidate"), "dreset_h"] },
    { id: "update", forward: ["update_gate"], backward: GATE_BACK("update_gate") },
    { id: "hidden", forward: ["hs"], backward: ["dhs"] },
  ],
}

/** The stages of this cell, in the order of the direction: backward, the last comes first. */
export function stagesOf(cell, direction) {
  const missing = cell.options.variant === "no_forget" ? "forget" : ""
  const stages = STAGES[cell.kind]
    .filter((stage) => stage.id !== missing)
    .map((stage) => ({ id: stage.id, formulas: stage[direction].map(shifted).filter(({ name }) => cell.recipes[name]) }))
  return direction === "backward" ? stages.reverse() : stages
}

const shifted = (entry) => (typeof entry === "string" ? { name: entry, shift: 0 } : entry)

/** The formulas of a whole step: those of its stages, each once. */
export function wholeStep(stages) {
  const byName = new Map()
  for (const formula of stages.flatMap((stage) => stage.formulas)) if (!byName.has(formula.name)) byName.set(formula.name, formula)
  return [...byName.values()]
}

/** What comes in is not computed: it is written down as it is. */
export function incoming(cell) {
  const states = cell.has("cs") ? ["hs", "cs"] : ["hs"]
  return [{ name: "xs", shift: 0 }, ...states.map((name) => ({ name, shift: -1 }))]
}
