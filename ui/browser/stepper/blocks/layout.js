// Where the blocks of one time step lie: the states of the step before and the input on the left, then column after column.
// On a narrow screen the columns are rows, and time runs downwards.
const [CELL_WIDTH, CELL_HEIGHT] = [60, 34]
const [DISC_ROOM, COMPLEX_WIDTH, COMPLEX_HEIGHT, PAIR_GAP] = [44, 112, 54, 6] // of a complex number: its arrow in the plane, its two parts
const [PAST_WIDTH, PAST_LEAST, DIGITS_FROM] = [600, 8, 40] // of all steps so far; narrower numbers have no digits
const LABEL_ROOM = 26 // above a block
const CLEARANCE = 5 // pixels between a block and a line that leads around it
const [BLOCK_GAP, LEAST_COLUMN_GAP, MOST_COLUMN_GAP, NARROW_GAP, BLOCK_MARGIN] = [14, 64, 150, 34, 16]
const TALLEST = 400 // of a column: a taller one may be split in two
export const NARROW_BLOCKS = 420 // of the drawing, in its own measures

/** Rows and columns of a block, and the size of one number. */
function formOf(cell, { names, lies }, isNarrow) {
  const [name] = names
  const { shape } = cell.arrays.get(name)
  const units = shape.slice(cell.symbols[name].first === null ? 0 : 1)
  if (names.length > 1) return { rows: units[0], columns: units[1] ?? 1, width: COMPLEX_WIDTH - (isNarrow ? 14 : 0), height: COMPLEX_HEIGHT, isComplex: true }
  if (lies === "past") {
    const width = Math.max(PAST_LEAST, Math.min(CELL_WIDTH, ((isNarrow ? NARROW_BLOCKS - 2 * BLOCK_MARGIN : PAST_WIDTH) / cell.T)))
    return { rows: cell.symbols[name].axes[1] === "past" ? 1 : units[0], columns: cell.T, width, height: CELL_HEIGHT - 8, hasDigits: width >= DIGITS_FROM }
  }
  const [rows, columns] = units.length === 2 ? units : lies === "across" ? [1, units[0]] : [units[0], 1]
  return { rows, columns, width: CELL_WIDTH, height: CELL_HEIGHT }
}

/** The blocks with their places, and the size of the whole: {blocks, width, height}. `shape`: the width of the screen over its height. */
export function layoutOf(cell, isNarrow, shape) {
  const { columns, states } = cell.blocks
  const before = states.map((names) => ({ names, lies: "down", part: "in", dt: -1 }))
  const inputs = { names: ["xs"], lies: "down", part: "in", dt: 0 }
  const all = [[...before, inputs], ...columns.map((column) => column.map((block) => ({ ...block, dt: 0 })))]
  const shaped = all.map((column) => column.map((block) => {
    const form = { hasDigits: true, isComplex: false, ...formOf(cell, block, isNarrow) }
    return { ...block, ...form, size: [form.columns * form.width, form.rows * form.height + LABEL_ROOM] }
  }))
  if (isNarrow) return stacked(shaped)
  const [whole, inParts] = [shaped, shaped.flatMap(split)].map((columns) => sideBySide(columns, shape))
  const scaleOf = ({ width, height }) => Math.min(shape / width, 1 / height) // on the screen
  return scaleOf(inParts) > scaleOf(whole) ? inParts : whole
}

const tall = (column) => column.reduce((sum, { size }) => sum + size[1] + BLOCK_GAP, -BLOCK_GAP)

function split(column) {
  if (tall(column) <= TALLEST || column.length < 2) return [column]
  const middle = column.findIndex((_, i) => tall(column.slice(0, i + 1)) >= tall(column) / 2)
  return [column.slice(0, Math.max(1, middle)), column.slice(Math.max(1, middle))]
}

function sideBySide(columns, shape) {
  const height = Math.max(...columns.map(tall))
  const widths = columns.reduce((sum, column) => sum + Math.max(...column.map(({ size }) => size[0])), 2 * BLOCK_MARGIN)
  const room = ((height + 2 * BLOCK_MARGIN) * shape - widths) / Math.max(1, columns.length - 1)
  const gap = Math.max(LEAST_COLUMN_GAP, Math.min(MOST_COLUMN_GAP, room))
  let x = BLOCK_MARGIN
  const blocks = columns.flatMap((column) => {
    const width = Math.max(...column.map(({ size }) => size[0]))
    let y = BLOCK_MARGIN + (height - tall(column)) / 2
    const placed = column.map((block) => {
      const at = [x + (width - block.size[0]) / 2, y]
      y += block.size[1] + BLOCK_GAP
      return { ...block, at }
    })
    x += width + gap
    return placed
  })
  return { blocks, width: x - gap + BLOCK_MARGIN, height: height + 2 * BLOCK_MARGIN }
}

