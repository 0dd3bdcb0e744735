// A text that is being written.
import { part } from "../shared/part.js"
import { WriterView } from "./view.js"

export default part(WriterView)
