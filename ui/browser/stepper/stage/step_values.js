// The values of one time step, written into its group: widths, colours, openings and digits. Only what differs is changed.
import { svg } from "../dom.js"
import { inBox, percent } from "../numbers/numbers.js"
import { band } from "./geometry.js"
import { Reading } from "./reading.js"
import { isState } from "./step_group.js"

const LEAST_SHARE = 0.004 // of the full width: what is less is a dotted line

function set(element, name, value) {
  const known = (element.stepperSet ??= {})
  if (known[name] === value) return
  known[name] = value
  element.setAttribute(name, value)
}

export function setStyle(element, name, value) {
  const known = (element.stepperStyle ??= {})
  if (known[name] === value) return
  known[name] = value
  element.style[name] = value
}

export function writeText(element, text) {
  if (element.stepperText === text) return
  element.stepperText = text
  element.textContent = text
}

const shareOf = (value, most) => (Number.isNaN(value) ? 0 : Math.min(1, Math.abs(value) / most))

/** `model`: {cell, unit, direction, scales, words}. */
export function fillGroup(group, model, t) {
  const { cell, direction } = model
  const isReal = t >= 1 && t <= cell.T
  group.t = t
  for (const element of [group.frame, group.tubes]) setStyle(element, "display", isReal ? "" : "none")
  for (const name in group.parts) setStyle(group.parts[name].element, "display", (isState(name) ? t >= 0 && t <= cell.T : isReal) ? "" : "none")
  if (t < 0 || t > cell.T) return
  const isForward = direction === "forward"
  const colour = (value) => (isForward ? (value < 0 ? "var(--neg)" : "var(--pos)") : "var(--grad)")
  const context = { ...model, t, isForward, colour, read: new Reading(cell, t, model.unit) }
  for (const number of group.numbers.values()) if (isReal || isState(number.part)) fillNumber(number, context)
  setStyle(group.loss, "display", !isForward && t === cell.T ? "" : "none")
  writeText(group.loss.lastChild, model.words.loss)
  if (!isReal) return
  writeText(group.tag, `t = ${t}`)
  for (const wire of group.scene.wires) fillWire(group.wires.get(wire.key), wire, context)
  for (const chevron of group.chevrons) fillChevron(chevron, group.scene, isForward)
  for (const { chain, lanes } of group.chains) fillChain(chain, lanes, context)
  for (const valve of group.valves) fillValve(valve, context)
}

function fillChevron({ path, at }, { isWide }, isForward) {
  set(path, "transform", `translate(${at})rotate(${(isWide ? 0 : 90) + (isForward ? 0 : 180)})`)
}

function fillWire(drawn, wire, { isForward, read, scales, colour }) {
  const value = (isForward ? wire.forward : wire.backward)(read)
  const share = shareOf(value, scales[(!isForward && wire.backScale) || wire.scale])
  const isZero = !(share >= LEAST_SHARE)
  const width = isZero ? 2 : +(2 + 12 * share).toFixed(2)
  set(drawn.path, "stroke", value === 0 ? "var(--line)" : colour(value))
  set(drawn.path, "stroke-width", wire.isDashed && !isZero ? Math.min(width, 5) : width)
  set(drawn.path, "stroke-dasharray", isZero ? "1 6" : wire.isDashed ? "9 5" : "none")
  set(drawn.path, "stroke-linecap", wire.isDashed && !isZero ? "butt" : "round")
  if (drawn.halo) set(drawn.halo, "stroke-width", isZero ? 0 : width + 7)
  if (drawn.stub) set(drawn.path, "d", isZero ? drawn.stub : drawn.d)
  drawn.isOn = !isZero
  drawn.width = width
}

const LARGE = 0.55 // of a belt: the lane of the unit that is drawn in large

/** Where a unit's lane lies on a belt of this width: [its middle from the belt's, half its width]. */
function laneAt(lane, { cell: { H }, unit }, width) {
  if (H === 1) return [0, width / 2]
  const other = ((1 - LARGE) * width) / (H - 1)
  const own = lane === unit ? LARGE * width : other
  const start = lane * other + (lane > unit ? LARGE * width - other : 0)
  return [start + own / 2 - width / 2, own / 2]
}

