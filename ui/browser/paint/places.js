// Where the pad, the stream and the answer lie on the board.
const ROW_NAMES = 36
const CAPTION = 24
const ANSWER = 216
const GAP = 28
const NARROWEST = 120 // pixels of a board that is drawn, while the page is still laid out
const WORDS = 108 // room for the names of steps

/**
 * @param {PaintMessage} data
 * @param {{ width: number, height: number, isSmall: boolean }} board
 * @returns {{ pad: PaintPlace, stream: PaintPlace | null, answer: PaintPlace | null, height: number }}
 */
export function places(data, { width, height, isSmall }) {
  const found = wanted(data, Math.max(width, NARROWEST), Math.max(height, NARROWEST), isSmall)
  if (found.stream) Object.assign(found.stream, { width: Math.max(1, found.stream.width), height: Math.max(1, found.stream.height) })
  return found
}

function wanted(data, width, height, isSmall) {
  const [w, h] = data.field
  const hasWords = Boolean(data.stream?.steps.length)
  if (!data.stream) return alone(w / h, width, isSmall ? width + CAPTION : height)
  if (data.stream.across) return isSmall ? acrossSmall(width, h / w) : across(width, height, h / w)
  return isSmall ? downSmall(width, hasWords ? 76 : 0) : down(width, height, hasWords ? WORDS : 0)
}

function alone(ratio, width, height) {
  const high = Math.min(height - CAPTION, width / ratio)
  return { pad: { x: 0, y: CAPTION, width: high * ratio, height: high }, stream: null, answer: null, height: high + CAPTION }
}

function down(width, height, names) {
  const left = names ? 0 : ROW_NAMES
  const side = Math.min(height - CAPTION, width * 0.42)
  const pad = { x: left, y: CAPTION, width: side, height: side }
  const x = pad.x + side + GAP + names
  const stream = { x, y: CAPTION, width: width - x - ANSWER - GAP, height: side, names }
  return { pad, stream, answer: { x: width - ANSWER, y: CAPTION, width: ANSWER, height: side }, height }
}

function downSmall(width, names) {
  const left = names ? 0 : ROW_NAMES
  const beside = 96
  const side = width - left - beside
  const pad = { x: left, y: CAPTION, width: side, height: side }
  const x = names || ROW_NAMES
  const stream = { x, y: CAPTION + side + 12, width: width - x, height: side, names }
  const answer = { x: width - beside + 8, y: CAPTION, width: beside - 8, height: side }
  return { pad, stream, answer, height: stream.y + stream.height + 4 }
}

function across(width, height, ratio) {
  const room = width - ANSWER - GAP
  const high = Math.min(room * ratio, (height - 2 * CAPTION) * 0.45)
  const wide = high / ratio
  const below = CAPTION + high + CAPTION + 8
  return {
    pad: { x: 0, y: CAPTION, width: wide, height: high },
    stream: { x: 0, y: below, width: wide, height: height - below },
    answer: { x: wide + GAP, y: CAPTION, width: width - wide - GAP, height: height - CAPTION },
    height,
  }
}

function acrossSmall(width, ratio) {
  const high = width * ratio
  const below = CAPTION + high + 16
  return {
    pad: { x: 0, y: CAPTION, width, height: high },
    stream: { x: 0, y: below, width, height: 220 },
    answer: { x: 0, y: below + 232, width, height: 164 },
    height: below + 232 + 168,
  }
}
