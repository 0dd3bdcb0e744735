// How many exercises are solved, and the browser's memory of them.
import { part } from "../shared/part.js"
import { SolvedView } from "./view.js"

export default part(SolvedView)
