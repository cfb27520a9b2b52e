import { createLogUpdate } from 'log-update';
import { now } from '../../process/now.ts';
import { frameOf, type Progress } from './frame.ts';
import { createPlainScreen, type Screen } from './screen.ts';

/** Milliseconds between two frames. */
const FRAME = 200;

/** The phases, the figures of both sides and the circuits, redrawn in place. */
export function createTerminalScreen(output: NodeJS.WriteStream): Screen {
  const draw = createLogUpdate(output);
  let progress: Progress = { phases: [], sides: [], circuits: [], dashboardUrl: '', current: -1, since: 0 };
  let frames: NodeJS.Timeout | undefined;
  const frame = () => draw(frameOf(progress, now(), output).join('\n'));
  return {
    note: (text) => output.write(`${text}\n`),
    open(scene) {
      progress = { ...progress, ...scene };
      frames = setInterval(frame, FRAME);
    },
    phase(current) {
      progress = { ...progress, current, since: now() };
    },
    // The next frame shows it.
    move: () => undefined,
    close() {
      if (frames === undefined) return;
      clearInterval(frames);
      frames = undefined;
      const last = progress.phases[progress.current];
      const isLast = progress.current === progress.phases.length - 1;
      if (last && isLast && now() >= progress.since + last.duration)
        progress = { ...progress, current: progress.current + 1 };
      frame();
      draw.done();
    },
  };
}

/** Live progress on a terminal, plain lines anywhere else. */
export function createScreen(output: NodeJS.WriteStream): Screen {
  return output.isTTY ? createTerminalScreen(output) : createPlainScreen((line) => output.write(`${line}\n`));
}
