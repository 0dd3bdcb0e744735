// unit_lines of ui/figures/lines.py: one line a unit, with its name at its end.
import { countedFrom, finiteRange, withSubscript } from "../engine/figure_parts.js"
import { spreadApart } from "../shared/spread.js"

const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"]
const MOST_DOTS = 40
const MOST_NAMED = 6
const [NAME_HEIGHT, AROUND] = [20, 56]
const ROOM_BESIDE = 84 // pixels, for names as short as these

/** `live`: {array, symbol, ink: [of the names]}; the array's first row is step 0. */
export function linesFigure({ data: [pattern], layout: { margin: _room, ...layout } }, { array, symbol, ink }, arrayOf) {
  const { rows, columns, column, values } = arrayOf(array)
  const isNamed = columns <= MOST_NAMED
  const [low, high] = calmRange(finiteRange(values))
  const lines = countedFrom(0, columns).map((unit) => {
    const name = withSubscript(symbol, unit + 1)
    const dash = DASHES[unit % DASHES.length]
    return {
      ...pattern,
      name,
      x: countedFrom(0, rows),
      y: column(unit),
      mode: rows <= MOST_DOTS && dash === "solid" ? "lines+markers" : "lines",
      line: { ...pattern.line, dash },
      showlegend: !isNamed,
      hovertemplate: `<b>%{y:.6~g}</b><br>${name}, %{x}<extra></extra>`,
    }
  })
  const room = ((high - low) * NAME_HEIGHT) / (layout.height - AROUND)
  return {
    data: isNamed ? [...lines, endNames(lines, [low, high], room, rows - 1, ink)] : lines,
    layout: {
      ...layout,
      ...(isNamed ? { margin: { r: ROOM_BESIDE } } : {}),
      xaxis: { ...layout.xaxis, range: [-0.5, rows - 0.5] },
      yaxis: { ...layout.yaxis, range: [low, high] },
    },
  }
}

/** Round limits with room around the span. */
/** @param {number[]} range */
function calmRange([lowest, highest]) {
  const around = 0.06 * (highest - lowest) || Math.max(1e-9, 0.1 * Math.abs(highest)) || 1
  const [low, high] = [lowest - around, highest + around]
  const rough = (high - low) / 8
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9))
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step]
}

function endNames(lines, [low, high], gap, last, ink) {
  const named = lines.map(({ name, y }) => ({ name, end: y.findLast(Number.isFinite) })).filter(({ end }) => end !== undefined)
  return {
    type: "scatter",
    mode: "text",
    x: named.map(() => last),
    y: spreadApart(named.map(({ end }) => end), gap, low, high),
    customdata: named.map(({ end }) => end),
    meta: "names",
    text: named.map(({ name }) => `\u2003${name}`),
    textfont: { color: named.map(() => ink), size: 14 },
    textposition: "middle right",
    cliponaxis: false,
    hoverinfo: "skip",
    showlegend: false,
  }
}
