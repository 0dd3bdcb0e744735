// A dial.
import { part } from "../shared/part.js"
import { DialView } from "./view.js"

export default part(DialView)
