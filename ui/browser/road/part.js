// A sentence as a road: how a network's belief changes with each word.
import { part } from "../shared/part.js"
import { RoadView } from "./view.js"

export default part(RoadView)
