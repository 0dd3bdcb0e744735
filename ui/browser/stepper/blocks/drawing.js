// The blocks of one time step as SVG: made once for a form of a cell, then filled with the values of any step.
import { ink } from "../colours.js"
import { svg } from "../dom.js"
import { discsOf, edgeBetween, labelOf, numberPlacesOf } from "./layout.js"

/** {world, groups, labels, discs, edges}; the first group has the numbers of the step, the second the states before it. */
export function drawingOf(cell, { blocks }, edges, isNarrow) {
  const groups = [0, -1].map((dt) => ({ dt, t: 1, numbers: new Map() }))
  const lines = edges.map((edge) => ({ ...edge, path: svg("path", { class: "edge", d: edgeBetween(blockOf(blocks, edge.from, edge.dt), blockOf(blocks, edge.to, 0), isNarrow, blocks), "marker-end": "url(#block-forward)", "marker-start": "url(#block-backward)" }) }))
  const labels = []
  const discs = []
  const drawn = blocks.map((block) => {
    const group = groups[block.dt === 0 ? 0 : 1]
    const [x, y] = labelOf(block)
    const label = svg("text", { class: "symbol", x, y, "text-anchor": "middle" })
    labels.push({ block, label })
    const own = block.isComplex ? discsOf(block).map((disc) => ({ ...disc, block, ...drawDisc(disc) })) : []
    discs.push(...own)
    const numbers = numberPlacesOf(block).map((number) => drawNumber(block, number, group))
    for (const number of numbers) group.numbers.set(`${number.name} ${number.row} ${number.column}`, number)
    const inside = [label, ...own.map(({ element }) => element), ...numbers.map(({ element }) => element)]
    return { block, element: svg("g", { class: `block ${block.part}`, style: `--own: ${ink(cell.symbols[block.names[0]].ink)}` }, ...inside) }
  })
  const world = svg("g", {}, heads(), ...lines.map(({ path }) => path), ...drawn.map(({ element }) => element))
  return { world, groups, labels, discs, edges: lines, drawn }
}

export const blockOf = (blocks, name, dt) => blocks.find(({ names, dt: own }) => names[0] === name && own === dt)

/** The heads of arrows, one for each direction; the style sheet shows the one that fits. */
function heads() {
  const head = (name, d) => svg("marker", { id: `block-${name}`, viewBox: "0 0 8 8", refX: name === "forward" ? 7 : 1, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, svg("path", { class: `head ${name}`, d }))
  return svg("defs", {}, head("forward", "M0 0L8 4L0 8Z"), head("backward", "M8 0L0 4L8 8Z"))
}

function drawNumber(block, { name, part, row, column, at: [x, y], size: [width, height] }, group) {
  const plate = svg("rect", { class: "plate", x, y, width, height, rx: width > 20 ? 6 : 2 })
  const text = block.hasDigits ? svg("text", { class: "digits", x: x + width / 2, y: y + height / 2 + 6, "text-anchor": "middle" }) : null
  const ring = svg("rect", { class: "ring", x: x - 2, y: y - 2, width: width + 4, height: height + 4, rx: 7 })
  const element = svg("g", { class: "number", tabindex: -1, role: "button" }, ring, plate, text)
  const number = { name, part, row, column, block, group, element, plate, text, at: [x + width / 2, y + height / 2], size: [width, height], box: { kind: name === "xs" ? "input" : "value", name }, place: null, to: undefined }
  element.stepperNumber = number
  return number
}

function drawDisc({ at: [x, y], radius }) {
  const arrow = svg("path", { class: "arrow" })
  const point = svg("circle", { class: "point", r: 3 })
  return { arrow, point, element: svg("g", { class: "disc" }, svg("circle", { cx: x, cy: y, r: radius }), svg("path", { class: "axes", d: `M${x - radius} ${y}h${2 * radius}M${x} ${y - radius}v${2 * radius}` }), arrow, point) }
}
