// The projector of a room.
import { part } from "../shared/part.js"
import { ProjectorView } from "./projector.js"

export default part(ProjectorView)
