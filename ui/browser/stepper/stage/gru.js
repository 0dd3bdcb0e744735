// The GRU: the state h is the belt. One gate drives two valves: what the one keeps of the old state, the other lets in of the
// candidate. The reset gate is a valve on the way of h to the candidate.
import { addInputs, sourcesOf } from "./inputs.js"
import { Scene } from "./scene.js"
import { shareOfSum } from "./scales.js"

const GRU_WIDE = {
  period: 880, size: 606, least: 1012, left: -66, middle: 505,
  belt: 120, beltPart: "h", chevrons: [96, 784], tube: 66, pipe: 42, frame: [70, 14, 872, 584], tag: [94, 48],
  tile: [162, 124], tiles: { z: 170, r: 345, n: 660 }, tileLine: 362, tileEdge: 424, stateEdge: 148,
  levels: [464, 486, 508], offsets: { 1: [0], 2: [-28, 28], 3: [-42, 0, 42] }, stub: 14,
  inputs: { left: 85, right: 920, top: 556, most: 106, height: 44 },
  h: { at: [880, 120], size: [120, 56], symbol: [0, -42, "middle"] },
  join: 660, pipeFoot: 300, keep: 170, write: 232,
  rods: { keep: [[170, 300], [170, 166]], write: [[170, 232], [624, 232]], r: [[426, 344], [512, 344], [512, 366]] },
  notes: { keep: [204, 196, "start"], write: [700, 238, "start"], r: [503, 328, "middle"] },
  flip: { keep: [170, 204], write: [330, 232] },
  seen: { line: 392, from: 450, valve: 512, to: 579, width: 36, tap: 450 }, loss: [1036, 120],
}
const GRU_TALL = {
  period: 446, size: 384, least: 0, left: -46, middle: 223, span: 522,
  belt: 58, beltPart: "h", chevrons: [60, 390], tube: 48, pipe: 30, frame: [4, 26, 376, 447], tag: [96, 54],
  tile: [150, 70], tiles: { z: 122, r: 198, n: 330 }, tileLine: 243, tileEdge: 318, stateEdge: 108,
  levels: [340, 355, 370], offsets: { 1: [0], 2: [-16, 16], 3: [-22, 0, 22] }, stub: 10,
  inputs: { left: 106, right: 318, top: 49, most: 82, height: 34 },
  h: { at: [58, 446], size: [100, 42], symbol: [-50, -28, "start"] },
  join: 330, pipeFoot: 168, keep: 122, write: 122,
  rods: { keep: [[168, 122], [94, 122]], write: [[150, 122], [150, 288], [122, 288], [122, 302]], r: [[280, 233], [280, 238]] },
  notes: { keep: [90, 96, "start"], write: [88, 382, "start"], r: null },
  flip: { keep: [112, 122], write: [150, 250] },
  seen: { line: 264, from: 318, valve: 280, to: 243, width: 26, tap: 264 }, loss: [170, 452],
}
const GRU_GATES = {
  z: { name: "update_gate", curve: "sigmoid" },
  r: { name: "reset_gate", curve: "sigmoid" },
  n: { name: "candidate", curve: "tanh" },
}

/** What flows along the belt and from the candidate to it. `keeps`: whether z is what is kept, or what is written. */
export function gruFlows(keeps) {
  const keep = keeps ? (r) => r.of("update_gate") : (r) => 1 - r.of("update_gate")
  return {
    kept_before: { key: "kept_before", forward: (r) => r.of("hs", -1), backward: (r) => r.of("dhs_through_carry", -1), scale: "state" },
    kept: { key: "kept", forward: (r) => keep(r) * r.of("hs", -1), backward: (r) => r.of("dhs"), scale: "state" },
    memory: { key: "memory", forward: (r) => r.of("hs"), backward: (r) => r.of("dhs"), scale: "state", opensFrom: "join" },
    proposed: { key: "proposed", forward: (r) => r.of("candidate"), backward: (r) => r.of("dcandidate") },
    written: { key: "written", forward: (r) => (1 - keep(r)) * r.of("candidate"), backward: (r) => r.of("dhs") },
  }
}

