// A line in time.
import { part } from "../shared/part.js"
import { TimelineView } from "./view.js"

export default part(TimelineView)
