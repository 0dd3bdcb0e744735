// The types that the JavaScript of this folder names in its JSDoc comments: the messages between Python and the parts, and what
// the parts keep on `window`. `make check` reads them; the browser does not.

type Pair = [number, number]
/** A colour in the light theme and in the dark one. */
type Colours = [light: string, dark: string]
/** By name, as in ui/figures/style.py. */
type Inks = Record<string, Colours>
type Words<Name extends string> = Record<Name | "unavailable", string>

/** What every part receives: the address of its code, and its height in pixels. loader.js reads both. */
interface PartMessage {
  module: string
  height: number
  words: Words<never>
}

/** ui/browser/draw.py: a wave to draw, and the lines behind it. */
interface DrawMessage extends PartMessage {
  start: number[]
  /** Names `start`: with another name the drawing begins anew. */
  started: string
  label: string
  range: [low: number, high: number]
  lines: { name: string; values: number[]; first: number; ink: string }[]
  /** The last time step of the axis. */
  last: number
  inks: Inks
  words: Words<"point" | "help" | "reset">
}
type SendDrawing = (name: "drawn", value: { started: string; values: number[] }) => void

/** One bit a pixel, row by row, in base64. */
interface PackedPixels {
  field: [width: number, height: number]
  bits: string
}

/** ui/browser/paint.py: a field of pixels to draw on. */
interface PaintMessage extends PartMessage {
  /** The pixels that the session keeps. */
  ink: PackedPixels | null
  field: [width: number, height: number]
  /** The height of the field on the page, in CSS pixels. */
  shown: number
  /** The radius of the pen, in pixels of the field. */
  pen: number
  label: string
  inks: Colours
  words: Words<"help" | "clear" | "erase" | "where" | "down" | "up">
}
type SendPixels = (name: "ink", value: PackedPixels) => void

/**
 * One character of a written text: the options at its place, the probability of each as the network predicts it and as the text
 * was drawn from it (both in units of 0.0001), and 1 where the reader has chosen the character.
 */
type WrittenCharacter = [character: string, options: string, predicted: number[], used: number[], forced: 0 | 1]

/** ui/browser/writer.py: a text that a network has continued. */
interface WriterMessage extends PartMessage {
  /** Names the text: the reader's choices belong to it. */
  name: string
  given: string
  choices: WrittenCharacter[]
  atOnce: boolean
  inks: Inks
  words: Words<
    "text" | "play" | "pause" | "first" | "next" | "last" | "free" | "place" | "forced" | "ask" | "legend" | "rest" | "space" | "line" | "unknown"
  >
}
/** The characters that the reader has chosen, by their places. */
type SendChoices = (name: "forced", value: { name: string; places: Record<string, string> }) => void

/** ui/browser/letters.py: a text with a colour behind each character. */
interface LettersMessage extends PartMessage {
  text: string
  /** In percent, -100 to 100: one for each character. */
  values: number[]
  title: string
  alt: string
  colours: [low: Colours, zero: Colours, high: Colours]
  words: Words<"value" | "help">
}

/** ui/browser/previews.py: a part that is drawn for values of sliders before the page's own run. */
interface PreviewedMessage {
  key?: string
  ahead?: { token: string; values: Record<string, number> } | null
}

/** ui/browser/live.py: how a part follows the dials, and the values of the dials that the page has drawn it for. */
interface LiveMessage {
  live?: { values: Record<string, number>; [name: string]: any } | null
  isLive?: boolean // drawn by the engine, while a dial moves
}

/** ui/browser/dial.py: a slider whose pictures the browser computes. */
interface DialMessage extends PartMessage {
  key: string
  label: string
  low: number
  high: number
  value: number
  /** When the value that the page knows was sent, by the browser's clock. */
  answered: number
  disabled: boolean
  words: Words<"value">
  usual: number // the default, which the link leaves out
}
type SendDial = (name: "moved", value: { value: number; at: number }) => void
/** "unrolled:dial": a dial shows another value. */
type DialEvent = CustomEvent<{ key: string; value: number; byReader: boolean }>

