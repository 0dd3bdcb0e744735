// The GRU: the state h itself runs along the top; r decides what the candidate sees, z what stays.
import { FOOT, HEAD, MAIN, NODE, Plan, THIN, WORD, bus, finishGate, gate } from "./plan.js"

export function planGRU(cell) {
  const { reset, z_keeps: keeps } = cell.options
  const plan = new Plan(cell)
  const tall = plan.tall()
  const highway = 48 + tall / 2
  const join = highway + 64
  const branch = join + 38
  const gates = Math.max(highway + tall / 2 + 66, branch + HEAD + 24) + tall / 2
  const foot = gates + plan.rowHeight / 2 + FOOT
  const parts = [["x", "x"], ["h", "h"]]

  const old = plan.column("hs", 74, highway, "in reset candidate update hidden", { id: "h_old", shift: -1 })
  const input = plan.column("xs", 74, gates, "in reset candidate update", { n: cell.X })
  const r = gate(plan, "reset_gate", 190, gates, { parts, sign: "σ", stages: "reset", usedIn: "candidate" })
  const n = candidate(plan, r.right + 22, gates, reset)
  const z = gate(plan, "update_gate", n.right + 22, gates, { parts, sign: "σ", stages: "update", usedIn: "hidden" })
  if (reset === "after") {
    const rise = n.top - 16
    plan.wire("reset_gate", "candidate", [[r.value.x, r.value.top - 1], [r.value.x, rise], [n.product.x, rise], [n.product.x, n.product.top]])
  } else {
    plan.wire("reset_gate", "candidate", [[r.value.right + 1, gates], [n.product.left, gates]])
  }

  const blend = z.right + 52
  const hidden = plan.column("hs", blend + 84, highway, "hidden", { id: "h_new" })
  plan.loss = plan.column("dhs_direct", hidden.right + 12, highway, "hidden", {
    id: "loss", thin: true, label: "head", head: "L", headInk: "loss", grad: "dhs_direct", only: "backward",
  })
  plan.width = hidden.right + 96
  plan.height = foot + 44
  wireBlend(plan, { highway, join, branch, old, hidden, n, z, blend, keeps })

  // Here h runs on the upper bus: its branch from the state then crosses nothing.
  const branchX = old.right + 26
  const candidateH = reset === "after" ? n.parts.h : { x: n.product.x, bottom: n.product.bottom - 1 }
  bus(plan, "x", [input.x, input.bottom + 1], foot + 28, [
    { column: r.parts.x, stages: "reset" }, { column: n.parts.x, stages: "candidate" }, { column: z.parts.x, stages: "update" },
  ])
  for (const [column, stages] of [[r.parts.h, "reset"], [candidateH, "candidate"], [z.parts.h, "update"]]) {
    const points = [[branchX, highway], [branchX, foot + 14], [column.x, foot + 14], [column.x, column.bottom + 1]]
    plan.wire("h", `in ${stages}`, points, { source: "bus-h", tail: false })
  }

  plan.ghosts(20, plan.height - 8)
  plan.wire("h", "in hidden", [[34, highway], [old.left - 1, highway]])
  plan.wire("h", "hidden", [[hidden.right + 1, highway], [plan.ghost.rightX, highway]])
  plan.body(148)
  return plan
}

