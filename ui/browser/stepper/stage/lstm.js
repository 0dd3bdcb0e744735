// The LSTM: the memory c is the belt. The forget gate is a valve on it, the input gate one on the way of the candidate to it,
// and the output gate one on the way from it to h.
import { addInputs, sourcesOf } from "./inputs.js"
import { Scene } from "./scene.js"

const LSTM_WIDE = {
  period: 880, size: 606, least: 1012, left: -66, middle: 505,
  belt: 120, beltPart: "c", chevrons: [96, 784], tube: 66, pipe: 42, frame: [70, 14, 872, 584], tag: [94, 48],
  tile: [162, 124], tiles: { f: 170, i: 345, g: 520, o: 695 }, tileLine: 362, tileEdge: 424, stateEdge: 380,
  levels: [464, 486, 508], offsets: { 1: [0], 2: [-28, 28], 3: [-42, 0, 42] }, stub: 14,
  inputs: { left: 85, right: 920, top: 556, most: 106, height: 44 },
  c: { at: [880, 120], size: [120, 56], symbol: [0, -42, "middle"] }, h: { at: [880, 352], size: [108, 54], symbol: [-12, 50, "end"] },
  join: 520, pipeFoot: 300, valveF: 170, valveI: 232, out: [148, 208, 270, 326],
  rods: { f: [[170, 300], [170, 166]], i: [[345, 300], [345, 232], [484, 232]], o: [[695, 300], [695, 270], [844, 270]] },
  notes: { f: [204, 196, "start"], i: [560, 238, "start"], o: [838, 258, "end"] },
  loss: [1036, 352],
  peepholes: { f: [[112, 153], [112, 300]], i: [[112, 268], [300, 268], [300, 300]], o: [[668, 153], [668, 300]] },
  coupling: { path: [[170, 262], [345, 262], [345, 300]], at: [250, 262] },
}
const LSTM_TALL = {
  period: 446, size: 384, least: 0, left: -46, middle: 223, span: 522,
  belt: 58, beltPart: "c", chevrons: [60, 390], tube: 48, pipe: 30, frame: [4, 26, 376, 447], tag: [96, 54],
  tile: [150, 70], tiles: { f: 122, i: 200, g: 278, o: 356 }, tileLine: 243, tileEdge: 318, stateEdge: 334,
  levels: [340, 355, 370], offsets: { 1: [0], 2: [-16, 16], 3: [-22, 0, 22] }, stub: 10,
  inputs: { left: 106, right: 318, top: 49, most: 82, height: 34 },
  c: { at: [58, 446], size: [100, 42], symbol: [-50, -28, "start"] }, h: { at: [284, 446], size: [100, 42], symbol: [50, -28, "end"] },
  join: 278, pipeFoot: 168, valveF: 122, valveI: 122, out: [106, 148, 200, 236],
  rods: { f: [[168, 122], [94, 122]], i: [[168, 200], [122, 200], [122, 252]], o: [[200, 391], [200, 420]] },
  notes: { f: [86, 154, "start"], i: [86, 330, "start"], o: [212, 413, "start"] },
  loss: [284, 488],
  peepholes: { f: [[82, 100], [168, 100]], i: [[82, 182], [168, 182]], o: [[82, 374], [168, 374]] },
  coupling: { path: [[243, 157], [243, 165]], at: [243, 161] },
}
const LSTM_GATES = {
  f: { name: "forget_gate", curve: "sigmoid", verb: "keeps" },
  i: { name: "input_gate", curve: "sigmoid", verb: "lets_in" },
  g: { name: "candidate", curve: "tanh" },
  o: { name: "output_gate", curve: "sigmoid", verb: "shows" },
}

/** What flows along the belt and the pipes: forward the values, backward their gradients. */
export const LSTM_FLOWS = {
  kept_before: { key: "kept_before", forward: (r) => r.of("cs", -1), backward: (r) => r.of("dcs_through_forget", -1), scale: "memory" },
  kept: { key: "kept", forward: (r) => r.of("forget_gate") * r.of("cs", -1), backward: (r) => r.of("dcs"), scale: "memory" },
  memory: { key: "memory", forward: (r) => r.of("cs"), backward: (r) => r.of("dcs"), scale: "memory", opensFrom: "join" },
  proposed: { key: "proposed", forward: (r) => r.of("candidate"), backward: (r) => r.of("dcandidate") },
  written: { key: "written", forward: (r) => r.of("input_gate") * r.of("candidate"), backward: (r) => r.of("dcs") },
}

