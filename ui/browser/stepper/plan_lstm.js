// The LSTM: the memory c runs along the top; the gates stand below it in the order in which they act.
import { FOOT, HEAD, NODE, Plan, bus, finishGate, gate } from "./plan.js"

export function planLSTM(cell) {
  const { variant } = cell.options
  const peephole = variant === "peephole"
  const plan = new Plan(cell)
  const tall = plan.tall()

  const highway = 48 + tall / 2
  const join = highway + 58 // where i and g meet
  const gates = Math.max(highway + tall / 2 + 66, join + HEAD + 34) + tall / 2
  const foot = gates + plan.rowHeight / 2 + FOOT

  const oldMemory = plan.column("cs", 74, highway, `in cell${peephole ? " forget input" : ""}`, { id: "c_old", shift: -1 })
  const oldHidden = plan.column("hs", 74, gates, "in forget input candidate output", { id: "h_old", shift: -1 })
  const input = plan.column("xs", 134, gates, "in forget input candidate output", { n: cell.X })

  const made = {}
  let x = 186
  const add = (name, sign, stages, usedIn, sees) => {
    const parts = [["x", "x"], ["h", "h"], ...(peephole && sees ? [["c", "c"]] : [])]
    made[name] = gate(plan, name, x, gates, { parts, sign, stages, usedIn })
    x = made[name].right + 12
  }
  if (variant !== "no_forget") add("forget_gate", "σ", "forget", variant === "coupled" ? "cell input" : "cell", true)
  if (variant === "coupled") {
    made.input_gate = coupledGate(plan, made.forget_gate, x, gates)
    x = made.input_gate.right + 12
  } else add("input_gate", "σ", "input", "cell", true)
  add("candidate", "tanh", "candidate", "cell", false)
  add("output_gate", "σ", "output", "hidden", true)
  const { forget_gate: forget, input_gate: enter, candidate, output_gate: show } = made

  const memory = plan.column("cs", x + 34, highway, "cell hidden", { id: "c_new" })
  const squashed = plan.column("tanh_c", x + 34, gates, "hidden", { label: "bottom" })
  const meet = plan.node("×", x + 76, gates, "hidden", "h")
  const hidden = plan.column("hs", x + 118, gates, "hidden", { id: "h_new", label: "bottom" })
  plan.loss = plan.column("dhs_direct", hidden.right + 12, gates, "hidden", {
    id: "loss", thin: true, label: "head", head: "L", headInk: "loss", grad: "dhs_direct", only: "backward",
  })
  plan.width = x + 216
  plan.height = foot + 44

  wireMemory(plan, { highway, join, oldMemory, memory, forget, enter, candidate })
  wireOutput(plan, { gates, memory, squashed, meet, hidden, show })

  // x runs on the upper bus, h on the lower one.
  const fed = [forget, enter, candidate, show].filter((each) => each?.parts.x)
  const tap = (source) => fed.map((each) => ({ column: each.parts[source], stages: STAGE[each.name] }))
  bus(plan, "x", [input.x, input.bottom + 1], foot + 14, tap("x"))
  bus(plan, "h", [oldHidden.x, oldHidden.bottom + 1], foot + 28, tap("h"))
  if (peephole) wirePeepholes(plan, { highway, join, oldMemory, memory, forget, enter, show })

  plan.ghosts(20, plan.height - 8)
  plan.wire("c", "in cell", [[34, highway], [oldMemory.left - 1, highway]])
  plan.wire("h", "in", [[34, gates], [oldHidden.left - 1, gates]])
  plan.wire("c", "cell hidden", [[memory.right + 1, highway], [plan.ghost.rightX, highway]], { from: "c_new" })
  plan.wire("h", "hidden", [[hidden.right + 1, gates], [plan.ghost.rightX, gates]])
  plan.body(166)
  return plan
}

const STAGE = { forget_gate: "forget", input_gate: "input", candidate: "candidate", output_gate: "output" }

/** i = 1 − f: no weights of its own. */
function coupledGate(plan, forget, x, y) {
  const flip = plan.node("1−", x + 40, y, "input", "input_gate", NODE + 3)
  const value = plan.column("input_gate", x + 100, y, "input cell", { label: "bottom" })
  plan.wire("forget_gate", "input", [[forget.value.right + 1, y], [flip.left, y]])
  plan.wire("input_gate", "input", [[flip.right, y], [value.left - 1, y]])
  const made = { name: "input_gate", x, y, parts: {}, value, right: value.right + 8, width: value.right + 8 - x }
  finishGate(plan, made, "input", "input_gate")
  return made
}

function wireMemory(plan, { highway, join, oldMemory, memory, forget, enter, candidate }) {
  const middle = (enter.value.x + candidate.value.x) / 2
  const add = plan.node("+", middle, highway, "cell", "c")
  const write = plan.node("×", middle, join, "cell", "c")
  if (forget) {
    const keep = plan.node("×", forget.value.x, highway, "cell", "c")
    plan.wire("c", "cell", [[oldMemory.right + 1, highway], [keep.left, highway]], { thick: true })
    plan.wire("c", "cell", [[keep.right, highway], [add.left, highway]], { thick: true })
    plan.wire("forget_gate", "cell", [[forget.value.x, forget.value.top - 1], [forget.value.x, keep.bottom]])
  } else {
    plan.wire("c", "cell", [[oldMemory.right + 1, highway], [add.left, highway]], { thick: true })
  }
  plan.wire("c", "cell", [[add.right, highway], [memory.left - 1, highway]], { thick: true })
  plan.wire("input_gate", "cell", [[enter.value.x, enter.value.top - 1], [enter.value.x, join], [write.left, join]])
  plan.wire("candidate", "cell", [[candidate.value.x, candidate.value.top - 1], [candidate.value.x, join], [write.right, join]])
  plan.wire("c", "cell", [[middle, write.top], [middle, add.bottom]])
}

function wireOutput(plan, { gates, memory, squashed, meet, hidden, show }) {
  const tanh = plan.node("tanh", memory.x, (memory.bottom + squashed.top) / 2, "hidden", "c")
  plan.wire("c", "hidden", [[memory.x, memory.bottom + 1], [memory.x, tanh.top]])
  plan.wire("c", "hidden", [[memory.x, tanh.bottom], [memory.x, squashed.top - 1]])
  plan.wire("c", "hidden", [[squashed.right + 1, gates], [meet.left, gates]])
  plan.wire("h", "hidden", [[meet.right, gates], [hidden.left - 1, gates]])
  // o dips below tanh c and comes up to the product: no wire crosses another.
  const low = squashed.bottom + FOOT + 8
  const turn = show.right + 6
  plan.wire("output_gate", "hidden", [[show.value.right + 1, gates], [turn, gates], [turn, low], [meet.x, low], [meet.x, meet.bottom]])
}

/** The gates look at the memory: f and i at the old one, o at the new one. */
function wirePeepholes(plan, { join, highway, oldMemory, memory, forget, enter, show }) {
  const look = join + 26
  const from = oldMemory.right + 14
  for (const each of [forget, enter]) {
    const column = each.parts.c
    plan.wire("c", `in ${STAGE[each.name]}`, [[from, highway], [from, look], [column.x, look], [column.x, column.top - 16]], {
      dashed: true, source: "peephole", tail: false,
    })
  }
  const column = show.parts.c
  const height = memory.bottom + 14
  plan.wire("c", "output", [[memory.x, height], [column.x, height], [column.x, column.top - 16]], { dashed: true, tail: false })
}
