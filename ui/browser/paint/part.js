// A field of pixels.
import { part } from "../shared/part.js"
import { PaintView } from "./view.js"

export default part(PaintView)
