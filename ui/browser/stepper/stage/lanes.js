// Several cells one above the other: each is a lane with its own belt, and only what happens to the memory is drawn.
import { gruFlows } from "./gru.js"
import { LSTM_FLOWS } from "./lstm.js"
import { Scene } from "./scene.js"

const LANE = {
  period: 520, size: 210, least: 0, left: -90, middle: 260, belt: 138, tube: 56, pipe: 34, frame: [62, 8, 396, 194], tag: [80, 34],
  state: { at: [520, 138], size: [108, 50], symbol: [0, 46, "middle"] }, tile: [136, 42], candidate: [330, 34],
  foot: 55, valve: 88, keep: 128, join: 330, loss: [662, 138],
}

export function laneScene(cell) {
  const scene = new Scene("x", { ...LANE })
  const { at } = scene
  scene.parts = { in: [110, 390], g: [220, 290], f: [180, 330], m: [300, 200], s0: [380, 110] }
  const state = cell.kind === "lstm" ? "c" : "h"
  LANES[cell.kind](scene, cell)
  scene.pulse("m", [[0, at.belt], [at.period, at.belt]], 8)
  scene.box("s0", state, "state", at.state.at, at.state.size, { name: `${state}s`, grad: `d${state}s`, ink: state, symbol: at.state.symbol })
  return scene
}

function addGated(scene, flows, { gates, candidate }) {
  const { at } = scene
  const { belt, join, foot } = at
  scene.tube([0, belt], [at.period + 0.5, belt], at.tube)
  scene.tube([join, foot], [join, belt], at.pipe)
  scene.chain("m", {
    isAlong: true, base: belt, width: at.tube, segments: [{ ...flows.kept_before, from: 0, to: at.keep }, { ...flows.kept, from: at.keep, to: join }, { ...flows.memory, from: join, to: at.period }],
  })
  scene.chain("m", {
    base: join, width: at.pipe, meets: belt, meetWidth: at.tube, segments: [{ ...flows.proposed, from: foot, to: at.valve, ease: 14 }, { ...flows.written, from: at.valve, to: belt, ease: 14 }],
  })
  const [keep, write] = gates
  if (keep) scene.valve("f", { key: "keeps", at: [at.keep, belt], isAlong: true, half: at.tube / 2, note: [at.keep, belt + 58, "middle"], verb: "keeps", ...keep })
  scene.valve("g", { key: "writes", at: [join, at.valve], half: at.pipe / 2, note: [join + 40, at.valve + 6, "start"], verb: "lets_in", ...write })
  scene.node("m", "join", [join, belt], "+", candidate.state)
  scene.box("g", candidate.key, "value", at.candidate, at.tile, { name: "candidate", grad: "dcandidate", ink: "candidate" })
  const belts = ["kept_before", "kept", "memory", "proposed", "written", "join", "keeps", "writes", candidate.key, candidate.state, `p:${candidate.state}`]
  const all = { [candidate.state]: belts, [candidate.key]: [candidate.key, "proposed"] }
  scene.madeOf = { forward: all, backward: { [candidate.state]: [candidate.state, "n:kept_before", "n:kept", "n:keeps", `n:${candidate.state}`], [candidate.key]: [candidate.key, "proposed", "written", "writes", "memory", candidate.state] } }
  return belts
}

const LANES = {
  lstm: (scene, { options: { variant } }) => {
    const keep = variant === "no_forget" ? null : { gate: "forget_gate" }
    const all = addGated(scene, LSTM_FLOWS, { gates: [keep, { gate: "input_gate" }], candidate: { key: "g", state: "c" } })
    const written = ["proposed", "writes", "g", "written"]
    const ways = { in: ["p:c"], forget: ["kept_before", "kept", "keeps", "p:c"], input: written, cell: all, output: ["c"] }
    scene.stages = { forward: ways, backward: ways }
  },
  gru: (scene, { options: { z_keeps: keeps } }) => {
    const gate = (oneMinus) => ({ gate: "update_gate", oneMinus })
    const all = addGated(scene, gruFlows(keeps), { gates: [gate(!keeps), gate(keeps)], candidate: { key: "n", state: "h" } })
    const ways = { in: ["p:h"], reset: ["p:h"], candidate: ["proposed", "n"], update: ["keeps", "writes"], hidden: all }
    scene.stages = { forward: ways, backward: ways }
  },
  rnn: (scene) => {
    const { at } = scene
    const { belt, join, foot, tube } = at
    scene.tube([0, belt], [join - 40, belt], tube)
    scene.tube([join + 40, belt], [at.period + 0.5, belt], tube)
    scene.tube([join, foot], [join, belt], at.pipe)
    const along = { isAlong: true, base: belt, width: tube }
    scene.chain("m", { ...along, segments: [{ key: "old", from: 0, to: join - 20, forward: (r) => r.of("hs", -1), backward: (r) => r.of("dhs", -1) - r.of("dhs_direct", -1), scale: "state" }] })
    scene.chain("m", { ...along, segments: [{ key: "new", from: join + 20, to: at.period, forward: (r) => r.of("hs"), backward: (r) => r.of("dhs"), scale: "state" }] })
    scene.chain("m", { base: join, width: at.pipe, segments: [{ key: "with_x", from: foot, to: belt - 22, forward: (r) => r.of("pre_x"), backward: (r) => r.of("dpre"), scale: "sum" }] })
    scene.node("m", "squash", [join, belt], "tanh", "h")
    scene.box("g", "from_x", "value", at.candidate, at.tile, { name: "pre_x", grad: "dpre", ink: "x" })
    const all = ["old", "new", "with_x", "squash", "from_x", "h", "p:h"]
    const made = { h: all, from_x: ["from_x", "with_x"] }
    scene.madeOf = { forward: made, backward: { h: ["h", "n:old", "n:squash", "n:h"], from_x: ["from_x", "with_x", "squash", "h"] } }
    const ways = { in: ["from_x", "with_x", "old", "p:h"], sum: ["from_x", "with_x", "old"], squash: ["squash", "new", "h"] }
    scene.stages = { forward: ways, backward: ways }
  },
}
