// A scan beside its loop.
import { part } from "../shared/part.js"
import { ScanView } from "./view.js"

export default part(ScanView)
