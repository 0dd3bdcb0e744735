// plotly with the kinds of traces that our flat charts use. Scatter is always in.
const Plotly = require("plotly.js/lib/core")

Plotly.register([require("plotly.js/lib/bar"), require("plotly.js/lib/heatmap"), require("plotly.js/lib/contour")])

module.exports = Plotly
