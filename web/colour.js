// The four colours as colour, Roman number and shape: never colour alone.
import { svg } from "./dom.js";

const SHAPES = {
  I: "30,4 70,4 96,30 96,70 70,96 30,96 4,70 4,30", // octagon
  II: "50,4 98,94 2,94", // triangle
  III: "50,2 98,50 50,98 2,50", // diamond
  IV: null, // circle
};

export function badge(level) {
  const shape = SHAPES[level] ? svg("polygon", { points: SHAPES[level] }) : svg("circle", { cx: 50, cy: 50, r: 47 });
  const y = level === "II" ? 84 : 66;
  const number = svg("text", { x: 50, y, "text-anchor": "middle" }, level);
  return svg("svg", { viewBox: "0 0 100 100", class: `badge level-${level}`, "aria-hidden": "true" }, shape, number);
}
