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

/** ui/browser/wave.py: the stage of the Home page. */
interface WaveMessage extends PartMessage {
  /** Of the GRU and its readout, under the core's names, flat, row by row. */
  weights: Record<string, number[]>
  start: number[]
  /** Names `start`: with another name the drawing begins anew. */
  started: string
  /** Whether `start` comes from a link. */
  isOwn: boolean
  /** The wave to try that `start` is. */
  preset: string | null
  ahead: number
  presets: { name: string; label: string; values: number[] }[]
  inks: Record<"drawn" | "network", Colours>
  words: Words<
    "label" | "yours" | "network" | "state" | "axis" | "hint" | "play" | "presets" | "summary" | "period" | "no_period" | "first" | "given" | "own"
  >
}

/** ui/browser/scan.py: a loop and a scan of one linear recurrence. */
interface ScanMessage extends PartMessage {
  /** The pairs (a, b) after every round; in each round, rows (later, earlier) of the steps that it combines. */
  rounds: { A: number[]; B: number[]; combined: [later: number, earlier: number][]; starts: number[] }[]
  moment: number
  /** When the moment was sent that the page answers. */
  answered: number
  /** Of every moment. */
  sentences: string[]
  alt: string
  words: Words<
    "loop" | "scan" | "ready" | "states" | "given" | "round" | "result" | "clock" | "play" | "pause" | "back" | "on" | "keys"
  >
}

/** ui/browser/own_pairs.py: a key's angle in degrees, and a value in hundredths. */
interface OwnPair {
  angle: number
  x: number
  y: number
}
interface OwnPairsMessage extends PartMessage {
  pairs: OwnPair[]
  query: number
  /** When the pairs were sent that the page answers. */
  answered: number
  starts: { name: string; pairs: OwnPair[] }[]
  settings: { decay: number; sharpness: number }
  words: Words<"keys" | "values" | "key" | "value" | "query" | "add" | "remove" | "error" | "kept" | "help"> & { rules: Record<string, string> }
}
type SendOwnPairs = (name: "placed", value: { pairs: OwnPair[]; query: number; at: number }) => void

/** One bit a pixel, row by row, in base64. */
interface PackedPixels {
  field: [width: number, height: number]
  bits: string
}

/** A picture, pixel by pixel, from 0 to 1, row by row. */
interface PaintPicture {
  rows: number
  columns: number
  values: number[]
  /** The pixel that is read at each place; empty where they are read row by row. */
  order: number[]
}
/** What a network believes after each step of reading a picture, or at each frame. */
interface PaintStream {
  /** Whether its axis runs from left to right, under the picture, and not downwards, beside it. */
  across: boolean
  names: string[]
  before: number[] | null
  beliefs: number[][]
  /** The answer that means nothing new. */
  blank: number | null
  /** The answers that it gives in the end. */
  answers: number[]
  /** The colour of the network's cell. */
  ink: string
  label: string
  after: string
  /** The names of the steps, where they are words and not rows of the picture. */
  steps: string[]
}
interface PaintAnswer {
  says: string
  text: string
  sure: string
  verdict: string
  is_right: boolean
  note: string
  /** How likely the answer is under other conditions. */
  parts: { label: string; share: number }[]
  parts_title: string
}
/** ui/browser/paint.py: a picture to draw on, what a network reads in it, and its answer. */
interface PaintMessage extends PartMessage {
  /** Names the picture: another one is read anew before the visitor's eyes. */
  name: string
  /** The pixels that the session keeps. */
  ink: PackedPixels | null
  /** Whether the picture is made of the visitor's ink. */
  is_own: boolean
  field: [width: number, height: number]
  /** The radius of the pen, in pixels of the field. */
  pen: number
  fills_stage: boolean
  label: string
  hint: string
  picture: PaintPicture | null
  stream: PaintStream | null
  answer: PaintAnswer | null
  sentence: string
  /** The rows that are blanked, from 1; null where none can be. */
  covered: number[] | null
  cursor: string | null
  words: Words<"help" | "clear" | "erase" | "where" | "down" | "up" | "pad" | "before" | "width" | "row" | "cover" | "play" | "pause">
}
interface PaintPlace {
  /** The room for the names of steps, left of the stream. */
  names?: number
  x: number
  y: number
  width: number
  height: number
}
type SendPixels = (name: "ink", value: PackedPixels) => void
type SendCovered = (name: "cover", row: number) => void

