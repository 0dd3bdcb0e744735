// Presets as small pictures.
import { part } from "../shared/part.js"
import { ThumbnailsView } from "./view.js"

export default part(ThumbnailsView)
