// What holds on every page.
import {} from "./address.js"
import {} from "./sliders.js"
import { speak } from "./words.js"

export { speak }
