// A drawing area.
import { part } from "../shared/part.js"
import { DrawView } from "./view.js"

export default part(DrawView)
