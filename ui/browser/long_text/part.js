// A text of up to 100,000 characters, coloured by one number per character, with all of it in a strip above.
import { part } from "../shared/part.js"
import { LongTextView } from "./view.js"

export default part(LongTextView)
