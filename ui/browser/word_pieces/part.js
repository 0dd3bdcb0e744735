// A text in word pieces.
import { part } from "../shared/part.js"
import { WordPiecesView } from "./view.js"

export default part(WordPiecesView)
