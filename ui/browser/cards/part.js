// The cards of a chapter.
import { part } from "../shared/part.js"
import { CardsView } from "./view.js"

export default part(CardsView)