/** ui/browser/scene.py: a scene of shapes, and the sentence that a network writes of it. */
interface SceneMessage extends PartMessage {
  /** Four characters a shape: its cell, and the letters of its form, colour and size. */
  scene: string
  /** The number of the visitor's last change that is in it. */
  taken: number
  /** Pixels along the picture, and along a cell. */
  side: number
  cell: number
  forms: { name: string; label: string; letter: string; outline: Pair[] }[]
  colours: { name: string; label: string; letter: string; css: string }[]
  sizes: { name: string; label: string; letter: string; radius: number }[]
  cells: string[]
  title: string
  said: SceneWord[]
  /** Between two words. */
  joined: string
  sentence: string
  note: string
  words: Words<
    "field" | "keys" | "hint" | "forms" | "colours" | "sizes" | "remove" | "clear" | "empty" | "picked" | "play" | "looks" | "wanted" | "legend"
  >
}
interface SceneWord {
  text: string
  chance: number
  /** The word of the right sentence at this place, where it is another one. */
  wanted: string
  /** In percent, of every place of the picture, row by row. */
  weights: number[] | null
}
type SendScene = (name: "scene", value: { scene: string; number: number }) => void

/** ui/browser/finder.py: a picture with digits, and how a network finds them. */
interface FinderMessage extends PartMessage {
  /** Seven characters a digit: which, its handwriting, its size, and the middle of its stamp. */
  scene: string
  /** The visitor's own ink, a hex figure a pixel; "" where there is none. */
  ink: string
  /** The number of the newest picture that the page has taken from the part. */
  taken: number
  /** Pixels along the picture, a place, a glimpse and a stamp. */
  side: number
  place: number
  window: number
  stamp: number
  most: number
  hands: string
  sizes: string
  /** The ink of the stamps, by digit, handwriting and size. */
  stamps: Record<string, string>
  /** The true boxes, as far as they are known. */
  boxes: number[][]
  isScan: boolean
  glimpses: FinderGlimpse[]
  /** The next places after the last glimpse, in percent. */
  end: number[]
  endWords: string
  /** Of the scan: every window that found a digit, and those that are kept. */
  candidates: FinderFound[]
  found: FinderFound[]
  /** What the scan found and what it costs, beside the glimpses. */
  rival: string
  title: string
  reading: string
  sentence: string
  note: string
  legend: string
  words: Words<
    | "field" | "keys" | "at" | "none" | "digits" | "tools" | "move" | "pen" | "rubber" | "hand" | "size" | "remove" | "clear" | "play" | "back" | "next"
    | "nothing" | "glimpse" | "chosen"
  >
}
interface FinderFound {
  label: string
  chance: number
  /** Left, top, right, bottom. */
  box: number[]
  cell: number
  /** null: nobody knows. */
  isRight: boolean | null
}
interface FinderGlimpse {
  cell: number
  chance: number
  found: FinderFound | null
  /** In percent: how probable each place was before this glimpse, row by row. */
  where: number[]
}
type SendFinder = (name: "sent", news: { scene: string; ink: string; number: number }) => void

