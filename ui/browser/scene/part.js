// A scene of shapes to drag, and its sentence.
import { part } from "../shared/part.js"
import { SceneView } from "./view.js"

export default part(SceneView)