/** The unit that is drawn in large has a path of its own; the others share one for each sign, so that many units cost no more than two. */
function fillChain(chain, lanes, context) {
  const { cell, t, unit, isForward, scales, colour } = context
  const { H } = cell
  const bands = chain.segments.map(() => ({ own: "", positive: "", negative: "", ownColour: colour(0) }))
  for (let lane = 0; lane < H; lane++) {
    const [middle, room] = laneAt(lane, context, chain.width)
    const read = new Reading(cell, t, lane)
    const values = chain.segments.map((segment) => (isForward ? segment.forward : segment.backward)(read))
    const halves = chain.segments.map((segment, i) => halfWidth(values[i], room, scales[isForward ? segment.scale ?? "one" : "gradient"]))
    chain.segments.forEach((segment, i) => {
      const meets = chain.meets !== undefined && i === chain.segments.length - 1
      const end = meets ? chain.meets + laneAt(lane, context, chain.meetWidth)[0] : segment.to
      const path = band(chain.isAlong === chain.isWide, chain.base + middle, stretch(segment, end, halves[i], halves[i - 1], halves[i + 1]))
      if (lane !== unit) bands[i][values[i] < 0 ? "negative" : "positive"] += path
      else Object.assign(bands[i], { own: path, ownColour: colour(values[i]) })
    })
  }
  lanes.forEach(({ own, positive, negative }, i) => {
    set(own, "d", bands[i].own)
    set(own, "fill", bands[i].ownColour)
    set(positive, "d", bands[i].positive)
    set(positive, "fill", colour(1))
    set(negative, "d", bands[i].negative)
    set(negative, "fill", colour(-1))
  })
}

const halfWidth = (value, room, most) => (value === 0 ? 0 : Math.max(0.8, 0.8 * room * shareOf(value, most)))

/** A band narrows at its ends to the width of its neighbour, where a valve lies between them. */
function stretch(segment, to, half, before, after) {
  const { from } = segment
  const way = Math.sign(to - from)
  const ease = Math.min(segment.ease ?? 34, Math.abs(to - from) * 0.45)
  const first = segment.opensFrom === "node" ? half : segment.opensFrom === "join" ? Math.min(half, Math.max(before ?? 0, half * 0.55)) : Math.min(half, before ?? half)
  const last = Math.min(half, after === undefined ? half : Math.max(after, half > 0 ? 0.8 : 0))
  return [[from, first], [from + way * ease, half], [to - way * ease, half], [to + way * 0.8, last]]
}

function fillValve(valve, context) {
  const { cell, t, isForward, read, unit, words } = context
  const { half, own, others } = valve
  const { H } = cell
  const open = (value) => (valve.oneMinus ? 1 - value : value)
  let [ownLeaves, otherLeaves] = ["", ""]
  for (let lane = 0; lane < H; lane++) {
    const [middle, room] = laneAt(lane, context, 2 * half)
    const opening = room * Math.max(0, Math.min(1, open(new Reading(cell, t, lane).of(valve.gate)) || 0))
    const leaves = leaf(middle, -1, room, opening, H) + leaf(middle, 1, room, opening, H)
    if (lane === unit) ownLeaves = leaves
    else otherLeaves += leaves
  }
  set(own, "d", ownLeaves)
  set(others, "d", otherLeaves)
  if (!valve.text) return
  const value = open(read.of(valve.gate))
  writeText(valve.text, isForward ? `${words[valve.verb]} ${percent(value)}` : `× ${inBox(value)}`)
}

function leaf(middle, side, room, opening, H) {
  const from = +(middle + side * (room + (H === 1 ? 6 : 0))).toFixed(2)
  const tip = +(middle + side * opening).toFixed(2)
  const neck = side > 0 ? Math.min(from, tip + 5) : Math.max(from, tip - 5)
  return `M-8 ${from}L8 ${from}L8 ${neck}L0 ${tip}L-8 ${neck}Z`
}

