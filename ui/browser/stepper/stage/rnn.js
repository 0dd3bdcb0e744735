// The plain RNN: the belt is rewritten at every step. What comes of the old state and of the input adds up, and the activation
// makes the new state of it.
import { addInputs, sourcesOf } from "./inputs.js"
import { Scene } from "./scene.js"

const RNN_WIDE = {
  period: 880, size: 606, least: 1012, left: -66, middle: 505,
  belt: 170, beltPart: "h", chevrons: [802], tube: 66, pipe: 42, frame: [70, 14, 872, 584], tag: [94, 48],
  tile: [162, 124], tileEdge: 444, stateEdge: 198,
  levels: [464, 486, 508], offsets: { 1: [0], 2: [-28, 28], 3: [-42, 0, 42] }, stub: 4,
  inputs: { left: 85, right: 920, top: 556, most: 106, height: 44 },
  h: { at: [880, 170], size: [120, 56], symbol: [0, -42, "middle"] },
  fromH: [215, 170], a: [640, 170], fromX: [430, 382], bias: [640, 382], biasSize: [120, 56], join: 430, adding: 262,
  edges: { fromH: [134, 296], a: [559, 721], fromX: 320 }, biasPath: [[640, 354], [640, 262], [446, 262]], loss: [1036, 170],
}
const RNN_TALL = {
  period: 446, size: 384, least: 0, left: -46, middle: 223, span: 522,
  belt: 58, tube: 48, pipe: 30, frame: [4, 26, 376, 447], tag: [96, 54],
  tile: [150, 70], tileEdge: 330, stateEdge: 108,
  levels: [340, 355, 370], offsets: { 1: [0], 2: [-16, 16], 3: [-22, 0, 22] }, stub: 4,
  inputs: { left: 106, right: 318, top: 49, most: 82, height: 34 },
  h: { at: [58, 446], size: [100, 42], symbol: [-50, -28, "start"] },
  fromH: [81, 118], a: [81, 334], fromX: [255, 214], bias: [134, 266], biasSize: [86, 36], join: 214, adding: 134,
  edges: { fromH: [83, 153], a: [299, 369], fromX: 180 }, biasPath: [[134, 248], [134, 230]], loss: [170, 452],
}

export function rnnScene({ options: { activation }, X }, isTall) {
  const scene = new Scene(isTall ? "y" : "x", { ...(isTall ? RNN_TALL : RNN_WIDE) })
  const { at } = scene
  scene.parts = { in: [110, 390], x: [180, 330], o: [200, 350], b: [180, 330], a: [290, 190], h: [340, 150], sh: [400, 110] }
  addRnnBelt(scene)
  const s = scene.isWide ? at.fromX[0] : at.fromX[1]
  addInputs(scene, { X }, [{ key: "from_x", s, reads: ["x"], letter: "h", name: "pre", dpre: "dpre" }])
  scene.box("o", "from_h", "sum", at.fromH, at.tile, { name: "pre_h", grad: "dpre", ink: "h", factors: { weights: "W_hh", from: "hs", dt: -1 } })
  scene.box("x", "from_x", "sum", at.fromX, at.tile, { name: "pre_x", grad: "dpre", ink: "x", factors: { weights: "W_xh", from: "xs", dt: 0 } })
  scene.box("b", "bias", "weight", at.bias, at.biasSize, { name: "b_h", grad: "db_h", ink: "x" })
  const curve = activation === "linear" ? "identity" : activation
  scene.box("a", "a", "gate", at.a, at.tile, { name: "pre", grad: "dpre", ink: "rnn", sum: "pre", curve })
  scene.box("sh", "h", "state", at.h.at, at.h.size, { name: "hs", grad: "dhs", ink: "h", symbol: at.h.symbol })
  addRnnMeaning(scene, X)
  return scene
}

