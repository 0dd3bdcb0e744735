// The card of a tour.
import { part } from "../shared/part.js"
import { TourView } from "./view.js"

export default part(TourView)