export function gruScene({ options: { reset, z_keeps: keeps }, X }, isTall) {
  const scene = new Scene(isTall ? "y" : "x", { ...(isTall ? GRU_TALL : GRU_WIDE) })
  scene.parts = { in: [110, 390], r: [180, 310], seen: [220, 290], n: [250, 260], z: [290, 210], h: [330, 170], sh: [380, 110] }
  const isAfter = reset === "after"
  addGruBelt(scene, keeps)
  addSeen(scene, isAfter)
  addInputs(scene, { X }, gruReaders(scene, isAfter))
  for (const [letter, gate] of Object.entries(GRU_GATES)) {
    const place = scene.along(scene.at.tiles[letter], scene.at.tileLine)
    scene.box(letter, letter, "gate", place, scene.at.tile, { ...gate, grad: `d${gate.name}`, ink: gate.name, sum: `${gate.name}_pre` })
  }
  const { at, size, symbol } = scene.at.h
  scene.box("sh", "h", "state", at, size, { name: "hs", grad: "dhs", ink: "h", symbol })
  addGruMeaning(scene, X)
  return scene
}

function gruReaders(scene, isAfter) {
  const { tiles, seen } = scene.at
  const gate = (letter, reads) => ({ key: letter, s: tiles[letter], reads, letter, name: GRU_GATES[letter].name, dpre: `d${GRU_GATES[letter].name}_pre` })
  const toCandidate = {
    key: "q", s: seen.tap, reads: ["h"], letter: "n", name: "candidate", end: scene.isWide ? seen.line : seen.from,
    forward: isAfter ? (r) => shareOfSum(r.of("candidate_h")) : (r) => r.of("hs", -1),
    backward: isAfter ? (r) => r.sentBack("W_hn", "dcandidate_h", r.unit) : (r) => r.of("dreset_h") * r.of("reset_gate"),
  }
  return [gate("z", ["h", "x"]), gate("r", ["h", "x"]), gate("n", ["x"]), toCandidate]
}

function addGruBelt(scene, keeps) {
  const { at } = scene
  const { period, belt, tube, pipe, join, pipeFoot } = at
  const flows = gruFlows(keeps)
  scene.tube(scene.along(0, belt), scene.along(period + 0.5, belt), tube)
  scene.tube(scene.across(pipeFoot, join), scene.across(belt, join), pipe)
  scene.chain("h", {
    isAlong: true, base: belt, width: tube, segments: [
      { ...flows.kept_before, from: 0, to: at.keep }, { ...flows.kept, from: at.keep, to: join }, { ...flows.memory, from: join, to: period },
    ],
  })
  scene.chain("h", {
    base: join, width: pipe, meets: belt, meetWidth: tube, segments: [
      { ...flows.proposed, from: pipeFoot, to: at.write }, { ...flows.written, from: at.write, to: belt },
    ],
  })
  const { rods, notes, flip } = at
  scene.valve("z", { gate: "update_gate", at: scene.along(at.keep, belt), isAlong: true, half: tube / 2, rod: rods.keep, note: notes.keep, verb: "keeps", oneMinus: !keeps })
  scene.valve("z", { key: "valve_w", gate: "update_gate", at: scene.across(at.write, join), half: pipe / 2, rod: rods.write, note: notes.write, verb: "lets_in", oneMinus: keeps })
  scene.node("z", keeps ? "valve_w" : "valve_z", keeps ? flip.write : flip.keep, "1−", "z")
  scene.node("h", "join", scene.along(join, belt), "+", "h")
  scene.pulse("h", [scene.along(0, belt), scene.along(period, belt)], 8)
  scene.pulse("h", [scene.across(pipeFoot, join), scene.across(belt, join)], 6)
}

