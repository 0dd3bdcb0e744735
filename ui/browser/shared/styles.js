// The styles are part of the code, so that a part appears with them and the browser makes no second request.
// `publish_part` in assets.py writes made_styles.js.
// @ts-types="./made_styles.d.ts"
import { STYLES } from "./made_styles.js"

export function styleSheet() {
  const style = document.createElement("style")
  style.textContent = STYLES
  return style
}