function fillNumber(number, { cell, t, unit, isForward, read, scales, words, colour }) {
  const { box } = number
  const name = isForward ? box.name : box.grad
  const place = { name, t: box.kind === "weight" ? null : t, units: [box.column ?? unit] }
  const value = cell.has(name) ? cell.value(place) : undefined
  number.place = value === undefined ? null : place
  number.to = value
  if (!number.counting) writeNumber(number, value)
  if (number.symbol) {
    const symbol = cell.symbols[isForward ? name : name.slice(1)]
    writeSymbol(number.symbol, symbol, symbol.lower || (box.kind === "input" ? String(box.column + 1) : box.kind === "weight" ? "" : String(t)), isForward)
  }
  if (number.title) {
    writeText(number.title, isForward ? words.names[box.label ?? box.name] : "")
    const end = box.size[0] / 2 - 13
    set(number.symbol, "text-anchor", isForward ? "end" : "start")
    set(number.symbol, "x", isForward ? end : -end)
  }
  const isBad = value !== undefined && !Number.isFinite(value)
  const full = isForward ? FULL[box.kind](box, scales) : box.kind === "input" ? scales.inputGradient : scales.gradient
  const share = box.kind === "gate" && isForward && box.curve === "sigmoid" ? 0 : shareOf(value ?? 0, full)
  number.element.classList.toggle("not-finite", isBad)
  setStyle(number.plate, "fill", isBad ? "" : `color-mix(in srgb, ${colour(value)} ${Math.round(share * 26)}%, var(--raised))`)
  if (number.dot) moveDot(number, read)
  if (number.products) fillProducts(number, read, isForward)
}

/** 0.90 · 0.49: where few numbers add up, they are written in the box. */
function fillProducts({ products, box }, read, isForward) {
  const { weights, from, dt } = box.factors
  const count = read.cell.arrays.get(weights).shape[1]
  products.forEach((text, i) => {
    const isShown = isForward && count <= products.length && i < count
    writeText(text, isShown ? `${inBox(read.weight(weights, read.unit, i))} · ${inBrackets(read.of(from, dt, i))}` : "")
  })
}

const inBrackets = (value) => (value < 0 ? `(${inBox(value)})` : inBox(value))

const FULL = {
  state: (box, scales) => (box.name === "cs" ? scales.memory : scales.state),
  gate: (box, scales) => (box.name === "pre" ? scales.sum : box.curve === "tanh" ? 1.6 : 4),
  sum: (box, scales) => scales.sum,
  weight: (box, scales) => scales.sum,
  value: (box, scales) => (box.name === "candidate" ? 1.6 : scales.sum),
  input: (box, scales) => scales.input,
}

export function writeNumber(number, value) {
  const text = value === undefined ? "" : inBox(value)
  if (number.written === text) return
  number.written = text
  number.text.textContent = text
}

/** c₃, or ∂L/∂c₃. */
function writeSymbol(element, { base, upper }, lower, isForward) {
  const text = `${isForward ? "" : "∂L/∂"}${base} ${upper} ${lower}`
  if (element.stepperText === text) return
  element.stepperText = text
  const raised = upper ? [svg("tspan", { class: "lower", dy: -7 }, upper)] : []
  element.replaceChildren(
    ...(isForward ? [] : [svg("tspan", { class: "of" }, "∂L/∂")]), svg("tspan", {}, base), ...raised, svg("tspan", { class: "lower", dy: upper ? 12 : 5 }, lower))
}

function moveDot(number, read) {
  const { at: [x, y], size: [width, height], f, reach } = number.field
  const sum = read.of(number.box.sum)
  const share = Math.max(-1, Math.min(1, (sum || 0) / reach))
  set(number.dot, "cx", +(x + (share * width) / 2).toFixed(2))
  set(number.dot, "cy", +(y - (Math.max(-1, Math.min(1, f(sum || 0))) * height) / 2).toFixed(2))
}
