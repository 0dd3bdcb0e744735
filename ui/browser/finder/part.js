// A picture with digits to drag, and how a network finds them, glimpse by glimpse or by scanning all windows.
import { part } from "../shared/part.js"
import { FinderView } from "./view.js"

export default part(FinderView)
