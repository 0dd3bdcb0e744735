// The plain RNN: two products, one sum, one squash. There is room to show the weights themselves.
import { FOOT, Plan } from "./plan.js"

const SIGNS = { tanh: "tanh", relu: "relu", sigmoid: "σ", linear: "1·" }

export function planRNN(cell) {
  const plan = new Plan(cell)
  const tall = plan.rowHeight
  const upper = 52 + tall / 2
  const lower = upper + tall + 64
  const middle = (upper + lower) / 2
  const left = 196
  const wide = Math.max(cell.X, cell.H) * (Math.min(plan.unit, 22) + 2)

  const old = plan.column("hs", 84, upper, "in sum", { id: "h_old", shift: -1 })
  const input = plan.column("xs", 84, lower, "in sum", { n: cell.X })
  const recurrent = plan.matrix("W_hh", left + wide / 2, upper, "sum", cell.H)
  const entering = plan.matrix("W_xh", left + wide / 2, lower, "sum", cell.X)
  let x = left + wide + 74
  const fromH = plan.column("pre_h", x, upper, "sum", { grad: "dpre" })
  const fromX = plan.column("pre_x", x, lower, "sum", { grad: "dpre" })
  const add = plan.node("+", x + 106, middle, "sum", "h", 14)
  const bias = plan.column("b_h", add.x, lower, "sum", { label: "bottom" })
  const sum = plan.column("pre", add.x + 84, middle, "sum squash")
  const squash = plan.node(SIGNS[cell.options.activation], sum.x + 76, middle, "squash", "h")
  const hidden = plan.column("hs", squash.x + 76, middle, "squash", { id: "h_new" })
  plan.loss = plan.column("dhs_direct", hidden.right + 12, middle, "squash", {
    id: "loss", thin: true, label: "head", head: "L", headInk: "loss", grad: "dhs_direct", only: "backward",
  })
  plan.width = hidden.right + 110
  plan.height = lower + tall / 2 + FOOT + 10

  plan.wire("h", "in sum", [[old.right + 1, upper], [recurrent.left - 4, upper]])
  plan.wire("h", "sum", [[recurrent.right + 4, upper], [fromH.left - 1, upper]])
  plan.wire("x", "in sum", [[input.right + 1, lower], [entering.left - 4, lower]])
  plan.wire("x", "sum", [[entering.right + 4, lower], [fromX.left - 1, lower]])
  plan.wire("h", "sum", [[fromH.right + 1, upper], [add.x, upper], [add.x, add.y - add.radius]])
  const turn = (fromX.right + bias.left) / 2
  plan.wire("x", "sum", [[fromX.right + 1, lower], [turn, lower], [turn, middle], [add.left, middle]])
  plan.wire("", "sum", [[bias.x, bias.top - 1], [bias.x, add.y + add.radius]])
  plan.wire("h", "sum squash", [[add.right, middle], [sum.left - 1, middle]])
  plan.wire("h", "squash", [[sum.right + 1, middle], [squash.left, middle]])
  plan.wire("h", "squash", [[squash.right, middle], [hidden.left - 1, middle]])

  plan.ghosts(20, plan.height - 8)
  plan.wire("h", "in", [[34, upper], [old.left - 1, upper]])
  plan.wire("h", "squash", [[hidden.right + 1, middle], [plan.ghost.rightX, middle]])
  plan.body(left - 44)
  return plan
}
