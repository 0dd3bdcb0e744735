// The wave of the Home page.
import { part } from "../shared/part.js"
import { WaveView } from "./view.js"

export default part(WaveView)
