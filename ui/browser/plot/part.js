// A chart.
import { part } from "../shared/part.js"
import { ChartView } from "./chart.js"

export default part(ChartView)
