// The code that every page runs.
import {} from "./address.js"
import {} from "./paper.js"
import {} from "./previews.js"
import {} from "./stage_rows.js"
import {} from "./wide_formulas.js"
import { reportLostConnection } from "./connection.js"
import { embed } from "./embed.js"
import { limit } from "./limits.js"
import { explainTerms } from "./terms.js"
import { translateStreamlit } from "./words.js"

export { embed, explainTerms, limit, reportLostConnection, translateStreamlit }