/** ui/browser/plot.py: a chart. */
interface PlotMessage extends PartMessage, PreviewedMessage, LiveMessage {
  /** A plotly figure as JSON, in the colours of the light theme. */
  figure: string
  alt: string
  note: string
  /** The address of plotly. */
  library: string
  events: ("click" | "select")[]
  /** The group of charts that mark one time step together. */
  cursor: string | null
  words: Words<"menu" | "png" | "svg" | "csv" | "all" | "play" | "pause" | "frame" | "keys">
}
type PlotWords = PlotMessage["words"]

/** x and y are null or a text where the axis holds names or dates. */
interface PlotPoint {
  curve: number
  row: number | null
  column: number
  x: number | string | null
  y: number | string | null
}
type SendPoints = (name: "click" | "select", value: PlotPoint | PlotPoint[]) => void

/** A point as plotly describes it in its events. */
interface PlotlyPoint {
  curveNumber: number
  pointNumber: number | [row: number, column: number]
  x: any
  y: any
}

/** plotly's own objects have no types here. */
type Trace = Record<string, any>
type Layout = Record<string, any>
interface Frame {
  name: string
  data: Trace[]
  traces?: number[]
  layout?: Layout
}
interface Figure {
  data: Trace[]
  layout: Layout
  frames?: Frame[]
}
/** The element that plotly draws in, with what plotly adds to it. */
interface PlotlyElement extends HTMLDivElement {
  on(event: string, act: (told: any) => void): void
  data: Trace[]
  layout: Layout
  calcdata: any[][]
  _fullData: Trace[]
  _fullLayout: Layout
}

/** ui/browser/frame.py: the code that every page runs. */
interface FrameMessage {
  modules: string[]
  words: Record<string, string>
  lost: { title: string; text: string }
}

/** How Streamlit calls a part. */
interface PartCall<Message> {
  data: Message
  parentElement: HTMLElement | ShadowRoot
  setStateValue: (name: string, value: any) => void
}
interface PartView<Message> {
  receive(data: Message, setStateValue: PartCall<Message>["setStateValue"]): void
  destroy(): void
}
/** A view in its element of the page. every_page/ahead.js gives it the pictures that come before the page's own run. */
interface PartPlace {
  view: PartView<any>
  calls: number
  data?: any
  receive?: (data: any) => void
  /** Which move of a slider it shows. */
  turn?: number
}

/** "unrolled:step" and "unrolled:hover": ui/browser/plot.py describes both. */
type StepEvent = CustomEvent<{ group: string; step: number | null }>
/** The replays of one group show the same frame. */
type ReplayEvent = CustomEvent<{ from: object; group: string; at: number }>

interface WindowEventMap {
  "unrolled:step": StepEvent
  "unrolled:hover": StepEvent
  "unrolled:dial": DialEvent
}
interface DocumentEventMap {
  "unrolled:replay": ReplayEvent
}
/** Every element of a page is one of HTML or SVG, and both have it. */
interface Element {
  readonly dataset: DOMStringMap
}
interface Window {
  /** Of loader.js, by their addresses. */
  unrolledModules?: Record<string, { default: (call: PartCall<any>) => (() => void) | undefined }>
  /** By their keys: the parts that can be drawn before the page's own run. */
  unrolledParts?: Map<string, PartPlace>
  /** Whether a part keeps its picture: the page's answer is for a value that the slider has left. */
  unrolledKeepsPreview?: (place: PartPlace) => boolean
  /** The chosen time step of every group. */
  unrolledStep?: Record<string, number>
  /** The values that dials show, by their keys. */
  unrolledDials?: Map<string, number>
  /** Places whose last message is for other values of the dials than those shown. */
  unrolledSkipped?: Set<PartPlace>
  Plotly?: any
}
