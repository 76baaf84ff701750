import { learnSpirals } from "./spirals.ts";

const context = document.querySelector<HTMLCanvasElement>("#loss")!.getContext("2d")!;
const state = document.querySelector("#state")!;
const { width, height } = context.canvas;

context.beginPath();
const { model } = await learnSpirals(({ epoch, loss, validation }) => {
  context.lineTo((epoch / 60) * width, height * (1 - Math.min(1, loss)));
  context.stroke();
  state.textContent = `epoch ${epoch}: loss ${loss.toFixed(4)}, accuracy ${validation!.accuracy!.toFixed(3)}`;
});

const link = document.querySelector<HTMLAnchorElement>("#model")!;
link.href = URL.createObjectURL(new Blob([model as BlobPart]));
link.hidden = false;
