// Keys and values that the visitor places.
import { part } from "../shared/part.js"
import { OwnPairsView } from "./view.js"

export default part(OwnPairsView)