/** What the candidate sees of the old state: the reset gate acts on W h, or on h before the product. */
function addSeen(scene, isAfter) {
  const { seen, rods, notes, tile, tiles, tileLine } = scene.at
  const { line, from, valve, to, width } = seen
  const isAlong = scene.isWide
  const point = isAlong ? (s) => scene.along(s, line) : (s) => scene.across(s, line)
  scene.tube(point(from), point(to), width)
  scene.chain("seen", {
    isAlong, base: line, width, segments: [
      { key: "seen_before", from, to: valve, forward: isAfter ? (r) => r.of("candidate_h") : (r) => r.of("hs", -1), backward: isAfter ? (r) => r.of("dcandidate_h") : (r) => r.of("dreset_h") * r.of("reset_gate"), scale: isAfter ? "sum" : "state", ease: 16 },
      { key: "seen", from: valve, to, forward: (r) => r.of("reset_h"), backward: (r) => r.of("dreset_h"), scale: isAfter ? "sum" : "state", ease: 16 },
    ],
  })
  if (!scene.isWide) {
    const top = tiles.n - tile[1] / 2
    scene.wire("seen", "seen", { paths: [[[tileLine, line], [tileLine, top]]], forward: (r) => r.of("reset_h"), backward: (r) => r.of("dreset_h"), backScale: "gradient" })
  }
  scene.valve("r", { gate: "reset_gate", at: point(valve), isAlong, half: width / 2, rod: rods.r, note: notes.r, verb: "lets_see" })
  scene.pulse("seen", [point(from), point(to)], 6)
}

function addGruMeaning(scene, X) {
  const sources = sourcesOf(X)
  const inputSources = sources.slice(1)
  const rails = sources.map((source) => `rail_${source}`)
  const inputRails = inputSources.map((source) => `rail_${source}`)
  const inputs = Array.from({ length: X }, (_, j) => `x${j}`)
  const gate = (letter) => [letter, ...sources.map((source) => `${letter}_${source}`)]
  const seen = ["seen_before", "seen", "valve_r", "r", "q_h", "rail_h", "p:h"]
  const valves = ["valve_z", "valve_w", "z"]
  const belt = ["kept_before", "kept", "memory", "proposed", "written", "join", "n", "h", "p:h", ...valves]
  const ofCandidate = inputSources.map((source) => `n_${source}`)
  const fromGates = ["n:z", "n:r", "n:z_h", "n:r_h", "n:q_h", "n:rail_h"]
  scene.madeOf = {
    forward: {
      h: belt, z: [...gate("z"), ...rails, ...inputs, "p:h"], r: [...gate("r"), ...rails, ...inputs, "p:h"],
      n: ["n", ...ofCandidate, ...inputRails, ...inputs, ...seen],
      ...Object.fromEntries(inputs.map((x, j) => [x, [x, `rail_${sources.includes(`x${j}`) ? x : "x"}`]])),
    },
    backward: {
      h: ["h", "n:kept_before", "n:kept", "n:valve_z", "n:h", ...fromGates], z: ["z", ...valves, "memory", "kept", "written", "h", "p:h", "n"],
      r: ["r", "valve_r", "seen", "seen_before", "n"], n: ["n", "proposed", "written", "valve_w", "z", "memory", "h"],
      ...Object.fromEntries(inputs.map((x, j) => {
        const source = sources.includes(`x${j}`) ? x : "x"
        return [x, [x, `rail_${source}`, ...["z", "r", "n"].flatMap((letter) => [letter, `${letter}_${source}`])]]
      })),
    },
  }
  const read = [...inputs, ...rails, "p:h", "q_h", ...ofCandidate, ...["z", "r"].flatMap((letter) => gate(letter).slice(1))]
  scene.stages = {
    forward: { in: read, reset: [...gate("r"), "valve_r", "seen_before", "seen"], candidate: ["n", ...seen, ...ofCandidate, ...inputs, ...inputRails], update: [...gate("z"), "valve_z", "valve_w"], hidden: belt },
    backward: { hidden: ["h", "memory", "n:kept_before", "n:valve_z", "n:h", ...fromGates], update: ["z", ...valves, "h", "memory"], candidate: ["n", "proposed", "written", "valve_w", "memory", "h"], reset: ["r", "valve_r", "seen", "seen_before", "n"], in: [...read, "z", "r", "n"] },
  }
}