/** ui/browser/strip.py: a strip of moving pictures, and what a network makes of it. All values are in percent. */
interface StripMessage extends PartMessage {
  name: string
  side: number
  /** Read, then the network's own. */
  frames: number[][]
  seen: number
  predicted: number[][] | null
  /** Where the ball was at each frame, as far as it is known. */
  places: Pair[]
  states: number[][] | null
  beliefs: number[][] | null
  kinds: string[]
  answer: number | null
  right: number | null
  sentence: string
  /** Frames of a path at most. */
  most: number
  words: Words<
    "field" | "keys" | "hint" | "drawing" | "read" | "expected" | "kinds" | "state" | "own" | "frame" | "ring" | "play" | "pause" | "axis"
  >
}
type SendPath = (name: "path", points: Pair[]) => void

/**
 * One character of a written text: the options at its place, the probability of each as the network predicts it and as the text
 * was drawn from it (both in units of 0.0001), and 1 where the reader has chosen the character.
 */
type WrittenCharacter = [character: string, options: string[], predicted: number[], used: number[], forced: 0 | 1]

/** ui/browser/writer.py: a text that a network has continued. */
interface WriterMessage extends PartMessage {
  /** Names the text: the reader's choices belong to it. */
  name: string
  given: string
  choices: WrittenCharacter[]
  atOnce: boolean
  isCode: boolean
  /** The symbols are word pieces. */
  inPieces: boolean
  /** What was written, in words; strong between **. */
  sentence: string
  /** In percent: a row a unit, a number a character. */
  units: { numbers: number[]; values: number[][]; of: number }
  inks: Inks
  words: Words<
    "units" | "units_shown" | "unit" | "text" | "play" | "pause" | "first" | "next" | "last" | "free" | "place" | "forced" | "ask" | "legend" | "rest" | "space" | "line" | "unknown"
  >
}
type WriterIcon = "first" | "play" | "pause" | "next" | "last" | "free"
/** The characters that the reader has chosen, by their places. */
type SendChoices = (name: "forced", value: { name: string; places: Record<string, string> }) => void

/** ui/browser/word_pieces.py: a text and the merges that cut it. */
interface WordPiecesMessage extends PartMessage {
  /** The words of the text, within which pieces are merged. */
  passage: string[]
  pairs: [one: string, other: string][]
  counts: number[]
  at: number
  words: Words<"label" | "text" | "sum" | "piece" | "character" | "help" | "newest" | "none">
}

/** ui/browser/letters.py: a text with a colour behind each character. */
interface LettersMessage extends PartMessage {
  fills_stage: boolean
  text: string
  /** In percent, -100 to 100: one for each character. */
  values: number[]
  /** Places of the characters that are underlined. */
  marks: number[]
  /** Whether the range that the reader selects is sent. */
  selects: boolean
  title: string
  alt: string
  colours: [low: Colours, zero: Colours, high: Colours]
  words: Words<"value" | "help">
}
/** The places of the first and the last selected character. */
type SendRange = (name: "range", value: [first: number, last: number]) => void

/** ui/browser/long_text.py: a text of up to 100,000 characters. */
interface LongTextMessage extends PartMessage {
  fills_stage: boolean
  text: string
  /** In base64: one byte for each character, in percent, -100 to 100. */
  values: string
  /** In base64: one bit for each character, the lowest first; set where it is underlined. */
  marks: string
  /** The character that is gone to, and marked; -1: the beginning, and none. */
  place: number
  /** Which of the units is shown, and how many there are. */
  position: number
  positions: number
  title: string
  alt: string
  colours: [low: Colours, zero: Colours, high: Colours]
  words: Words<"value" | "help">
}
/** ui/browser/all_units.py: all units of a layer, in the order in which they are shown. */
interface AllUnitsMessage extends PartMessage {
  /** How many values each unit has. */
  steps: number
  /** In base64: one byte for each value, unit by unit, in percent, -100 to 100. */
  units: string
  names: string[]
  /** The others are faded. */
  clear: boolean[]
  position: number
  title: string
  colours: [low: Colours, zero: Colours, high: Colours]
  words: Words<"some">
}
type SendPosition = (name: "position", value: number) => void