function addRnnBelt(scene) {
  const { at } = scene
  const { belt, tube, pipe, join, period, edges, adding } = at
  const along = { isAlong: true, base: belt, width: tube }
  const tubes = [[0, edges.fromH[0]], [edges.fromH[1], edges.a[0]], [edges.a[1], period + 0.5]]
  for (const [from, to] of tubes) scene.tube(scene.along(from, belt), scene.along(to, belt), tube)
  scene.tube(scene.across(edges.fromX, join), scene.across(belt, join), pipe)
  scene.chain("o", { ...along, segments: [{ key: "old", from: 0, to: edges.fromH[0], forward: (r) => r.of("hs", -1), backward: (r) => r.of("dhs", -1) - r.of("dhs_direct", -1), scale: "state" }] })
  scene.chain("o", { ...along, segments: [{ key: "with_h", from: edges.fromH[1], to: join, forward: (r) => r.of("pre_h"), backward: (r) => r.of("dpre"), scale: "sum" }] })
  scene.chain("a", { ...along, segments: [{ key: "sum", from: join, to: edges.a[0], forward: (r) => r.of("pre"), backward: (r) => r.of("dpre"), scale: "sum" }] })
  scene.chain("h", { ...along, segments: [{ key: "new", from: edges.a[1], to: period, forward: (r) => r.of("hs"), backward: (r) => r.of("dhs"), scale: "state" }] })
  const bias = (r) => r.weight("b_h", r.unit, 0)
  scene.chain("x", {
    base: join, width: pipe, meets: belt, meetWidth: tube, segments: [
      { key: "with_x", from: edges.fromX, to: adding, forward: (r) => r.of("pre_x"), backward: (r) => r.of("dpre"), scale: "sum" },
      { key: "with_bias", from: adding, to: belt, forward: (r) => r.of("pre_x") + bias(r), backward: (r) => r.of("dpre"), scale: "sum", opensFrom: "node" },
    ],
  })
  scene.wire("b", "with_b", { paths: [at.biasPath], forward: bias, backward: (r) => r.of("dpre"), scale: "sum", backScale: "gradient" })
  scene.node("b", "adding", scene.across(adding, join), "+", "h")
  scene.node("a", "join", scene.along(join, belt), "+", "h")
  scene.pulse("o", [scene.along(0, belt), scene.along(join, belt)], 8)
  scene.pulse("x", [scene.across(edges.fromX, join), scene.across(belt, join)], 6)
  scene.pulse("h", [scene.along(edges.a[1], belt), scene.along(period, belt)], 8)
}

function addRnnMeaning(scene, X) {
  const sources = sourcesOf(X).slice(1)
  const inputs = Array.from({ length: X }, (_, j) => `x${j}`)
  const branches = sources.flatMap((source) => [`from_x_${source}`, `rail_${source}`])
  const adding = ["from_h", "with_h", "from_x", "with_x", "with_bias", "with_b", "adding", "bias", "join", "sum", "a"]
  const ofInput = (j) => [`x${j}`, `rail_${sources.includes(`x${j}`) ? `x${j}` : "x"}`]
  const back = (keys) => ({ a: ["a", "new", "h"], ...keys })
  scene.madeOf = {
    forward: {
      h: ["new", "a", "h"], a: adding, from_h: ["from_h", "old", "p:h"], from_x: ["from_x", ...branches, ...inputs], bias: ["bias", "with_b"],
      ...Object.fromEntries(inputs.map((x, j) => [x, ofInput(j)])),
    },
    backward: back({
      h: ["h", "n:old", "n:from_h", "n:a"], from_h: ["from_h", "with_h", "join", "sum", "a"], from_x: ["from_x", "with_x", "with_bias", "join", "sum", "a"],
      bias: ["bias", "with_b", "adding", "sum", "a"], ...Object.fromEntries(inputs.map((x, j) => [x, [...ofInput(j), "from_x", ...branches, "with_x"]])),
    }),
  }
  scene.stages = {
    forward: { in: [...inputs, ...branches, "old", "p:h"], sum: adding, squash: ["sum", "a", "new", "h"] },
    backward: { squash: ["h", "new", "a", "sum", "n:old", "n:from_h"], sum: adding, in: [...inputs, ...branches, "from_x", "from_h", "old", "p:h"] },
  }
}
