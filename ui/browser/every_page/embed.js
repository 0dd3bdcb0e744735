// A page inside another page (`?embed=true`): the stage alone, without bar, head and prose; its height is sent to the page around it.
// Or one thing of the page alone, which fills the screen (`?show=cell`): shared/shown.js.
import { shownAlone } from "../shared/shown.js"
import { styleAlone } from "./alone.js"

const TYPE_OF = [960, 540] // pixels of a window in which a chart keeps its size of type: in a larger one all of it grows
let watch = null

/** For each page, because it may have another address. @param {boolean} isEmbedded */
export function embed(isEmbedded) {
  styleAlone(isEmbedded, shownAlone())
  measureWindow()
  const content = document.querySelector(".stMainBlockContainer")
  if (!isEmbedded || !content || watch) return
  watch = new ResizeObserver(() => parent.postMessage({ type: "unrolled:height", height: Math.ceil(content.scrollHeight) }, "*"))
  watch.observe(content)
}

function measureWindow() {
  const zoom = Math.max(1, Math.min(innerWidth / TYPE_OF[0], innerHeight / TYPE_OF[1]))
  if (shownAlone()) document.documentElement.style.setProperty("--show-zoom", String(zoom))
}

addEventListener("resize", measureWindow)
