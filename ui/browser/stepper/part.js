// The diagram of a cell.
import { part } from "../shared/part.js"
import { StepperView } from "./view.js"

export default part(StepperView)
