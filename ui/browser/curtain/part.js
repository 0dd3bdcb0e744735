// The curtain over a view.
import { part } from "../shared/part.js"
import { CurtainView } from "./view.js"

export default part(CurtainView)
