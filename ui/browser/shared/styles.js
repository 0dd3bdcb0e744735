// The styles travel inside the code: the browser need not ask once more before anything can show. See `serve` in assets.py.
import { STYLES } from "./made_styles.js"

export function styleSheet() {
  const style = document.createElement("style")
  style.textContent = STYLES
  return style
}
