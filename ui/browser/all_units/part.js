// All units beside one another, each as a small picture of its values.
import { part } from "../shared/part.js"
import { AllUnitsView } from "./view.js"

export default part(AllUnitsView)
