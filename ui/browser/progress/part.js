// The reader's way through the chapters.
import { part } from "../shared/part.js"
import { ProgressView } from "./view.js"

export default part(ProgressView)
