// The button that makes a lesson's file.
import { part } from "../shared/part.js"
import { LessonFileView } from "./view.js"

export default part(LessonFileView)
