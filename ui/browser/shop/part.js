// A shop to click in, the session so far, and the items that are most probable next.
import { part } from "../shared/part.js"
import { ShopView } from "./view.js"

export default part(ShopView)