/** The candidate with the reset gate inside: after the product with W_hn, or before it. */
function candidate(plan, x, y, reset) {
  const stages = "candidate"
  const ink = "candidate"
  const made = { name: "candidate", x, y, parts: {} }
  const thin = (name, at, options) =>
    plan.column(name, at + THIN / 2, y, stages, { thin: true, label: "head", grad: "dcandidate_pre", ...options })
  const head = { h: { head: "h", headInk: "h", grad: "dcandidate_h" }, q: { head: "q", headInk: "reset_gate", grad: "dreset_h" } }
  let at = x + 8
  if (reset === "after") {
    made.parts.h = thin("candidate_h", at, head.h)
    made.product = plan.node("×", at + THIN + 7 + NODE, y, stages, "reset_gate")
    made.gated = thin("reset_h", at + THIN + 14 + 2 * NODE, head.q)
    plan.wire("h", stages, [[made.parts.h.right + 1, y], [made.product.left, y]], { small: true })
    plan.wire("reset_gate", stages, [[made.product.right, y], [made.gated.left - 1, y]], { small: true })
    at = made.gated.right + 5
  } else {
    made.product = plan.node("×", at + 6 + NODE, y, stages, "reset_gate")
    made.gated = thin("reset_h", at + 13 + 2 * NODE, head.q)
    made.parts.h = thin("candidate_h", made.gated.right + 20, head.h)
    plan.wire("reset_gate", stages, [[made.product.right, y], [made.gated.left - 1, y]], { small: true })
    plan.wire("h", stages, [[made.gated.right + 1, y], [made.parts.h.left - 1, y]], { small: true })
    at = made.parts.h.right + 4
  }
  made.parts.x = thin("candidate_x", at, { head: "x", headInk: "x" })
  made.pre = thin("candidate_pre", made.parts.x.right + 10, { head: "Σ", headInk: ink })
  plan.wire(ink, stages, [[made.parts.x.right + 1, y], [made.pre.left - 1, y]], { small: true })
  const node = plan.node("tanh", made.pre.right + 7 + WORD, y, stages, ink)
  plan.wire(ink, stages, [[made.pre.right + 1, y], [node.left, y]], { head: false, tail: false })
  made.value = plan.column("candidate", node.right + 7 + MAIN / 2, y, `${stages} hidden`, { label: "bottom" })
  plan.wire(ink, stages, [[node.right, y], [made.value.left - 1, y]], { small: true })
  made.right = made.value.right + 8
  made.width = made.right - x
  finishGate(plan, made, stages, ink, made.product.right + 4)
  return made
}

/** h_t = keep · h_{t-1} + write · n_t. Which of z and 1 − z keeps is the convention. */
function wireBlend(plan, { highway, join, branch, old, hidden, n, z, blend, keeps }) {
  const keep = plan.node("×", z.value.x, highway, "hidden", "h")
  const add = plan.node("+", blend, highway, "hidden", "h")
  const write = plan.node("×", blend, join, "hidden", "h")
  plan.wire("h", "hidden", [[old.right + 1, highway], [keep.left, highway]], { thick: true })
  plan.wire("h", "hidden", [[keep.right, highway], [add.left, highway]], { thick: true })
  plan.wire("h", "hidden", [[add.right, highway], [hidden.left - 1, highway]], { thick: true })
  plan.wire("h", "hidden", [[blend, write.top], [blend, add.bottom]])

  const flip = keeps
    ? plan.node("1−", (z.value.x + blend) / 2, branch, "hidden", "update_gate", NODE + 3)
    : plan.node("1−", z.value.x, (join + keep.bottom) / 2, "hidden", "update_gate", NODE + 3)
  const up = [[z.value.x, z.value.top - 1], [z.value.x, keeps ? keep.bottom : flip.bottom]]
  plan.wire("update_gate", "hidden", up, { source: "z" })
  const from = [z.value.x, branch]
  if (keeps) {
    plan.wire("update_gate", "hidden", [from, [flip.left, branch]], { tail: false })
    plan.wire("update_gate", "hidden", [[flip.right, branch], [blend, branch], [blend, write.bottom]])
  } else {
    plan.wire("update_gate", "hidden", [[z.value.x, flip.top], [z.value.x, keep.bottom]], { small: true })
    plan.wire("update_gate", "hidden", [from, [blend, branch], [blend, write.bottom]], { tail: false })
  }
  plan.wire("candidate", "hidden", [[n.value.x, n.value.top - 1], [n.value.x, join], [write.left, join]])
}
