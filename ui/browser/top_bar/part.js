// The bar above every page.
import { part } from "../shared/part.js"
import { TopBarView } from "./view.js"

export default part(TopBarView)
