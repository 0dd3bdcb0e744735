// What holds on every page.
import {} from "./address.js"
import {} from "./sliders.js"
import { sayWhenLost } from "./connection.js"
import { speak } from "./words.js"

export { sayWhenLost, speak }
