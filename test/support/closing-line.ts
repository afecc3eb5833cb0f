import type { Reporter, TestModule } from 'vitest/node'

/** Prints the counts of the whole run as its last line. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const broken = modules.filter((module) => module.state() === 'failed' && module.children.size === 0).length
    const skipped = count('skipped')
    const line = `${count('passed')} passed, ${count('failed') + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
    // After the other reporters' words.
    setImmediate(() => process.stdout.write(`\n${line}\n`))
  }
}
