// Projector mode: large type and no prose. It holds for this tab of the browser, and until it is switched off.
const PROJECTOR_KEY = "unrolled.projector"

export const isProjector = () => sessionStorage.getItem(PROJECTOR_KEY) === "on"

export function setProjector(isOn) {
  sessionStorage.setItem(PROJECTOR_KEY, isOn ? "on" : "off")
  document.documentElement.toggleAttribute("data-projector", isOn)
}
