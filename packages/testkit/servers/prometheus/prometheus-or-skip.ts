import { executableOrSkip } from '../programs/executable-or-skip.ts';

/** The server, and the tool that checks its rules. */
export interface PrometheusPrograms {
  readonly prometheus: string;
  readonly promtool: string;
}

/**
 * The executables of Prometheus for tests (`PROMETHEUS_PATH`, `PROMTOOL_PATH`, or the first on this machine), or
 * `undefined` if there are none and the tests have to be skipped.
 *
 * @throws {Error} if there are none and `CI` is set, because a skipped test has not passed
 */
export function prometheusOrSkip(): PrometheusPrograms | undefined {
  const prometheus = executableOrSkip({
    title: 'Prometheus',
    name: 'prometheus',
    variable: 'PROMETHEUS_PATH',
    debian: 'prometheus',
  });
  const promtool = executableOrSkip({
    title: 'promtool',
    name: 'promtool',
    variable: 'PROMTOOL_PATH',
    debian: 'prometheus',
  });
  return prometheus !== undefined && promtool !== undefined ? { prometheus, promtool } : undefined;
}
