// One time step as SVG: made once for a scene, then filled with the values of any step (step_values.js).
import { ink } from "../colours.js"
import { svg } from "../dom.js"
import { functionCurve, roundedLine } from "./geometry.js"

export const CURVES = {
  sigmoid: { f: (a) => Math.tanh(a / 2), reach: 6, floor: 1 },
  tanh: { f: Math.tanh, reach: 3, floor: 0 },
  relu: { f: (a) => 2 * Math.max(0, a / 3) - 1, reach: 3, floor: 1 },
  identity: { f: (a) => a / 3, reach: 3, floor: 0 },
}

const INPUTS = "in" // the part that depends on the number of inputs
// Of the units that are not shown in large. Of their fill: for each element with an opacity the browser keeps a layer.
const [OTHER_UNITS, OTHER_LEAVES] = [0.4, 0.55]

export class StepGroup {
  /** `below` and `above`: the layers of the drawing; states lie above every belt. */
  constructor(scene, below, above) {
    this.scene = scene
    this.t = null
    this.below = svg("g", { class: "step" })
    this.above = svg("g", { class: "step" })
    below.append(this.below)
    above.append(this.above)
    this.lit = new Map() // elements by their keys
    this.wires = new Map()
    this.numbers = new Map()
    this.inputs = new Map() // what depends on the number of inputs, by the scene
    this.layer = svg("g", {}) // where the inputs are drawn
    this.chains = []
    this.valves = []
    this.pulses = []
    this.drawFrame()
    this.drawTubes()
    this.parts = {}
    for (const name of Object.keys(scene.parts)) {
      const element = svg("g", {})
      this.parts[name] = { element, now: 0.3, from: 0.3, to: 0.3, begin: 0, duration: 1, isState: isState(name) }
      ;(isState(name) ? this.above : this.below).append(element)
    }
    for (const wire of scene.wires) if (wire.part !== INPUTS) this.drawWire(wire)
    for (const chain of scene.chains) this.drawChain(chain)
    this.chevrons = (scene.at.chevrons ?? []).map((s) => this.drawChevron(s))
    for (const pulse of scene.pulses) this.drawPulse(pulse)
    for (const valve of scene.valves) this.drawValve(valve)
    for (const { part, key, path, ink: name } of scene.rods) this.put(part, key, svg("path", { class: "rod", d: roundedLine(path), style: `--own: ${ink(name)}` }))
    for (const node of scene.nodes) this.drawNode(node)
    for (const box of scene.boxes) if (box.part !== INPUTS) this.drawBox(box)
    this.drawLoss()
    this.fixed = { lit: this.lit, wires: this.wires, numbers: this.numbers }
    this.takeInputs(scene)
  }

  /** Another number of inputs: the rest of the drawing stays, so that the browser need not lay it out again. */
  takeInputs(scene) {
    this.scene = scene
    if (!this.inputs.has(scene)) this.inputs.set(scene, this.drawInputs())
    const { layer, ...own } = this.inputs.get(scene)
    this.parts[INPUTS]?.element.replaceChildren(layer)
    for (const name in own) this[name] = new Map([...own[name], ...this.fixed[name]])
  }

  drawInputs() {
    const { wires, boxes } = this.scene
    Object.assign(this, { layer: svg("g", {}), lit: new Map(), wires: new Map(), numbers: new Map() })
    for (const wire of wires) if (wire.part === INPUTS) this.drawWire(wire)
    for (const box of boxes) if (box.part === INPUTS) this.drawBox(box)
    return { layer: this.layer, lit: this.lit, wires: this.wires, numbers: this.numbers }
  }

  put(part, key, element) {
    ;(part === INPUTS ? this.layer : this.parts[part].element).append(element)
    element.classList.add("piece")
    this.lit.set(key, [...(this.lit.get(key) ?? []), element])
    return element
  }

  drawFrame() {
    const { frame: [x, y, width, height], tag } = this.scene.at
    this.tag = svg("text", { class: "tag", x: tag[0], y: tag[1] }, "")
    this.frame = svg("g", {},
      svg("rect", { class: "frame-shade", x, y: y + 3, width, height, rx: 20 }), svg("rect", { class: "frame", x, y, width, height, rx: 20 }), this.tag)
    this.below.append(this.frame)
  }