export function lstmScene({ options: { variant }, X }, isTall) {
  const scene = new Scene(isTall ? "y" : "x", { ...(isTall ? LSTM_TALL : LSTM_WIDE) })
  const letters = Object.keys(LSTM_GATES).filter((letter) => letter !== "f" || variant !== "no_forget")
  scene.parts = { in: [110, 390], f: [180, 340], i: [220, 310], g: [250, 280], o: [290, 190], c: [320, 240], sc: [350, 210], h: [390, 150], sh: [420, 110] }
  addLstmBelt(scene)
  addOutput(scene)
  const hasInputs = letters.filter((letter) => letter !== "i" || variant !== "coupled")
  addInputs(scene, { X }, hasInputs.map((letter) => lstmReader(scene, letter)))
  for (const letter of letters) addGate(scene, letter, hasInputs.includes(letter))
  if (variant === "peephole") addPeepholes(scene)
  if (variant === "coupled") addCoupling(scene)
  addStates(scene)
  addLstmMeaning(scene, X, letters, hasInputs)
  return scene
}

function lstmReader(scene, letter) {
  const { name } = LSTM_GATES[letter]
  return { key: letter, s: scene.at.tiles[letter], reads: ["h", "x"], letter, name, dpre: `d${name}_pre` }
}

function addLstmBelt(scene) {
  const { at } = scene
  const { period, belt, tube, pipe, join, pipeFoot } = at
  scene.tube(scene.along(0, belt), scene.along(period + 0.5, belt), tube)
  scene.tube(scene.across(pipeFoot, join), scene.across(belt, join), pipe)
  scene.chain("c", {
    isAlong: true, base: belt, width: tube, segments: [
      { ...LSTM_FLOWS.kept_before, from: 0, to: at.valveF }, { ...LSTM_FLOWS.kept, from: at.valveF, to: join }, { ...LSTM_FLOWS.memory, from: join, to: period },
    ],
  })
  scene.chain("c", {
    base: join, width: pipe, meets: belt, meetWidth: tube, segments: [
      { ...LSTM_FLOWS.proposed, from: pipeFoot, to: at.valveI }, { ...LSTM_FLOWS.written, from: at.valveI, to: belt },
    ],
  })
  scene.node("c", "join", scene.along(join, belt), "+")
  scene.pulse("c", [scene.along(0, belt), scene.along(period, belt)], 8)
  scene.pulse("c", [scene.across(pipeFoot, join), scene.across(belt, join)], 6)
}

function addOutput(scene) {
  const { period, pipe, out: [top, tanh, valve, foot] } = scene.at
  scene.tube(scene.across(top - 10, period), scene.across(foot, period), pipe)
  scene.chain("h", {
    base: period, width: pipe, segments: [
      { key: "shown", from: top - 4, to: tanh, forward: (r) => r.of("cs"), backward: (r) => r.of("dcs_through_output"), scale: "memory" },
      { key: "squashed", from: tanh, to: valve, forward: (r) => r.of("tanh_c"), backward: (r) => r.of("dtanh_c"), opensFrom: "node" },
      { key: "out", from: valve, to: foot, forward: (r) => r.of("hs"), backward: (r) => r.of("dhs") },
    ],
  })
  scene.node("h", "tanh", scene.across(tanh, period), "tanh")
  scene.pulse("h", [scene.across(top, period), scene.across(foot, period)], 6)
}

function addGate(scene, letter, hasInputs) {
  const { at } = scene
  const { name, curve, verb } = LSTM_GATES[letter]
  if (verb) {
    const place = { f: scene.along(at.valveF, at.belt), i: scene.across(at.valveI, at.join), o: scene.across(at.out[2], at.period) }[letter]
    const half = (letter === "f" ? at.tube : at.pipe) / 2
    scene.valve(letter, { gate: name, at: place, isAlong: letter === "f", half, rod: at.rods[letter], note: at.notes[letter], verb })
  }
  const place = scene.along(at.tiles[letter], at.tileLine)
  scene.box(letter, letter, "gate", place, at.tile, { name, grad: `d${name}`, ink: name, sum: `${name}_pre`, curve: hasInputs && curve })
}

