// A lesson in a file of its own.
import { part } from "../shared/part.js"
import { LessonPlayerView } from "./view.js"

export default part(LessonPlayerView)