  /** All edges first, then all inners, so that joints have no seam. */
  drawTubes() {
    const paths = (kind, less) => this.scene.tubes.map(({ from, to, width }) =>
      svg("path", { class: kind, d: roundedLine([from, to]), "stroke-width": width - less }))
    this.tubes = svg("g", {}, ...paths("tube-edge", 0), ...paths("tube", 3))
    this.below.append(this.tubes)
  }

  drawWire({ part, key, paths, stub, halo, isDashed }) {
    const d = paths.map((points) => roundedLine(points)).join("")
    const path = svg("path", { class: "wire", d })
    const pulse = svg("path", { class: "pulse", d, pathLength: 100 })
    const over = halo && svg("path", { class: "halo", d: halo })
    this.put(part, key, svg("g", {}, over, path, pulse))
    this.wires.set(key, { path, pulse, halo: over, part, d, stub, isDashed })
  }

  drawChain(chain) {
    const lanes = chain.segments.map(({ key }) => {
      const [own, positive, negative] = [1, OTHER_UNITS, OTHER_UNITS].map((opacity) => svg("path", { "fill-opacity": opacity }))
      this.put(chain.part, key, svg("g", {}, positive, negative, own))
      return { own, positive, negative }
    })
    this.chains.push({ chain, lanes })
  }

  /** On the belt, in the direction in which values or gradients flow. */
  drawChevron(s) {
    const path = svg("path", { class: "chevron", d: "M-11-7L-4 0L-11 7M1-7L8 0L1 7" })
    this.parts[this.scene.at.beltPart].element.append(path)
    return { path, at: this.scene.along(s, this.scene.at.belt) }
  }

  drawPulse({ part, points, width }) {
    const path = svg("path", { class: "pulse", d: roundedLine(points), pathLength: 100, "stroke-width": width })
    this.parts[part].element.append(path)
    this.pulses.push({ part, path })
  }

  /** Two leaves for each unit leave an opening as large as the gate's value. */
  drawValve(valve) {
    const { part, key, gate, at, isAlong, half, rod, note, oneMinus } = valve
    const colour = `--own: ${ink(gate)}`
    const turned = isAlong === this.scene.isWide ? "" : "rotate(90)"
    const [own, others] = [svg("path", {}), svg("path", { "fill-opacity": OTHER_LEAVES })]
    const frame = svg("g", { class: "valve", style: colour, transform: `translate(${at})${turned}` },
      ...[-1, 1].map((side) => svg("rect", { x: -14, width: 28, y: side < 0 ? -half - 13 : half, height: 13, rx: 4 })), others, own)
    if (rod) this.put(part, key, svg("path", { class: "rod", d: roundedLine(rod), style: colour }))
    this.put(part, key, frame)
    const text = note && this.put(part, key, svg("text", { class: "note", x: note[0], y: note[1], "text-anchor": note[2], style: colour }, ""))
    this.valves.push({ part, gate, half, own, others, text, verb: valve.verb, oneMinus })
  }

  drawNode({ part, key, at, sign, ink: name }) {
    const isWord = sign.length > 1
    const isCurve = sign in CURVES
    const radius = isCurve ? 22 : isWord ? 18 : this.scene.isWide ? 17 : 14
    const inside = isCurve
      ? [svg("path", { class: "sign", d: functionCurve(CURVES[sign].f, [28, 20], CURVES[sign].reach) })]
      : isWord ? [svg("text", { class: "sign-word", y: 5.5 }, sign)] : [svg("path", { class: "sign", d: sign === "+" ? "M-8 0H8M0-8V8" : "M-6-6L6 6M6-6L-6 6" })]
    const label = sign === "tanh" && this.scene.at.out ? [svg("text", { class: "sign-name", x: this.scene.isWide ? 30 : 0, y: this.scene.isWide ? 5 : -30, "text-anchor": this.scene.isWide ? "start" : "middle" }, sign)] : []
    const colour = `--own: ${ink({ c: "c", f: "forget_gate", h: "h", z: "update_gate", r: "reset_gate" }[name])}`
    this.put(part, key, svg("g", { class: "node", transform: `translate(${at})`, style: colour }, svg("circle", { r: radius }), inside, label))
  }

