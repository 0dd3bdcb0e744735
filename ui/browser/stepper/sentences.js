// The one sentence of the caption: which of the words' sentences fits the present values, and the values to put in.
import { ink } from "./colours.js"
import { html } from "./dom.js"
import { inBox, percent } from "./numbers/numbers.js"
import { Reading } from "./stage/reading.js"

const [SHUT, OPEN] = [0.1, 0.9]

/** {key, values}: `key` is one of words.sentences. */
export function sentenceOf(cell, { step, unit, direction, stage }) {
  const read = new Reading(cell, step, Math.min(unit, cell.H - 1))
  const start = `${cell.kind}.${stage ?? "whole"}`
  const special = (direction === "forward" ? FORWARD : BACKWARD)[start]?.(read, cell)
  return { keys: [special && `${start}.${special}.${direction}`, `${start}.${cell.options.form}.${direction}`, `${start}.${direction}`, `blocks.${stage ?? "whole"}.${direction}`], values: valuesOf(cell, read, step) }
}

const FORWARD = {
  "lstm.whole": (read, cell) => {
    const [keeps, writes] = [read.of("forget_gate"), read.of("input_gate")]
    if (cell.options.variant === "no_forget") return "no_forget"
    return keeps < SHUT && writes > OPEN ? "writes" : keeps > OPEN && writes < SHUT ? "keeps" : null
  },
  "gru.whole": (read, cell) => {
    const kept = keptBy(read, cell)
    return kept < SHUT ? "writes" : kept > OPEN ? "keeps" : null
  },
  "rnn.squash": (read, cell) => (cell.options.activation === "tanh" && Math.abs(read.of("hs")) > 0.95 ? "saturated" : null),
}
const BACKWARD = {
  "lstm.whole": (read) => (read.of("forget_gate") < SHUT ? "shut" : null),
  "lstm.output": (read) => (read.of("dhs_direct") ? "loss" : null),
  "gru.whole": (read, cell) => (keptBy(read, cell) < SHUT ? "shut" : null),
  "gru.hidden": (read) => (read.of("dhs_direct") ? "loss" : null),
  "rnn.squash": (read) => (read.of("dhs_direct") ? "loss" : null),
}

const keptBy = (read, cell) => (cell.options.z_keeps ? read.of("update_gate") : 1 - read.of("update_gate"))

function valuesOf(cell, read, step) {
  const symbol = (letter, at) => html("span", { class: "in-text", style: `color: ${ink(letter)}` }, html("i", {}, letter), html("sub", {}, String(at)))
  const gradient = (letter) => html("span", { class: "in-text", style: `color: ${ink("gradient")}` }, "∂L/∂", html("i", {}, letter), html("sub", {}, String(step)))
  const kept = cell.kind === "gru" ? keptBy(read, cell) : read.of("forget_gate")
  return {
    step, before: step - 1, after: step + 1,
    c: symbol("c", step), c_before: symbol("c", step - 1), h: symbol("h", step), h_before: symbol("h", step - 1),
    dc: gradient("c"), dh: gradient("h"),
    c_value: inBox(read.of("cs")), h_value: inBox(read.of("hs")), sum: inBox(read.of("pre")), from_x: inBox(read.of("pre_x")), from_h: inBox(read.of("pre_h")),
    kept: percent(kept), replaced: percent(1 - kept), factor: inBox(kept), let_in: percent(read.of("input_gate")), shown: percent(read.of("output_gate")),
    seen: percent(read.of("reset_gate")), candidate: inBox(read.of("candidate")), added: inBox(read.of("input_gate") * read.of("candidate")),
    slope: inBox(1 - read.of("hs") ** 2),
  }
}