type SendFromText = (name: "place" | "position", value: number) => void

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
  step: number
  ink: Colours | null
  /** What is computed of the value and written beside it. */
  note: "" | "sigmoid"
  asks_page: boolean
  help: string
  value: number
  /** When the value that the page knows was sent, by the browser's clock. */
  answered: number
  disabled: boolean
  words: Words<"value">
  /** Of the values from `low` on, where they are no numbers. */
  names: string[]
  in_link: boolean
  usual: number // the default, which the link leaves out
}
type SendDial = (name: "moved", value: { value: number; at: number }) => void
/** "unrolled:dial": a dial shows another value. */
type DialEvent = CustomEvent<{ key: string; value: number; byReader: boolean }>

/** "unrolled:set-dial": a chart drags a dial. */
type SetDialEvent = CustomEvent<{ key: string; value: number; isHeld: boolean }>

interface SolvedExercise {
  tries: number
  hints: number
}

/** ui/browser/solved.py: which exercises are solved. */
interface SolvedMessage extends PartMessage {
  solved: Record<string, SolvedExercise>
  /** How many of those that the bar counts. */
  number: number
  count: number
  forget: number
  words: Words<"solved">
}
type SendSolved = (name: "kept", value: { forget: number; solved: Record<string, SolvedExercise> }) => void

/** ui/browser/top_bar.py: the bar above every page. */
interface TopBarMessage extends PartMessage {
  chapters: { title: string; pages: Record<string, string> }[]
  /** The page that is shown. */
  current: string
  /** The questions of this visit that were answered rightly. */
  answered: string[]
  language: string
  languages: Record<string, string>
  /** The address of what can be found. */
  index: string
  words: Words<
    | "home" | "chapters" | "menu" | "visited" | "language" | "projector" | "projector_help"
    | "add_view" | "search" | "search_help" | "search_hint" | "nothing_found" | "no_index" | "results" | "close"
  >
}
type SendTopBar = (name: "page" | "language" | "found" | "view", value: string) => void

/** ui/browser/tour.py: the card of a tour. */
interface TourMessage extends PartMessage {
  /** The tour's name in the link. */
  name: string
  title: string
  stop: number
  last: number
  /** How often the tour has opened a view of its own in this visit. */
  jump: number
  page: string
  page_title: string
  /** Whether the stop's page is the one that is shown. */
  is_here: boolean
  /** The settings of the stop's view, by their names in the link. */
  query: Record<string, string>
  /** The key of an element of the page. */
  target: string
  text: string
  goal: { setting: string; value: string | null; least: number | null; most: number | null } | null
  ask: QuestionMessage | null
  /** Of a lesson plan: how long the class stays. */
  minutes: number | null
  /** For the teacher alone. */
  note: string
  /** For the teacher: what to ask on this page, what students get wrong, how long it takes. */
  tips: string[]
  /** Whether a curtain covers the view at first; the question is then on the curtain. */
  is_covered: boolean
  is_lesson: boolean
  /** Students see the stops and nothing else. */
  is_student: boolean
  words: Words<
    | "place" | "next" | "back" | "leave" | "finish" | "again" | "elsewhere" | "return" | "skip" | "waiting" | "done" | "keys"
    | "minutes" | "note" | "lesson_keys"
  > & QuestionWords
}
/** Of a lesson's file: one stop in one language. */
interface LessonStop {
  /** The app's page, behind its address. */
  view: string
  title: string
  page_title: string
  minutes: number | null
  ask: QuestionMessage | null
  is_covered: boolean
  /** The key of the element that the stop speaks of. */
  target: string
}
type LessonPart = { address: string; data: any; isShadow: boolean; height: string }
/** ui/browser/lesson_file.py: makes a lesson's file. */
interface LessonFileMessage extends PartMessage {
  /** The address of the module that shows the file. */
  player: string
  languages: { code: string; name: string; title: string; stops: LessonStop[]; words: LessonPlayerMessage["lessons"][number]["words"] }[]
  filename: string
  words: Words<"make" | "making" | "done" | "failed" | "stop">
}
/** In the file: the stops with their pictures. */
interface LessonPlayerMessage extends PartMessage {
  lessons: {
    code: string
    name: string
    title: string
    stops: (LessonStop & { parts: LessonPart[] })[]
    words: Record<"next" | "back" | "place" | "lift" | "minutes" | "no_picture", string> & QuestionWords
  }[]
}
/** ui/browser/question.py: a question of a tour or a lesson plan. */
interface QuestionMessage {
  kind: RoomQuestion["kind"] | "open"
  text: string
  /** Of a choice, or the items of an order as they are shown. */
  answers: string[]
  /** A place, a number or an order; null where no answer is right or wrong. */
  right: number | number[] | null
  tolerance: number
  /** The names of the axes of a sketch. */
  x: string
  y: string
  axes: RoomAxes | null
  reason: string
}
type QuestionWords = Record<
  "yes" | "no" | "own_answer" | "answer" | "number" | "number_example" | "up" | "down" | "clear" | "pad" | "pad_keys" | "point", string
