// What is read, what is written, and where the network looked before each written symbol.
import { part } from "../shared/part.js"
import { AttentionView } from "./view.js"

export default part(AttentionView)