/** Blocks of one column lie beside each other, as many as have room. */
function stacked(columns) {
  let y = BLOCK_MARGIN
  const blocks = columns.flatMap((column) => {
    const lines = [[]]
    for (const block of column) {
      const taken = lines.at(-1).reduce((sum, { size }) => sum + size[0] + BLOCK_GAP, 2 * BLOCK_MARGIN)
      if (lines.at(-1).length && taken + block.size[0] > NARROW_BLOCKS) lines.push([])
      lines.at(-1).push(block)
    }
    const placed = lines.flatMap((line) => {
      let x = (NARROW_BLOCKS - line.reduce((sum, { size }) => sum + size[0] + BLOCK_GAP, -BLOCK_GAP)) / 2
      const top = y
      y += Math.max(...line.map(({ size }) => size[1])) + BLOCK_GAP
      return line.map((block) => {
        const at = [x, top]
        x += block.size[0] + BLOCK_GAP
        return { ...block, at }
      })
    })
    y += NARROW_GAP - BLOCK_GAP
    return placed
  })
  return { blocks, width: NARROW_BLOCKS, height: y }
}

/** The places of the numbers in a block: {row, column, names} with `at` and `size` of each. */
export function numberPlacesOf(block) {
  const { rows, columns, width, height, names, isComplex } = block
  const [x, y] = [block.at[0], block.at[1] + LABEL_ROOM]
  const found = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      names.forEach((name, part) => {
        const at = isComplex ? [x + column * width + DISC_ROOM, y + row * height + part * ((height - PAIR_GAP) / 2)] : [x + column * width, y + row * height]
        const size = isComplex ? [width - DISC_ROOM - 6, (height - PAIR_GAP) / 2 - 1] : [width - (width > 20 ? 3 : 1), height - 3]
        found.push({ name, part, row, column, at, size })
      })
    }
  }
  return found
}

/**
 * Of a complex block: the middle of each number's disc.
 * @returns {{row: number, column: number, at: [number, number], radius: number}[]}
 */
export function discsOf({ rows, columns, width, height, at: [x, y] }) {
  return Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns]
    return { row, column, at: [x + column * width + DISC_ROOM / 2 - 2, y + LABEL_ROOM + row * height + (height - PAIR_GAP) / 2], radius: DISC_ROOM / 2 - 4 }
  })
}

/** @returns {[number, number]} */
export const labelOf = ({ at: [x, y], size }) => [x + size[0] / 2, y + LABEL_ROOM - 9]

/** From one block to another: a curve, and where its head lies. */
export function edgeBetween(from, to, isNarrow, blocks) {
  const [a, b] = [edgesOfBlock(from), edgesOfBlock(to)]
  const isBelow = isNarrow ? b.top > a.top + 1 : b.left < a.right && b.right > a.left
  if (isBelow) {
    const [start, end] = b.y > a.y ? [a.bottom, b.top] : [a.top + LABEL_ROOM - 6, b.bottom]
    const middle = (start + end) / 2
    return `M${a.x} ${start}C${a.x} ${middle} ${b.x} ${middle} ${b.x} ${end}`
  }
  if (b.x < a.x) return smoothPath([[a.left, a.y], [b.right, b.y]])
  return smoothPath([[a.right, a.y], ...aroundColumns(a, b, blocks.map(edgesOfBlock)), [b.left, b.y]])
}

const edgesOfBlock = ({ at: [x, y], size: [width, height] }) => ({ left: x - 4, right: x + width + 2, top: y + 2, bottom: y + height + 2, x: x + width / 2, y: y + LABEL_ROOM + (height - LABEL_ROOM) / 2 })

/** A smooth path through points, level at each of them. */
function smoothPath([first, ...others]) {
  let [x, y] = first
  let path = `M${x} ${y}`
  for (const [nextX, nextY] of others) {
    const middle = (x + nextX) / 2
    path += `C${middle} ${y} ${middle} ${nextY} ${nextX} ${nextY}`
    ;[x, y] = [nextX, nextY]
  }
  return path
}

/** Points that lead around the blocks of the columns between two blocks: above, below or in a gap, whichever is nearest. */
function aroundColumns(a, b, boxes) {
  const between = boxes.filter(({ left, right }) => left > a.right && right < b.left)
  const columns = [...new Set(between.map(({ x }) => Math.round(x)))].sort((one, other) => one - other)
  return columns.flatMap((x) => {
    const column = between.filter((box) => Math.round(box.x) === x).sort((one, other) => one.top - other.top)
    const share = (x - a.right) / (b.left - a.right)
    const y = a.y + (b.y - a.y) * share * share * (3 - 2 * share)
    if (!column.some(({ top, bottom }) => y > top && y < bottom)) return []
    const lanes = [column[0].top - CLEARANCE, ...column.map(({ bottom }) => bottom + CLEARANCE)]
    const lane = lanes.reduce((best, each) => (Math.abs(each - y) < Math.abs(best - y) ? each : best))
    return [[Math.min(...column.map(({ left }) => left)), lane], [Math.max(...column.map(({ right }) => right)), lane]]
  })
}
