import type { Reporter, TestModule } from 'vitest/node';

/** Says at the end what Maven's other modules say, so that ./charter test counts these tests as well. */
export default class Sums implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(one => [...one.children.allTests()]);
    const of = (state: string) => tests.filter(test => test.result().state === state).length;
    const broke = modules.filter(one => one.state() === 'failed' && [...one.children.allTests('failed')].length === 0).length;
    console.log(`[INFO] Tests run: ${tests.length}, Failures: ${of('failed')}, Errors: ${broke}, Skipped: ${of('skipped')}`);
  }
}