>
/** ui/browser/curtain.py: the curtain over a view. */
interface CurtainMessage extends PartMessage {
  /** Names what is covered. */
  id: string
  ask: QuestionMessage | null
  is_student: boolean
  words: Words<"lift" | "keys" | "covered"> & QuestionWords
}
/** The stop to open; 0 leaves the tour. */
type SendTour = (name: "stop", value: number) => void

/** ui/browser/progress.py: the reader's way through the chapters. */
interface ProgressMessage extends PartMessage {
  language: string
  chapters: { title: string; pages: Record<string, string> }[]
  /** The key of each page's question, by the page. */
  questions: Record<string, string[]>
  /** All tours: the tour of a page has the page's name. */
  tours: string[]
  words: Words<"title" | "start" | "go_on" | "all" | "sum" | "visited" | "answered" | "toured" | "forget" | "kept">
}
type SendProgress = (name: "page" | "forget", value: any) => void

/** ui/browser/timeline.py: a line in time. */
interface TimelineMessage extends PartMessage {
  title: string
  language: string
  /** In the order of their years; `place` is the title of the page that `link` opens. */
  events: { year: number; name: string; idea: string; reference: string; link: string; place: string }[]
  words: Words<"play">
}

/** ui/browser/cards.py: the pages of a chapter. */
interface CardsMessage extends PartMessage {
  title: string
  language: string
  cards: { name: string; label: string; idea: string; fact: string; lines: any[]; ribbons: number[][]; ribbon_ink: Colours | null; roads: number[][]; pixels: number[][] }[]
}

/** ui/browser/road.py: a sentence, or several with the same words, and what a network believes after each word. */
interface RoadLane {
  words: { shown: string; isKnown: boolean; isMark: boolean; isGlued: boolean }[]
  /** P(positive) before the first word and after each. */
  beliefs: number[]
  /** P(positive) of the sentence without this word. */
  without: number[]
  /** How much lower the score is without this word. */
  leftOut: number[]
  /** In percent, one row a word and one number a unit. */
  states: number[][]
  /** P(positive) by the bag of words. */
  bag: number
  /** Of negative, positive and neutral: before the first word and after each, without each word, and by the bag; null where there are two classes. */
  three: { after: number[][]; without: number[][]; bag: number[] } | null
}
interface RoadMessage extends PartMessage {
  lanes: RoadLane[]
  /** What is shown, in words; strong between **. */
  sentence: string
  words: Words<
    "positive" | "negative" | "neutral" | "sure" | "bag" | "state" | "left_out" | "without" | "without_three" | "leave_out" | "comma" | "unknown" | "play" | "pause" | "axis" | "nothing"
  >
}
type SendLeftOut = (name: "left_out", value: { lane: number; word: number }) => void
interface RoadSize {
  width: number
  height: number
  rem: number
  measure: (text: string, size: number) => number
}
/** Of road/layout.js: along is the way of the words, across is the belief. */
interface LanePlace {
  isTall: boolean
  start: number
  first: number
  end: number
  letter: number
  slots: Pair[]
  centres: number[]
  wordsAt: number
  banks: Pair
  level: (belief: number) => number
  road: number
  barsAt: number
  barsReach: number
  states: Pair
}