  drawBox(box) {
    const { part, key, kind, at, size: [width, height] } = box
    const colour = `--own: ${ink(box.ink)}`
    const corner = { x: -width / 2, y: -height / 2, width, height, rx: 12 }
    const plate = svg("rect", { class: "plate", ...corner })
    const element = svg("g", { class: `number ${kind}`, role: "button", tabindex: -1, transform: `translate(${at})`, style: colour },
      svg("rect", { class: "ring", x: corner.x - 5, y: corner.y - 5, width: width + 10, height: height + 10, rx: 16 }), plate)
    const number = { key, box, group: this, element, plate, part, written: "", to: 0, counting: null, ...this.drawContent(box, element) }
    element.append(svg("rect", { class: "hit", x: corner.x, y: -Math.max(height, 44) / 2, width, height: Math.max(height, 44) }))
    element.stepperNumber = number
    this.put(part, key, element)
    this.numbers.set(key, number)
  }

  drawContent({ kind, size: [width, height], symbol, curve }, element) {
    const { isWide } = this.scene
    const big = isWide ? 28 : 23
    const text = (attributes) => element.appendChild(svg("text", attributes, ""))
    if (kind === "state") {
      return { text: text({ class: "digits", y: big * 0.36, "text-anchor": "middle", "font-size": big }), symbol: text({ class: "symbol", x: symbol[0], y: symbol[1], "text-anchor": symbol[2] }) }
    }
    if (kind === "weight" || kind === "value") {
      return { text: text({ class: "digits", x: width / 2 - 10, y: 8, "text-anchor": "end", "font-size": isWide ? 24 : 19 }), symbol: text({ class: "symbol", x: -width / 2 + 10, y: 7, "text-anchor": "start" }) }
    }
    if (kind === "input") {
      const digits = height < 30 ? 17 : width < 84 ? 19 : isWide ? 24 : 20
      const name = width < 76 ? null : text({ class: "symbol", x: -width / 2 + 8, y: 6, "text-anchor": "start" })
      return { text: text({ class: "digits", x: name ? width / 2 - 8 : 0, y: digits * 0.35, "text-anchor": name ? "end" : "middle", "font-size": digits }), symbol: name }
    }
    const top = -height / 2 + (isWide ? 25 : 20)
    const title = text({ class: "title", x: -width / 2 + 13, y: top })
    const sign = text({ class: "symbol", x: width / 2 - 13, y: top, "text-anchor": "end" })
    const field = curve && this.drawCurve(element, curve, width)
    if (kind === "sum" && isWide) {
      const products = [32, 52].map((y) => text({ class: "products", x: width / 2 - 13, y, "text-anchor": "end" }))
      return { title, symbol: sign, products, text: text({ class: "digits", x: width / 2 - 13, y: 8, "text-anchor": "end", "font-size": big }) }
    }
    const low = isWide ? 18 : 12
    return { title, symbol: sign, ...field, text: text({ class: "digits", x: width / 2 - 13, y: low + (isWide ? 10 : 8), "text-anchor": "end", "font-size": big }) }
  }

  /** The function of a gate, with a dot where its sum lies. */
  drawCurve(element, curve, width) {
    const { isWide } = this.scene
    const at = [-width / 2 + (isWide ? 44 : 34), isWide ? 18 : 12]
    const size = isWide ? [58, 52] : [46, 30]
    const { f, reach, floor } = CURVES[curve]
    const [[x, y], [w, h]] = [at, size]
    const dot = svg("circle", { class: "dot", r: 5.5 })
    element.append(
      svg("path", { class: "axes", d: `M${x - w / 2} ${y + (floor * h) / 2}h${w}M${x} ${y - h / 2}v${h}` }),
      svg("path", { class: "curve", d: functionCurve(f, [w, h], reach), transform: `translate(${at})` }), dot)
    return { dot, field: { at, size, ...CURVES[curve] } }
  }

  /** Where the gradient begins: the loss reads the last state. */
  drawLoss() {
    const [x, y] = this.scene.at.loss
    const part = Object.keys(this.parts).filter(isState).at(-1)
    const state = this.scene.boxes.findLast((box) => box.part === part)
    const edge = state.at[0] + state.size[0] / 2
    const card = this.scene.isWide ? svg("path", { class: "loss-card", d: `M${edge + 2} ${y}H${x - 62}`, "stroke-width": 10 }) : null
    const plate = this.scene.isWide ? svg("rect", { class: "loss-card", x: x - 62, y: y - 24, width: 124, height: 48, rx: 12, "stroke-width": 2.5 }) : null
    this.loss = svg("g", { class: "loss" }, card, plate, svg("text", { x, y: y + 6, "text-anchor": "middle" }, ""))
    this.parts[part].element.append(this.loss)
  }

  remove() {
    this.below.remove()
    this.above.remove()
  }
}

export const isState = (part) => part.length === 2 && part[0] === "s"
