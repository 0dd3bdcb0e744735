// How x and h reach the gates: the boxes of the inputs, a rail for each source, and a branch from each rail to each gate.
// Up to two inputs have rails of their own; more share one, whose branches carry what all inputs together add.
import { shareOfSum } from "./scales.js"
import { roundedLine } from "./geometry.js"

const OWN_RAILS = 2
const INPUT_GAP = 8

export const sourcesOf = (X) => ["h", ...(X > OWN_RAILS ? ["x"] : Array.from({ length: X }, (_, j) => `x${j}`))]

/** `readers`: {key, s, reads: ["h", "x"], letter, name, dpre, end?, forward?, backward?}: what reads x or h, at s along the rails. */
export function addInputs(scene, { X }, readers) {
  const { at } = scene
  const sources = sourcesOf(X)
  const levels = Object.fromEntries(sources.map((source, i) => [source, at.levels[i]]))
  const tap = (reader, source) => {
    const own = sources.filter(([kind]) => reader.reads.includes(kind))
    return reader.s + at.offsets[own.length][own.indexOf(source)]
  }
  const taps = (source) => readers.filter(({ reads }) => reads.includes(source[0])).map((reader) => tap(reader, source))
  const boxes = inputBoxes(scene, X)
  addRails(scene, sources, levels, taps, boxes)
  for (const reader of readers) {
    for (const source of sources) if (reader.reads.includes(source[0])) addBranch(scene, reader, source, tap(reader, source), levels)
  }
  for (const [j, { at: place, size }] of boxes.entries()) {
    scene.box("in", `x${j}`, "input", place, size, { name: "xs", grad: "dxs", ink: "x", column: j })
  }
}

function addRails(scene, sources, levels, taps, boxes) {
  const { at } = scene
  for (const source of sources.filter((each) => taps(each).length)) {
    const level = levels[source]
    const [first, last] = [Math.min(...taps(source)), Math.max(...taps(source))]
    const values = railValues(source)
    if (source === "h") {
      scene.wire("in", "rail_h", { ...values, paths: [[scene.along(0, at.stateEdge), scene.along(0, level), scene.along(last, level)]] })
      continue
    }
    const own = source === "x" ? boxes : [boxes[Number(source[1])]]
    scene.wire("in", `rail_${source}`, { ...values, paths: scene.isWide ? widePaths(own, level, first, last) : tallPaths(at, source, own, level, last) })
  }
}

function railValues(source) {
  if (source === "h") {
    const backward = (r) => r.of("dhs", -1) - r.of("dhs_direct", -1) - r.of("dhs_through_carry", -1) // that part stays on the belt
    return { forward: (r) => r.strongest("hs", -1), backward, scale: "state", backScale: "gradient" }
  }
  const column = Number(source[1])
  const one = source.length > 1
  return {
    forward: (r) => (one ? r.of("xs", 0, column) : r.strongest("xs")),
    backward: (r) => (one ? r.of("dxs", 0, column) : r.strongest("dxs")),
    scale: "input", backScale: "inputGradient",
  }
}

/** From each box down or up to the rail, and along it. */
function widePaths(boxes, level, first, last) {
  const edge = (box) => box.at[1] - box.size[1] / 2
  if (boxes.length === 1 && boxes[0].at[0] <= first) {
    const [box] = boxes
    return [[[box.at[0], edge(box)], [box.at[0], level], [last, level]]]
  }
  const ends = [first, last, ...boxes.map((box) => box.at[0])]
  return [[[Math.min(...ends), level], [Math.max(...ends), level]], ...boxes.map((box) => [[box.at[0], edge(box)], [box.at[0], level]])]
}

function tallPaths(at, source, boxes, level, last) {
  const box = boxes.at(-1)
  const [x, y] = box.at
  const right = x + box.size[0] / 2
  const low = y + box.size[1] / 2
  if (boxes.length === 1 && source === "x0" && at.inputCount > 1) return [[[x, low], [x, low + 12], [level, low + 12], [level, last]]]
  return [[[right, y], [level, y], [level, last]]]
}

function addBranch(scene, reader, source, s, levels) {
  const { at } = scene
  const end = reader.end ?? at.tileEdge
  const from = (level) => [scene.along(s, level), scene.along(s, end)]
  const weights = `W_${source[0]}${reader.letter}`
  const column = Number(source[1] ?? 0)
  const share = `${reader.name}_${source[0]}`
  const forward = source.length > 1 ? (r) => shareOfSum(r.weight(weights, r.unit, column) * r.of("xs", 0, column)) : (r) => shareOfSum(r.of(share))
  const backward = (r) => (source === "x" ? strongestColumn(r, weights, reader.dpre) : r.sentBack(weights, reader.dpre, source === "h" ? r.unit : column))
  scene.wire("in", `${reader.key}_${source}`, {
    paths: [from(levels[source])],
    stub: roundedLine(from(levels.h - at.stub)),
    halo: source === "h" ? null : roundedLine(from(levels[source] - 9)),
    forward: reader.forward ?? forward, backward: reader.backward ?? backward, backScale: source === "h" ? "gradient" : "inputGradient",
  })
}

function strongestColumn(r, weights, dpre) {
  let found = 0
  for (let column = 0; column < r.cell.X; column++) {
    const value = r.sentBack(weights, dpre, column)
    if (Math.abs(value) > Math.abs(found)) found = value
  }
  return found
}

/** Boxes in one row (on a tall screen in two, where there are many). */
function inputBoxes(scene, X) {
  const { at, isWide } = scene
  at.inputCount = X
  const { left, right, top, most, height } = at.inputs
  const rows = isWide || X <= 4 ? 1 : 2
  const perRow = Math.ceil(X / rows)
  const width = Math.min(most, (right - left + INPUT_GAP) / perRow - INPUT_GAP)
  return Array.from({ length: X }, (_, j) => {
    const [row, place] = [Math.floor(j / perRow), j % perRow]
    const tall = rows === 2 ? 26 : height
    const y = rows === 2 ? top - 8 + row * 30 : top
    const begin = isWide ? left : right - perRow * (width + INPUT_GAP) + INPUT_GAP
    return { at: [begin + width / 2 + place * (width + INPUT_GAP), y], size: [width, tall] }
  })
}
