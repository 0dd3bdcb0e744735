// The functions of a sum in the table of equations: what they compute, and what stands before and after their argument.
import { ACTIVATIONS } from "../../engine/functions.js"

/** "share" divides the value's own term by the sum. */
export const valueOf = (name, total, own) => (name === "share" ? own / total : name === "sigmoid" ? 0.5 * (1 + Math.tanh(0.5 * total)) : name === "identity" ? total : ACTIVATIONS[name](total))

const BRACKETS = {
  sigmoid: ["σ(", ")"], tanh: ["tanh(", ")"], relu: ["relu(", ")"], exp: ["exp(", ")"], softplus: ["softplus(", ")"],
  log_sigmoid: ["log σ(", ")"], elu_plus_one: ["1 + elu(", ")"], reciprocal: ["1/(", ")"], inverse_root: ["1/√(", ")"],
  root_rest: ["√(1 − exp(2·(", ")))"], magnitude: ["|", "|"], cos: ["cos(", ")"], sin: ["sin(", ")"],
}

/** [before, after] of the sum, or null where there is no function. `own`: of a share, the text of its own term. */
export const bracketsOf = (name, own = "") => (name === "share" ? [`${own} / (`, ")"] : BRACKETS[name] ?? null)
