// On a narrow screen the names at the ends of lines have no room for their numbers, and some words have none at all: `meta` of
// their traces says so. Of a name the bold part is drawn.
const NARROW = 560 // pixels of a chart
const ROOM = 74 // pixels for names alone
/** @type {Record<string, (text: string) => string>} */
const SHORTER = { end: (text) => text.match(/<b>.*?<\/b>/)?.[0].replace(/^/, "\u2002") ?? "", wide: () => "" }

/** Heatmaps have rows of texts. */
const shortened = (texts, shorter) => texts.map((text) => (Array.isArray(text) ? shortened(text, shorter) : shorter(text)))

/**
 * @param {{data: Trace[], layout: Layout}} figure
 * @param {number} width
 */
export function fitNames({ data, layout }, width) {
  if (width >= NARROW || !data.some(({ meta }) => meta in SHORTER)) return { data, layout }
  const hasEnds = data.some(({ meta }) => meta === "end")
  return {
    data: data.map((trace) => (trace.meta in SHORTER ? withShorter(trace) : trace)),
    layout: hasEnds ? { ...layout, margin: { ...layout.margin, r: ROOM } } : layout,
  }
}

/** @param {Trace} trace its words are given one by one, or are the numbers of a matrix */
const withShorter = (trace) => (trace.text ? { ...trace, text: shortened(trace.text, SHORTER[trace.meta]) } : { ...trace, texttemplate: "" })