function addPeepholes(scene) {
  for (const letter of ["f", "i", "o"]) {
    const name = LSTM_GATES[letter].name
    const dt = letter === "o" ? 0 : -1
    scene.wire("in", `${letter}_c`, {
      paths: [scene.at.peepholes[letter]], isDashed: true, forward: (r) => r.of("cs", dt) && Math.tanh(r.of(`${name}_c`)),
      backward: (r) => r.weight(`w_c${letter}`, r.unit, 0) * r.of(`d${name}_pre`), backScale: "gradient",
    })
  }
}

/** i = 1 − f: the input gate has no weights, it reads the forget gate. */
function addCoupling(scene) {
  const { path, at } = scene.at.coupling
  scene.rods.push({ part: "i", key: "coupling", path, ink: "forget_gate" })
  scene.node("i", "coupling", at, "1−", "f")
}

function addStates(scene) {
  for (const key of ["c", "h"]) {
    const { at, size, symbol } = scene.at[key]
    scene.box(`s${key}`, key, "state", at, size, { name: `${key}s`, grad: `d${key}s`, ink: key, symbol })
  }
}

function addLstmMeaning(scene, X, letters, hasInputs) {
  const sources = sourcesOf(X)
  const rails = sources.map((source) => `rail_${source}`)
  const inputs = Array.from({ length: X }, (_, j) => `x${j}`)
  const branches = (letter) => (hasInputs.includes(letter) ? sources.map((source) => `${letter}_${source}`) : ["coupling", "f"])
  const peepholes = (letter) => (letter === "g" ? [] : [`${letter}_c`])
  const gate = (letter) => [letter, ...branches(letter), ...peepholes(letter)]
  const valve = (letter) => [`valve_${letter}`, letter]
  const forward = { c: ["kept_before", "kept", "memory", "proposed", "written", ...valve("f"), ...valve("i"), "join", "g", "c", "p:c"], h: ["shown", "squashed", "out", "tanh", ...valve("o"), "c", "h"] }
  const backward = {
    f: ["f", "valve_f", "kept", "memory", "c", "p:c"], i: ["i", "valve_i", "written", "memory", "c"], g: ["g", "proposed", "written", ...valve("i"), "memory", "c"],
    o: ["o", "valve_o", "out", "h"], c: ["c", "shown", "squashed", "out", "tanh", "valve_o", "h", "n:kept_before", "n:kept", "n:valve_f", "n:c"],
    h: ["h", "n:rail_h", ...hasInputs.flatMap((letter) => [`n:${letter}`, `n:${letter}_h`])],
  }
  for (const letter of letters) forward[letter] = [...gate(letter), ...rails, ...inputs, "p:h"]
  for (const j of inputs.keys()) {
    const source = sources.includes(`x${j}`) ? `x${j}` : "x"
    forward[`x${j}`] = [`x${j}`, `rail_${source}`]
    backward[`x${j}`] = [`x${j}`, `rail_${source}`, ...hasInputs.flatMap((letter) => [letter, `${letter}_${source}`])]
  }
  scene.madeOf = { forward, backward }
  scene.stages = {
    forward: {
      in: [...inputs, ...rails, "p:h", ...letters.flatMap(branches)],
      forget: [...valve("f"), "kept_before", "kept", "p:c"],
      input: ["g", ...valve("i"), "proposed", "written", "join", "coupling"],
      cell: ["kept_before", "kept", "memory", "written", "join", "valve_f", "valve_i", "c", "p:c"],
      output: ["shown", "squashed", "out", "tanh", ...valve("o"), "h", "c"],
    },
    backward: {
      output: ["h", "n:rail_h", "out", "squashed", "shown", "tanh", ...valve("o"), ...hasInputs.map((letter) => `n:${letter}_h`)],
      cell: ["shown", "c", "n:kept_before", "n:valve_f", "n:c", "memory"],
      input: ["memory", "written", "proposed", ...valve("i"), "g", "join", "c"],
      forget: ["kept_before", "kept", "memory", ...valve("f"), "c", "p:c", "join"],
      in: [...inputs, ...rails, "p:h", ...letters.flatMap(branches), ...letters],
    },
  }
}
