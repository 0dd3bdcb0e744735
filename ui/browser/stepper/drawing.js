// The parts of a diagram that stay the same from step to step: frames, operators, wires, names.
import { ink } from "./colours.js"
import { svg } from "./dom.js"
import { drawWires } from "./wires.js"

/** Draw everything of the plan but the numbers. Returns the parts that a stage lights up, with their stages. */
export function drawStill(root, plan, words) {
  const parts = []
  const put = (element, stages) => {
    root.append(element)
    if (stages) parts.push({ element, stages: new Set(stages.split(" ")) })
  }
  for (const frame of plan.frames) put(drawFrame(frame), frame.stages)
  for (const [side, x] of [["before", 0], ["after", plan.ghost.rightX]]) put(drawGhost(plan.ghost, x, side), "")
  const wires = svg("g", {})
  root.append(wires)
  for (const { group, wire } of drawWires(plan.wires)) {
    wires.append(group)
    parts.push({ element: group, stages: new Set(wire.stages.split(" ")), isWire: true })
  }
  for (const node of plan.nodes) put(drawNode(node), node.stages)
  for (const text of plan.texts) {
    const style = `fill: ${ink(text.kind.ink)}`
    put(svg("text", { class: "name", x: text.x, y: text.y, "text-anchor": text.anchor, style }, words.names[text.kind.words]), text.stages)
  }
  return parts
}

function drawFrame({ x, y, width, height, body, ink: name }) {
  const kind = body ? "body" : "gate"
  return svg("rect", { class: `frame ${kind}`, x, y, width, height, rx: body ? 20 : 12, style: name ? `--ink: ${ink(name)}` : null })
}

/** The neighbouring cell, faint, with its step. */
function drawGhost(ghost, x, side) {
  const height = ghost.bottom - ghost.top
  return svg(
    "g",
    { class: "ghost", "data-side": side },
    svg("rect", { x: x + 1, y: ghost.top, width: ghost.width - 2, height, rx: 12 }),
    svg("text", { x: x + ghost.width / 2, y: ghost.top + height / 2 + 5, "text-anchor": "middle" },
      svg("tspan", { class: "letter" }, "t"), side === "before" ? "−1" : "+1"),
  )
}

function drawNode({ sign, x, y, radius, ink: name }) {
  const group = svg("g", { class: "node", style: `--ink: ${ink(name)}` })
  const height = Math.min(2 * radius, 28)
  group.append(svg("rect", { x: x - radius, y: y - height / 2, width: 2 * radius, height, rx: Math.min(radius, 11) }))
  const large = sign.length === 1
  group.append(svg("text", { class: large ? "large" : "small", x, y: y + (large ? 6 : 4.5), "text-anchor": "middle" }, sign))
  return group
}

/** A symbol in SVG: f_t, W_xf, ∂L/∂c_{t−1}. */
export function symbolText(symbol, step, attributes) {
  const text = svg("text", { class: "symbol", "text-anchor": "middle", ...attributes })
  const piece = (content, options) => text.append(svg("tspan", options ?? {}, content))
  if (symbol.of) piece(`∂${symbol.of === "l" ? "ℓ" : "L"}/∂`, { class: "small-part" })
  const [first, second] = symbol.base.split(" ")
  if (second) piece(`${first} `)
  piece(second ?? first, { class: "letter" })
  const { upper } = symbol
  if (upper) piece(upper, { dy: -7, class: "letter lower" })
  const [, letters, rest] = /^([a-z]*)(.*)$/.exec(symbol.lower || step)
  if (letters) piece(letters, { dy: upper ? 11 : 4, dx: upper ? -6.5 * upper.length : null, class: "letter lower" })
  if (rest) piece(rest, { class: "lower" })
  return text
}
