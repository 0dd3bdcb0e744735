// The diagram in the reader's hands: as a picture, as one HTML file with the page's dials, or as code for a page around it.
import { asFilename, download } from "../shared/download.js"
import { embedCode } from "../shared/embed_code.js"
import { standalonePage } from "../shared/standalone.js"
import { asPng, asSvg, svgPicture } from "./picture.js"

/** What the menu of the diagram does, by the names of its words. */
export function takeAlongActions(view) {
  const kinds = () => view.rows.map(({ cell }) => view.words.kinds[cell.kind]).join(" · ")
  const filename = (ending) => `unrolled-${asFilename(view.rows.map(({ cell }) => cell.kind).join("-"), "cell")}.${ending}`
  return {
    png: async () => download(await asPng(svgPicture(view)), filename("png")),
    svg: () => download(asSvg(svgPicture(view)), filename("svg")),
    html: async () => download(await standalonePage({ title: kinds(), parts: [diagramOf(view), ...dialsOf(view)] }), filename("html")),
    embed: () => navigator.clipboard.writeText(embedCode(kinds())),
  }
}

/** The diagram as it is now. */
export function diagramOf(view) {
  const data = view.explorer.newestMessage ?? view.data
  const { step, direction } = view.state
  return { address: data.module, data: { ...data, step, direction, link: null }, isShadow: true, height: "560px" }
}

/** The page's other dials, which stand above it. */
function dialsOf(view) {
  const data = view.explorer.newestMessage ?? view.data
  return data.lengths.map((message) => ({ address: data.dial_module, data: message, isShadow: true, height: "64px" }))
}
