// A strip of moving pictures, and what a network makes of it.
import { part } from "../shared/part.js"
import { StripView } from "./view.js"

export default part(StripView)