/** ui/browser/shop.py: a shop to click in. Shares are probabilities of the next click. */
interface ShopMessage extends PartMessage {
  items: { name: string; category: string; ink: string; isExpensive: boolean; share: number }[]
  categories: { name: string; label: string; ink: string; share: number }[]
  /** The category that is seen, by the page. */
  category: string
  clicked: number[]
  isFull: boolean
  /** The most probable items, the first one first. */
  list: { item: number; network: number | null; best: number | null; followed: number | null; rankByLast: number | null }[]
  /** What is shown, in words; strong between **. */
  sentence: string
  words: Words<
    "session" | "nothing" | "categories" | "share" | "shelf" | "expensive" | "next" | "take" | "network" | "best" | "followed" | "rank_by_last"
  >
}
type SendToShop = (name: "clicked" | "category", value: number | string) => void

/** ui/browser/attention.py: a translation, or several of the same text, side by side. */
interface AttentionMessage extends PartMessage {
  panels: {
    title: string
    source: string[]
    output: string[]
    /** In percent: a row for each symbol of the output. */
    weights: number[][] | null
    /** Without weights: the last state of the encoder, in percent. */
    state: number[]
  }[]
  /** What is shown, in words; strong between **. */
  sentence: string
  words: Words<"play" | "looks">
}
type SendSaid = (name: "said", value: number) => void

/** ui/browser/thumbnails.py: presets as small pictures. */
interface ThumbnailsMessage extends PartMessage {
  label: string
  chosen: string | null
  options: { name: string; label: string; lines: { ink: string; dash: string; values: number[] }[]; ribbons: number[][]; ribbon_ink: Colours | null; roads: number[][]; pixels: number[][] }[]
  words: Words<never>
}
type SendThumbnail = (name: "chosen", value: string) => void

/** ui/browser/plot.py: a chart. */
interface PlotMessage extends PartMessage, PreviewedMessage, LiveMessage {
  /** A plotly figure as JSON, in the colours of the light theme. */
  figure: string
  alt: string
  note: string
  /** The address of plotly. */
  library: string
  /** Whether it is as high as the first screen allows, and not as `height` says. */
  fills_stage: boolean
  /** Whether the small plotly draws it. */
  is_flat: boolean
  events: ("click" | "select")[]
  /** The group of charts that mark one time step together. */
  cursor: string | null
  words: Words<"menu" | "png" | "svg" | "csv" | "html" | "embed" | "all" | "play" | "pause" | "frame" | "keys">
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
  on(event: string, act: (reported: any) => void): void
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
  /** The address of what can be looked up, and the words of a term's card. */
  reference: { index: string; words: Record<"glossary", string> }
  isEmbedded: boolean
  /** What a teacher's link fixes and leaves out, by their names in the link. */
  limits: { fixed: string[]; without: string[] }
}

/** How Streamlit calls a part. */
interface PartCall<Message> {
  data: Message
  parentElement: HTMLElement | ShadowRoot
  setStateValue: (name: string, value: any) => void
  setTriggerValue: (name: string, value: any) => void
}
interface PartView<Message> {
  receive(data: Message, setStateValue: PartCall<Message>["setStateValue"], setTriggerValue: PartCall<Message>["setTriggerValue"]): void
  /** The dial that it holds itself. */
  receiveDial?(data: Message, setStateValue: PartCall<Message>["setStateValue"]): void
  destroy(): void
}
/** A view in its element of the page. every_page/ahead.js gives it the pictures that come before the page's own run. */
interface PartPlace {
  view: PartView<any>
  data?: any
  receive?: (data: any) => void
}

/** "unrolled:step" and "unrolled:hover": ui/browser/plot.py describes both. */
type StepEvent = CustomEvent<{ group: string; step: number | null }>
/** The replays of one group show the same frame. */
type ReplayEvent = CustomEvent<{ from: object; group: string; at: number }>

interface WindowEventMap {
  "unrolled:step": StepEvent
  "unrolled:hover": StepEvent
  "unrolled:dial": DialEvent
  "unrolled:set-dial": SetDialEvent
  /** A tour opens a view of the page that is shown: its settings as in an address. */
  "unrolled:view": CustomEvent<string>
  /** The curtain over a view was lifted or fell: shared/curtain.js. */
  "unrolled:curtain": CustomEvent<{ isUp: boolean; given: number | string | null }>
}
interface DocumentEventMap {
  "unrolled:replay": ReplayEvent
}
/** Every element of a page is one of HTML or SVG, and both have it. */
interface Element {
  readonly dataset: DOMStringMap
}
interface Window {
  /** What can be looked up, and from where it was fetched. */
  unrolledReference?: { address: string; read: Promise<any> }
  /** Of loader.js, by their addresses. */
  unrolledModules?: Record<string, { default: (call: PartCall<any>) => (() => void) | undefined }>
  /** By their keys: the parts that can be drawn before the page's own run. */
  unrolledParts?: Map<string, PartPlace>
  unrolledShown?: Map<HTMLElement | ShadowRoot, PartPlace>
  /** In a lesson's file: the parts of its stops, by the addresses of their modules. */
  unrolledKept?: Record<string, (call: PartCall<any>) => () => void>
  /** The chosen time step of every group. */
  unrolledStep?: Record<string, number>
  /** The values that dials show, by their keys. */
  unrolledDials?: Map<string, number>
  /** Places whose last message is for other values of the dials than those shown. */
  unrolledSkipped?: Set<PartPlace>
  Plotly?: any
}

/** ui/browser/room.py: the projector of a room. What it shows comes from the room itself, as RoomState. */
interface RoomMessage extends PartMessage {
  code: string
  key: string
  lang: string
  /** For students, and as it is typed. */
  link: string
  address: string
  /** A QR code of the link: a row of 0 and 1 for each of its rows. */
  qr: string[]
  words: Words<
    | "qr" | "scan" | "stop" | "joined" | "full_screen" | "lobby" | "no_stops" | "no_stops_more" | "of" | "back" | "next" | "blank" | "reveal"
    | "again" | "follow" | "let_go" | "over" | "offline" | "refused" | "computed" | "right" | "yours" | "ends" | "above" | "near" | "below"
    | "others" | "nobody" | "chosen" | "ordered" | "numbered" | "median" | "mostly" | "answered" | "sketches" | "sketched"
  >
}
interface RoomAxes {
  x: Pair
  y: Pair
  /** Heights are powers of ten. */
  is_log: boolean
  /** The height at which every curve begins; null where it is not given. */
  start: number | null
}
/** ui/classroom/room/questions.py: what everybody sees of a question, and what only after the reveal. */
interface RoomQuestion {
  kind: "choice" | "number" | "order" | "sketch"
  text: string
  note: string
  options: string[]
  x: string
  y: string
  axes: RoomAxes | null
  table: string[][]
}
interface RoomSolution {
  right: any
  tolerance: number
  orders: Pair[]
  reason: string
  curves: { name: string; values: number[] }[]
  view: string
}
/** ui/classroom/room/states.py */
interface RoomState {
  version: number
  round: number
  phase: "waiting" | "asking" | "shown"
  view: string
  question: RoomQuestion | null
  solution?: RoomSolution
  answers?: any[]
  joined: number
  answered: number
  stops: { id: string; title: string; kind: string; isAsked: boolean }[]
  stop: string
  title: string
  stopView: string
  isBlank: boolean
}
